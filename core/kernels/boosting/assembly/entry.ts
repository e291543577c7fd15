/* The second number of a histogram's entry: sums of hessians, shifted up by `countBits`, and the number of rows below. */
import * as job from './parameters';

let countMask: i64 = 0;

/** To be called once, when the parameters are set. */
export function configure(): void {
  countMask = (<i64>1 << <i64>job.countBits) - 1;
}

@inline
export function countOf(second: i64): i64 {
  return second & countMask;
}

@inline
export function hessianOf(second: i64): f64 {
  return <f64>(second >>> <i64>job.countBits);
}
