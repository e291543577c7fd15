/*
 * What an instance is told before its first call. Each is exported, so that TypeScript sets it by its name
 * (`core/kernels/set-parameters.ts`). Those without a type in their comment are addresses; 0: that part is absent.
 */

/** Rows of the table, features, scores of a row, threads, and which of these threads this is. */
export let nRows: i32 = 0;
export let nFeatures: i32 = 0;
export let nOutputs: i32 = 0;
export let nThreads: i32 = 0;
export let thread: i32 = 0;
/** The features whose histograms this thread makes and searches: from the first to the one before the end. */
export let firstFeature: i32 = 0;
export let endFeature: i32 = 0;

/** Bins, tile by tile: nRows × 16 bytes of each, the last as narrow as its features. */
export let tiles: usize = 0;
/** FEATURE_BYTES per feature. */
export let features: usize = 0;
/** Per row f64; where it is a class, u8. */
export let target: usize = 0;
/** Per row f64. */
export let weights: usize = 0;
/** Per row u8: 0 for rows that are held out of all rounds; and of this round. */
export let learned: usize = 0;
export let used: usize = 0;
/** nOutputs × nRows f64, and as many pairs. */
export let scores: usize = 0;
export let pairs: usize = 0;
/** Row numbers i32, leaf by leaf. */
export let rows: usize = 0;
/** EXCHANGE_BYTES per thread. */
export let exchange: usize = 0;

/** This thread's own: per feature u8, 0 for those not to be tried; per bin u8, 1 for those that go left; SCRATCH_BYTES. */
export let allowed: usize = 0;
export let goesLeft: usize = 0;
export let scratch: usize = 0;

/** Low bits of an entry's second number that count rows. */
export let countBits: i32 = 0;
/** What hessians are multiplied by; the next three numbers are in that scale. */
export let hessianScale: f64 = 1;
/** Least sum of hessians on a side of a split. */
export let minHessian: f64 = 0;
/** λ, and what is added to it where categories are ordered. */
export let l2: f64 = 0;
export let categorySmoothing: f64 = 0;
/** Fewest rows on a side of a split. */
export let minSamplesLeaf: i32 = 1;
/** 1: some feature has a direction. */
export let isConstrained: i32 = 0;
