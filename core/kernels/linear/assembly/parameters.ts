/*
 * What an instance is told before its first call. Each is exported, so that TypeScript sets it by its name
 * (`core/kernels/set-parameters.ts`). `usize` is an address; 0: that part is absent.
 */

/** Columns of the table. */
export let nColumns: i32 = 0;
/** Sets of coefficients: one for two classes, one per class for more. */
export let nSets: i32 = 0;
/** Per set nColumns f64 and the intercept. */
export let coefficients: usize = 0;
/** Working memory: per set a column of scores. */
export let scores: usize = 0;
