/*
 * How numbers and the outcome of a call lie in memory. TypeScript and AssemblyScript compile this file both.
 */

/** Bytes that are read, and mean nothing, behind the last one of the text. */
export const TEXT_SLACK = 32;

/**
 * Powers of ten of a number's digits that the kernel knows; with others the number is read by the caller. Larger ones make
 * numbers above 2⁵³, which the caller reads in any case.
 */
export const LEAST_POWER = -64;
export const MOST_POWER = 15;
/** Per power of ten its first 128 bits, u64 each: the higher half, the lower half. */
export const POWER_BYTES = 16;

/** The outcome of a call, u32 each. */
export const OUTCOME_BYTES = 32;
/** Where the first row lies that was not read, in the file. */
export const OUTCOME_NEXT = 0;
/** What is wrong there: one of the PROBLEM numbers. */
export const OUTCOME_PROBLEM = 4;
export const OUTCOME_PROBLEM_AT = 8;
/** Rows so far that have another number of fields than the table; where the first begins, and how many it has. */
export const OUTCOME_RAGGED = 12;
export const OUTCOME_RAGGED_AT = 16;
export const OUTCOME_RAGGED_FIELDS = 20;
/** 1 after a row that ended with one delimiter too many. */
export const OUTCOME_TRAILING = 24;

export const NO_PROBLEM = 0;
export const UNCLOSED_QUOTE = 1;
export const TEXT_AFTER_QUOTE = 2;
