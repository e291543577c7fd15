/* What the driver tells of a feature, in 12 bytes: bins i32, kind i32 (1: categories), direction i32 (monotone: 1 up, −1 down, 0 free). */

@inline
export function binsOf(features: usize, feature: i32): i32 {
  return load<i32>(features + 12 * <usize>feature);
}

@inline
export function hasCategories(features: usize, feature: i32): bool {
  return load<i32>(features + 12 * <usize>feature, 4) == 1;
}

@inline
export function directionOf(features: usize, feature: i32): i32 {
  return load<i32>(features + 12 * <usize>feature, 8);
}
