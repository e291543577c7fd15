/*
 * What an instance is told before its first call. Each is exported, so that TypeScript sets it by its name
 * (`core/kernels/set-parameters.ts`). `usize` without another meaning is an address; 0: that part is absent.
 */

/** The nodes of all trees, each tree's depth first. */
export let nodes: usize = 0;
/** Per node u32: the place of its values, if it is a leaf. */
export let leafOf: usize = 0;
/** Per node u32: its set in `sets`, if it is a split by categories; absent: there is none. */
export let setOf: usize = 0;
export let sets: usize = 0;
/** Per leaf `width` f64. */
export let values: usize = 0;
export let width: i32 = 0;
/** Numbers that a row is given. */
export let nOutputs: i32 = 0;
/** Bins, two columns per feature, `stride` bytes a row; room for ABREAST − 1 rows more than there are. */
export let lines: usize = 0;
export let stride: usize = 0;
