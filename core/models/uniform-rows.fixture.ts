import type { Feature, Features } from '../preprocessing/features.ts';

/** Lehmer's generator, easily written in Python too: x ← 48271·x mod 2³¹−1 from 1, as shares of 2³¹−1. */
function lehmer(n: number): number[] {
  let x = 1;
  return Array.from({ length: n }, () => {
    x = (x * 48271) % 2147483647;
    return x / 2147483647;
  });
}

/** X = v[:n*p].reshape(n, p), e = v[n*p:] of v = lehmer(n*p + n). */
export function uniformRows(n: number, p: number) {
  const v = lehmer(n * p + n);
  const columns = Array.from({ length: p }, (_, j) => Float64Array.from({ length: n }, (_, i) => v[i * p + j]!));
  return { columns, noise: v.slice(n * p) };
}

export const numeric = (columns: readonly ArrayLike<number>[]): Features => ({
  nSamples: columns[0]!.length,
  columns: columns.map((values, i) => ({ kind: 'numeric', name: `x${i}`, values: Float64Array.from(values) })),
});

export const categorical = (codes: readonly number[], nCategories: number): Features => ({
  nSamples: codes.length,
  columns: [{ kind: 'categorical', name: 'k', codes: Int32Array.from(codes), nCategories }],
});

export const rowsOf = (features: Features, rows: readonly number[]): Features => ({
  nSamples: rows.length,
  columns: features.columns.map(
    (column): Feature =>
      column.kind === 'numeric'
        ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
        : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) },
  ),
});
