import { sin } from '../../stats/elementary.ts';
import type { CategoricalSamples, NumericSamples } from './drift-test.ts';

const rounded = (value: number) => Number(value.toFixed(6));

/** i = 0 … n − 1: sin(i)·10 + (i mod 7); j = 0 … m − 1: sin(1.1 j)·11 + (j mod 5) + 0.5; rounded to six decimals. */
export function someNumbers(n: number, m: number): NumericSamples {
  return {
    kind: 'numeric',
    reference: Float64Array.from({ length: n }, (_, i) => rounded(sin(i) * 10 + (i % 7))).sort(),
    current: Float64Array.from({ length: m }, (_, j) => rounded(sin(1.1 * j) * 11 + (j % 5) + 0.5)).sort(),
  };
}

/** 'abcd'[(i² mod 11) mod 4] and 'abcd'[(j³ mod 13) mod 4], without 'c', which is in neither. */
export function someCategories(n: number, m: number): CategoricalSamples {
  const counts = (rows: number, categoryOf: (row: number) => number) => {
    const all = new Float64Array(4);
    for (let row = 0; row < rows; row++) all[categoryOf(row)]!++;
    return all.filter((_, k) => k !== 2);
  };
  return {
    kind: 'categorical',
    reference: counts(n, (i) => ((i * i) % 11) % 4),
    current: counts(m, (j) => (((((j % 13) * j) % 13) * j) % 13) % 4),
  };
}

/** i mod 3 = 0 and j mod 4 = 0. */
export function someBinary(n: number, m: number): CategoricalSamples {
  const counts = (rows: number, every: number) => {
    const first = Math.ceil(rows / every);
    return Float64Array.of(first, rows - first);
  };
  return { kind: 'categorical', reference: counts(n, 3), current: counts(m, 4) };
}
