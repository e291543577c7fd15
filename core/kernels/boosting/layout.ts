/*
 * What boosting keeps in memory: sizes and offsets in bytes. TypeScript and AssemblyScript compile this file both; the picture
 * is in the README.
 */
import { BINS, SET_BYTES } from '../bins.ts';

/** Features whose bins lie side by side, row by row; the last tile of a table has those that are left. */
export const TILE_FEATURES = 16;

/** A feature: bins i32, kind i32, direction i32 (monotone: 1 up, −1 down, 0 free). */
export const FEATURE_BINS = 0;
export const FEATURE_KIND = 4;
export const FEATURE_DIRECTION = 8;
export const FEATURE_BYTES = 12;
export const KIND_NUMBERS = 0;
export const KIND_CATEGORIES = 1;

/** A row's pair: gradient i32, hessian u32 (see `gradients`). */
export const PAIR_GRADIENT = 0;
export const PAIR_HESSIAN = 4;
export const PAIR_BYTES = 8;

/** An entry of a histogram: gradients i64, hessians and count i64. A feature's histogram has an entry per bin. */
export const ENTRY_GRADIENTS = 0;
export const ENTRY_HESSIANS = 8;
export const ENTRY_BYTES = 16;
export const HISTOGRAM_BYTES = ENTRY_BYTES * BINS;

/** A split: gain f64; of the left side gradients i64, hessians and count i64; feature i32, bin i32, flags i32; set of bins; score f64. */
export const SPLIT_GAIN = 0;
export const SPLIT_GRADIENTS = 8;
export const SPLIT_HESSIANS = 16;
export const SPLIT_FEATURE = 24;
export const SPLIT_BIN = 28;
export const SPLIT_FLAGS = 32;
export const SPLIT_SET = 40;
export const SPLIT_SCORE = SPLIT_SET + SET_BYTES;
export const SPLIT_BYTES = SPLIT_SCORE + 8;
/** Flags of a split: missing values go left; its set says which bins go left, not its bin. */
export const MISSING_LEFT = 1;
export const BY_CATEGORIES = 2;

/** A leaf: gradients i64, hessians and count i64, bounds of its value f64, value f64 in the scale of the sums, rows i32, best split. */
export const LEAF_GRADIENTS = 0;
export const LEAF_HESSIANS = 8;
export const LEAF_LOWER = 16;
export const LEAF_UPPER = 24;
export const LEAF_VALUE = 32;
export const LEAF_ROWS = 40;
export const LEAF_SPLIT = 48;
export const LEAF_BYTES = LEAF_SPLIT + SPLIT_BYTES;

/** What a thread tells the others: a number f64, rows that go left i32, the best splits of two leaves. */
export const EXCHANGE_NUMBER = 0;
export const EXCHANGE_LEFT = 8;
export const EXCHANGE_SPLITS = 64;
export const EXCHANGE_BYTES = 256;

/** Rows that are added to histograms at a time. */
export const BLOCK_ROWS = 128;
/** A thread's scratch: a block's entries and bins; categories' order and keys; classes' exponentials, with which it may be larger. */
export const SCRATCH_BYTES = BLOCK_ROWS * (ENTRY_BYTES + TILE_FEATURES);
