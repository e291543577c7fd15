import { square } from '../../stats/elementary.ts';
import type { MetricResult, NoiseHistory, Run } from '../../tracking/run.ts';
import type { SeedNoise } from './seed-noise.ts';

/** Runs whose noise is pooled, and values that are remembered. */
const MOST = 20;
/** Values of unchanged runs from which the noise of seeds is known well enough. */
const ENOUGH_VALUES = 5;
/** Noise depends on the number of rows: a run on so many times more or fewer says nothing of another. */
const LIKE_ROWS = 1.25;

/** Whether two runs train the same model in the same way, so that seeds move both alike. Their data may differ a little. */
export function sameConfiguration(a: Run, b: Run): boolean {
  return way(a) === way(b) && haveLikeRows(a, b);
}

function haveLikeRows(a: Run, b: Run): boolean {
  return Math.max(a.data.rows, b.data.rows) <= LIKE_ROWS * Math.min(a.data.rows, b.data.rows);
}

function way({ dataset, model, params, target, task, split, measuredOn, data }: Run): string {
  const sorted = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  const { folds, repeats } = split;
  return JSON.stringify([dataset, model, sorted, target, task, folds, repeats, measuredOn, data.nFeatures]);
}

/**
 * The run, with what it and those before it say of the noise of seeds. Runs of one configuration are a chain: each adds its
 * own to what its baseline holds, and that was verified when it was compared, so that twenty runs are pooled and one is
 * looked at. A run that repeats its baseline to the last bit adds nothing, since it is no second look.
 *
 * @param errors by metric: the standard error of the run's difference from the one before. They are kept whatever else changed, since
 * they tell how noisy changes are, while the number of rows is alike.
 */
export function withNoiseHistory(
  run: Run,
  before: Run | undefined,
  errors: ReadonlyMap<string, number> = new Map(),
): Run {
  const earlier = before && sameConfiguration(before, run) ? before : undefined;
  const unchanged = earlier?.inputsSha256 === run.inputsSha256;
  const metrics = Object.entries(run.metrics).map(([id, result]): [string, MetricResult] => {
    const history = extended(earlier?.metrics[id], result, unchanged && run.measuredOn === 'test');
    const known = before && haveLikeRows(before, run) ? (before.metrics[id]?.history?.errors ?? []) : [];
    const own = errors.get(id);
    const all = [...known, ...(own === undefined ? [] : [own])].slice(-MOST);
    if (all.length === 0) return [id, history ? { ...result, history } : result];
    return [id, { ...result, history: { ...(history ?? { seedNoise: null, values: [] }), errors: all } }];
  });
  return { ...run, metrics: Object.fromEntries(metrics) };
}

function extended(before: MetricResult | undefined, own: MetricResult, keepsValues: boolean): NoiseHistory | undefined {
  const noise = pooled(
    before?.history?.seedNoise ?? before?.seedNoise ?? null,
    before?.seedNoise ?? null,
    own.seedNoise,
  );
  const values = keepsValues ? distinct([...valuesOf(before), ...valuesOf(own)]).slice(-MOST) : [];
  if ((noise?.runs ?? 1) < 2 && values.length < 2) return undefined;
  return { seedNoise: noise, values };
}

function valuesOf(result: MetricResult | undefined): readonly number[] {
  const value = result?.outOfFold.value;
  return result?.history?.values.length ? result.history.values : value == null ? [] : [value];
}

/** A command that gives the same for the same seed repeats its value, and tells nothing by it. */
function distinct(values: readonly number[]): number[] {
  return [...new Set(values)];
}

/** The mean of variances, weighted by their degrees of freedom; of more than twenty runs the older ones fade. */
function pooled(
  before: (SeedNoise & { readonly runs?: number }) | null,
  last: SeedNoise | null,
  own: SeedNoise | null,
): NoiseHistory['seedNoise'] {
  if (!own) return null;
  if (!before || !last) return { ...own, runs: 1 };
  const earlier = { runs: 1, ...before };
  if (last.variance === own.variance && last.df === own.df) return earlier;
  const kept = Math.min(earlier.runs, MOST - 1);
  const earlierDf = (earlier.df * kept) / earlier.runs;
  const df = earlierDf + own.df;
  return { variance: (earlierDf * earlier.variance + own.df * own.variance) / df, df, runs: kept + 1 };
}

/**
 * What two runs know of the noise of seeds in a metric beyond the repeats that are compared: what their configurations'
 * earlier runs showed, or null. Where both have one configuration the candidate's history holds the baseline's; a model that is
 * measured on the test set alone is taken to be as noisy after a change as before.
 */
export function knownNoise(
  id: string,
  baseline: Run,
  candidate: Run,
): { baseline: SeedNoise | null; candidate: SeedNoise | null } {
  const before = historyNoise(baseline.metrics[id]);
  const after = historyNoise(candidate.metrics[id]);
  if (sameConfiguration(baseline, candidate)) return { baseline: after ?? before, candidate: after ?? before };
  const stays = baseline.measuredOn === 'test' && candidate.split.repeats < 2;
  return { baseline: before, candidate: after ?? (stays ? before : null) };
}

/** The noise of seeds by all runs of a configuration that are known, or null. */
export function historyNoise(result: MetricResult | undefined): SeedNoise | null {
  const history = result?.history;
  if (!history) return null;
  if (history.seedNoise) return { variance: history.seedNoise.variance, df: history.seedNoise.df };
  return hasEnoughValues(history) ? varianceOf(history.values) : null;
}

/** Whether unchanged runs on the default branch have shown how much a model trained by a command moves by chance. */
export function hasEnoughValues(history: NoiseHistory | undefined): boolean {
  return (history?.values.length ?? 0) >= ENOUGH_VALUES;
}

function varianceOf(values: readonly number[]): SeedNoise {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const df = values.length - 1;
  return { variance: values.reduce((sum, value) => sum + square(value - mean), 0) / df, df };
}
