/*
 * What an instance is told before its first call. Each is exported, so that TypeScript sets it by its name
 * (`core/kernels/set-parameters.ts`). `usize` is an address.
 */

/** The splits of all trees, one after the other. */
export let splits: usize = 0;
/** TREE_BYTES per tree. */
export let trees: usize = 0;
export let nTrees: i32 = 0;
/** Numbers that a row is given, and that a leaf says: all of them, or 1 where tree t speaks of output t mod nOutputs. */
export let nOutputs: i32 = 0;
export let width: i32 = 0;
/** Two columns per feature, of bins less BIN_SHIFT; room for ROWS_TOGETHER rows at a time. */
export let columns: usize = 0;
/** ROWS_TOGETHER bytes to work with. */
export let labels: usize = 0;
/** n × nOutputs f64. */
export let outputs: usize = 0;
