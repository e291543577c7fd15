import { type Hash64, hashText, mix } from '../../random/hash.ts';
import type { Table } from '../../table/table.ts';
import { valueHashes } from './row-keys.ts';

/** Which rows of a table have equal features. */
export interface FeatureRows {
  /** nRows: rows with equal features have one number, 0…nDistinct − 1. */
  readonly distinct: Uint32Array;
  /** Per number: how many rows there are of it. */
  readonly counts: Uint32Array;
  /** Per number: one of its rows. */
  readonly first: Uint32Array;
  /** Hash of a row's features; the order of columns has no influence. */
  hash(row: number): Hash64;
  /** Per feature: a hash of a row's other features, below 2⁵³. */
  readonly withoutFeature: readonly ((row: number) => number)[];
}

/** @throws RangeError for a column the table lacks. */
export function featureRows(table: Table, features: readonly string[]): FeatureRows {
  // The hash of a row is a sum, so that one feature can be taken out again.
  const parts = features.map((name) => {
    const column = table.select([name]).columns[0]!;
    const salt = hashText(name);
    const valueAt = valueHashes(column);
    return (row: number) => {
      const { high, low } = valueAt(row);
      return mix(mix(salt, high), low);
    };
  });
  const high = new Uint32Array(table.nRows);
  const low = new Uint32Array(table.nRows);
  for (const part of parts) {
    for (let row = 0; row < table.nRows; row++) {
      const hash = part(row);
      high[row] = high[row]! + hash.high;
      low[row] = low[row]! + hash.low;
    }
  }
  const numbers = new Map<number, number>();
  const first: number[] = [];
  const counts: number[] = [];
  const distinct = Uint32Array.from({ length: table.nRows }, (_, row) => {
    const hash = joined(high[row]!, low[row]!);
    const known = numbers.get(hash);
    if (known !== undefined) {
      counts[known]!++;
      return known;
    }
    numbers.set(hash, first.length);
    counts.push(1);
    return first.push(row) - 1;
  });
  return {
    distinct,
    counts: Uint32Array.from(counts),
    first: Uint32Array.from(first),
    hash: (row) => ({ high: high[row]!, low: low[row]! }),
    withoutFeature: parts.map((part) => (row: number) => {
      const own = part(row);
      return joined((high[row]! - own.high) >>> 0, (low[row]! - own.low) >>> 0);
    }),
  };
}

function joined(high: number, low: number): number {
  return (high & 0x1fffff) * 0x100000000 + low;
}
