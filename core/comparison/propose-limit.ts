import type { NoiseParts } from './paired-difference.ts';

/** Most repeats worth asking for. */
const MOST_REPEATS = 20;

/**
 * The smallest limit that noise allows, in two digits and rounded up: below it no drop could be proved, so a lower limit catches
 * nothing more. Zero noise, zero limit.
 */
export function proposedLimit(provable: number): number {
  if (!(provable > 0) || !Number.isFinite(provable)) return 0;
  const digits = Math.floor(Number(provable.toExponential().split('e')[1]));
  const unit = Number(`1e${digits - 1}`);
  return Number((Math.ceil(provable / unit - 1e-9) * unit).toPrecision(2));
}

/**
 * What would halve the standard error: four times the rows always does, since every part of the noise falls with them; more
 * repeats do where seeds make most of it.
 *
 * @param repeats that there are; 1 of a model without randomness.
 */
export function halvedBy(parts: NoiseParts, repeats: number): { readonly rows: 4; readonly repeats: number | null } {
  const ofRows = Math.max(0, parts.rows - parts.seedsInRows);
  const ofSeeds = Math.max(parts.seeds, parts.seedsInRows);
  const wanted = (ofRows + ofSeeds) / 4;
  if (repeats < 2 || ofSeeds === 0 || ofRows >= wanted) return { rows: 4, repeats: null };
  const needed = Math.ceil((repeats * ofSeeds) / (wanted - ofRows));
  return { rows: 4, repeats: needed <= MOST_REPEATS ? needed : null };
}
