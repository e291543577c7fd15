/*
 * What binning is given to work with. TypeScript and AssemblyScript compile this file both.
 */

/** Digits of a number to sort: its bytes. */
export const DIGITS = 8;
export const DIGIT_VALUES = 256;
/** Bytes of the counts by digit and value, u32 each. */
export const COUNTS_BYTES = 4 * DIGITS * DIGIT_VALUES;
