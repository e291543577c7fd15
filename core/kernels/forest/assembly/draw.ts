/* Randomness without a state: a hash of what is drawn for. */
import * as job from './parameters';

export function hash(a: u32, b: u32): u32 {
  let h = a ^ (b * 0x9e3779b9);
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

/** A whole number below n. */
export function below(draw: u32, n: i32): i32 {
  return <i32>((<u64>draw * <u64>n) >> 32);
}

/** What is drawn by for a tree. */
export function keyOfTree(tree: u32): u32 {
  return hash(hash(job.seed, 0x7ee5), tree);
}

/** What is drawn by for something that belongs to a tree. */
export function keyOf(tree: u32, part: u32): u32 {
  return hash(keyOfTree(tree), part);
}
