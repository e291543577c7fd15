/*
 * Bins, as all kernels of trees know them: a byte each. TypeScript and AssemblyScript compile this file both.
 */

/** Values have bins 0…254, and what is kept by bin has room for the bin of missing values too. */
export const BINS = 256;
export const MISSING_BIN = 255;
/** A set of bins: a bit each, in words of 32 bits. */
export const SET_WORDS = BINS / 32;
export const SET_BYTES = 4 * SET_WORDS;
