/* What the driver tells of a feature. */
import { FEATURE_BINS, FEATURE_BYTES, FEATURE_DIRECTION, FEATURE_KIND, KIND_CATEGORIES, TILE_FEATURES } from '../layout';
import * as job from './parameters';

/** Number of bins, that of missing values aside. */
@inline
export function binsOf(feature: i32): i32 {
  return load<i32>(job.features + FEATURE_BYTES * <usize>feature, FEATURE_BINS);
}

@inline
export function hasCategories(feature: i32): bool {
  return load<i32>(job.features + FEATURE_BYTES * <usize>feature, FEATURE_KIND) == KIND_CATEGORIES;
}

@inline
export function directionOf(feature: i32): i32 {
  return load<i32>(job.features + FEATURE_BYTES * <usize>feature, FEATURE_DIRECTION);
}

/** Where a tile begins, and the bytes of a row in it. */
@inline
export function tileAt(tile: i32): usize {
  return job.tiles + TILE_FEATURES * <usize>tile * <usize>job.nRows;
}

@inline
export function widthOf(tile: i32): usize {
  return <usize>min(TILE_FEATURES, job.nFeatures - TILE_FEATURES * tile);
}
