/* How much of what splits by categories gain is chance. */
import { PAIR_BYTES, PAIR_GRADIENT, PAIR_HESSIAN } from '../layout';
import { hasCategories } from './feature';
import * as job from './parameters';

/** Of the tree that is grown. */
export namespace noise {
  /** G²/H of a category whose rows differ from others by chance alone, on the mean. */
  export let perCategory: f64 = 0;
}

/**
 * Measures, over all rows of these pairs, Σ gradient² / Σ hessian. Gradients are cut to fewer bits, so that the sum of their
 * squares stays below 2⁶³ and is exact. Without categories there is nothing to do.
 */
export function measureNoise(pairs: usize): void {
  let f = 0;
  while (f < job.nFeatures && !hasCategories(f)) f++;
  if (f == job.nFeatures) return;
  const shift = (job.countBits - 1) >> 1;
  let squares: i64 = 0;
  let hessians: i64 = 0;
  const end = pairs + PAIR_BYTES * <usize>job.nRows;
  for (let pair = pairs; pair < end; pair += PAIR_BYTES) {
    const gradient = <i64>(load<i32>(pair, PAIR_GRADIENT) >> shift);
    squares += gradient * gradient;
    hessians += <i64>(load<u32>(pair, PAIR_HESSIAN) >>> 1);
  }
  const unit = <f64>((<i64>1) << (2 * shift));
  noise.perCategory = hessians > 0 ? (<f64>squares * unit) / <f64>hessians : 0;
}
