/*
 * What an instance is told before its first tree. Each is exported, so that TypeScript sets it by its name
 * (`core/kernels/set-parameters.ts`). `usize` without another meaning is an address; 0: that part is absent.
 */

/** Rows of the table, features, numbers that a leaf says, and whether (1) sums are weights per class. */
export let nRows: i32 = 0;
export let nFeatures: i32 = 0;
export let nOutputs: i32 = 0;
export let isMulticlass: i32 = 0;
/** Bytes of a row's bins in the table, of a row's copy, and of a sum. */
export let lineBytes: usize = 0;
export let stride: usize = 0;
export let sumBytes: usize = 0;

/** nRows × lineBytes: the bins of a row side by side. */
export let lines: usize = 0;
/** Per row f64: the scaled target, or the class. */
export let values: usize = 0;
/** Per row f64, a whole number; absent: all 1. */
export let weights: usize = 0;
/** Per row u32: the weights up to and with it, as whole numbers, by which rows are drawn; absent: all are as likely. */
export let ends: usize = 0;
/** The features with categories, i32 each; of each of them per bin its rank u8, by which it is split. */
export let nCategorical: i32 = 0;
export let categorical: usize = 0;
export let ranks: usize = 0;

/** What is drawn by, and whether rows are (1). */
export let seed: u32 = 0;
export let bootstrap: i32 = 0;
/** −1: unlimited. */
export let maxDepth: i32 = -1;
export let minSamplesSplit: i32 = 2;
export let minSamplesLeaf: i32 = 1;
/** Features tried per node. */
export let maxFeatures: i32 = 0;

/*
 * This thread's own, all 0 before the first tree. What a tree is stays until the next one: nodes depth first; leaves,
 * nOutputs f64 each (the mean target, the share of the second class, or the shares of all classes); gains, f64 per feature.
 */
export let nodes: usize = 0;
export let leaves: usize = 0;
export let gains: usize = 0;
/** nodes that are still to be grown: TASK_BYTES each, one per row and two more at most. */
export let tasks: usize = 0;
/** Per row u32: how often it was drawn. Two times nRows copies of rows, each copy of which goes with every other level. */
export let counts: usize = 0;
export let copies: usize = 0;
/** Per feature i32: the order in which a node tries them. */
export let order: usize = 0;
/** Sums of a node and of its left side. */
export let total: usize = 0;
export let left: usize = 0;
/** By bin, for BATCH features: a sum, a number of rows u32, a byte that is 1 when there are any. */
export let binSums: usize = 0;
export let binRows: usize = 0;
export let binMarks: usize = 0;
/** BINS u64: few rows, sorted by bin. */
export let keys: usize = 0;
/** Bins that have rows: a sum, a bin i32 and a number of rows i32 each. */
export let runSums: usize = 0;
export let runBins: usize = 0;
export let runRows: usize = 0;
