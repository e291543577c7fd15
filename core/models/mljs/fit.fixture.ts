import type { Features } from '../../preprocessing/features.ts';
import { inlineWorkers } from '../inline-workers.ts';
import type { FittedModel, ModelPlugin } from '../model.ts';

/** Lehmer's generator, the same in the Python of the goldens: x ← 48271·x mod 2³¹−1 from 1, as shares of 2³¹−1. */
function lehmer(n: number): number[] {
  let x = 1;
  return Array.from({ length: n }, () => {
    x = (x * 48271) % 2147483647;
    return x / 2147483647;
  });
}

/** X = v[:n*p].reshape(n, p), e = v[n*p:] of v = lehmer(n*p + n), by column. */
export function uniformRows(n: number, p: number): { columns: number[][]; noise: number[] } {
  const v = lehmer(n * p + n);
  const columns = Array.from({ length: p }, (_, j) => Array.from({ length: n }, (_, i) => v[i * p + j]!));
  return { columns, noise: v.slice(n * p) };
}

export function numeric(columns: readonly ArrayLike<number>[], nSamples = columns[0]!.length): Features {
  return {
    nSamples,
    columns: columns.map((values, i) => ({ kind: 'numeric', name: `x${i}`, values: Float64Array.from(values) })),
  };
}

export function fit(
  plugin: ModelPlugin,
  features: Features,
  target: ArrayLike<number>,
  nClasses: number,
  params: Record<string, unknown> = {},
  { seed = 1, warn = () => {} }: { seed?: number; warn?: (message: string) => void } = {},
): Promise<FittedModel> {
  const data = { features, target: Float64Array.from(target), nClasses };
  return plugin.fit(data, params, { seed, workers: inlineWorkers, warn });
}
