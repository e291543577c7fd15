/*
 * What an instance is told before its first call. Each is exported, so that TypeScript sets it by its name
 * (`core/kernels/set-parameters.ts`). `usize` without another meaning is an address.
 */

/** Bytes: between fields, and before the fraction of a number. */
export let delimiter: u32 = 0;
export let point: u32 = 0;
/** Fields of a row, and rows of a block. */
export let nFields: u32 = 0;
export let blockRows: u32 = 0;
/** Where fields start and end in the file, u32 each, row by row; one more than a block has. */
export let starts: usize = 0;
export let ends: usize = 0;
/** Per column u8: 1 if its fields are read as numbers. */
export let numeric: usize = 0;
/** Per column `blockRows` f64. */
export let values: usize = 0;
/** Per column `blockRows` u32: the rows whose field is no plain number, and is left to the caller. */
export let odd: usize = 0;
/** Per column u32: how many of them there are. */
export let oddCounts: usize = 0;
/** POWER_BYTES each, from 10^LEAST_POWER to 10^MOST_POWER. */
export let powers: usize = 0;
/** u64 each, from 10^0 to 10^16. */
export let tens: usize = 0;
/** u8 each: sixteen above 15, then 0 to 15. */
export let moves: usize = 0;
/** OUTCOME_BYTES. */
export let outcome: usize = 0;
