import type { Baseline } from '../comparison/baseline.ts';
import { baselineNotes } from '../comparison/baseline-notes.ts';
import type { BaselineSearch } from '../comparison/baseline-search.ts';
import type { EvaluatedRun } from '../comparison/compare-models.ts';
import type { DatasetComparison } from '../comparison/dataset-comparison.ts';
import type { ComparedDataset } from '../comparison/judge-runs.ts';
import { selectedModel } from '../comparison/selected-model.ts';
import { foldSpread } from '../evaluation/fold-spread.ts';
import type { Run } from '../tracking/run.ts';
import type { BaselineReport, DatasetReport, MetricReport, ModelReport, SliceReport } from './report-schema.ts';

/** Runs of the default branch that a trend shows. */
const TREND = 12;

/**
 * What the report says of one dataset, from records alone.
 *
 * @param options.recorded every run that the store of baselines has.
 * @param options.reused ids of runs that stood in for training again.
 */
export function datasetReport(
  { config, models, baseline, comparison }: ComparedDataset,
  options: {
    readonly search: BaselineSearch;
    readonly recorded: readonly Run[];
    readonly reused?: ReadonlySet<string>;
  },
): DatasetReport {
  const { search, recorded, reused = new Set() } = options;
  const { candidate, metrics } = comparison;
  const selected = selectedModel(comparison, candidate);
  const [own] = candidate.values();
  const before: ReadonlyMap<string, EvaluatedRun> = baseline.kind === 'none' ? new Map() : baseline.evaluatedRuns;
  const [other] = before.values();
  const earlier = recorded.filter(
    ({ dataset, git }) => dataset === config.id && !git.dirty && git.sha !== null && search.commits.includes(git.sha),
  );
  const columns = own ? columnNames(own.run) : [];
  return {
    dataset: config.id,
    task: own?.run.task ?? config.task,
    target: config.target,
    primaryMetric: metrics[0] ?? '',
    selectedModel: selected,
    ...selectionChange(comparison, before),
    data: own ? { path: config.path, ...tableOf(own.run) } : null,
    baselineData: other ? tableOf(other.run) : null,
    baseline: baselineReport(baseline, comparison),
    notes: baselineNotes(baseline, search, comparison, { columns, models }),
    slices: sliceReports(candidate.get(selected ?? '')?.run, comparison),
    models: [...candidate].map(([model, { run }]) =>
      modelReport(run, {
        before: before.get(model)?.run,
        comparison,
        earlier: earlier.filter((each) => each.model === model),
      }),
    ),
    ...(own && [...candidate.values()].every(({ run }) => reused.has(run.id)) && { reused: true }),
  };
}

/**
 * Another model may be the best when the change is merged: because it removes the best one, or adds a better one. Until then all models of the
 * base are trained, and one of them is selected.
 */
function selectionChange(
  comparison: DatasetComparison,
  before: ReadonlyMap<string, EvaluatedRun>,
): Pick<DatasetReport, 'selectionChange'> {
  const { candidate, gates, listed, metrics } = comparison;
  const judged = gates.model !== null && listed.includes(gates.model) ? gates.model : null;
  const own = { ...comparison, gates: { ...gates, model: judged }, models: listed };
  const selection = (runs: ReadonlyMap<string, EvaluatedRun>, model: string | null) => {
    const run = model === null ? undefined : runs.get(model)?.run;
    return run && { model: run.model, value: run.metrics[metrics[0] ?? '']?.outOfFold.value ?? null };
  };
  const [old, next] = [
    selection(before, selectedModel(comparison, before)),
    selection(candidate, selectedModel(own, candidate)),
  ];
  return old && next && old.model !== next.model ? { selectionChange: { before: old, after: next } } : {};
}

function tableOf({ data }: Run): NonNullable<DatasetReport['baselineData']> {
  return { rows: data.rows, sha256: data.sha256, columns: data.columns.map(({ name }) => name) };
}

function columnNames({ data }: Run): string[] {
  return data.columns.map(({ name }) => name);
}

function sliceReports(run: Run | undefined, { slices }: DatasetComparison): SliceReport[] {
  const measured = (run?.slices ?? []).filter(({ metrics }) => Object.keys(metrics).length > 0);
  return measured.map(({ column, value, n, metrics }) => {
    const own = slices.find((each) => each.column === column && each.value === value);
    const differences = own?.comparisons.get(run!.model)?.differences;
    return {
      column,
      value,
      n,
      metrics: Object.entries(metrics).map(([metric, outOfFold]) => {
        const difference = outOfFold.value === null ? undefined : differences?.get(metric);
        return { metric, outOfFold, delta: difference ? difference.candidate - difference.baseline : null };
      }),
    };
  });
}

function baselineReport(baseline: Baseline, { comparisons }: DatasetComparison): BaselineReport {
  if (baseline.kind === 'none') return baseline;
  const { kind, sha, commitsBehind, sameInputs, provenance, remade, branch } = baseline;
  const [comparison] = comparisons.values();
  const isPaired = comparison && comparison.pairing !== 'unpaired' && comparison.counts.baselineRows > 0;
  return {
    kind,
    sha,
    commitsBehind,
    sameInputs,
    sharedRows: isPaired ? comparison.counts.shared / comparison.counts.baselineRows : null,
    pairing: comparison?.pairing ?? 'unpaired',
    provenance,
    ...(remade && { remade }),
    branch,
  };
}

function modelReport(
  run: Run,
  options: {
    readonly before: Run | undefined;
    readonly comparison: DatasetComparison;
    /** Earlier runs of the model on the default branch. */
    readonly earlier: readonly Run[];
  },
): ModelReport {
  const { before, comparison, earlier } = options;
  return {
    model: run.model,
    run: run.id,
    baselineRun: before?.id ?? null,
    metrics: comparison.metrics.flatMap((metric): MetricReport[] => {
      const result = run.metrics[metric];
      if (!result) return [];
      const difference = comparison.comparisons.get(run.model)?.differences.get(metric);
      return [
        {
          metric,
          direction: result.direction,
          outOfFold: result.outOfFold,
          test: result.test,
          train: result.train,
          baseline: difference?.baseline ?? null,
          delta: difference ? difference.candidate - difference.baseline : null,
          trend: trend(earlier, metric),
        },
      ];
    }),
    params: run.params,
    changedParams: before ? changedParams(before.params, run.params) : [],
    fitSeconds: run.timings.fitSeconds,
    modelBytes: run.modelBytes,
    modelSha256: run.modelSha256,
    repeats: run.split.repeats,
    measuredOn: run.measuredOn ?? 'folds',
    cv: foldSpread(run.metrics[comparison.metrics[0] ?? '']?.folds ?? []),
  };
}

function trend(runs: readonly Run[], metric: string): number[] {
  return [...runs]
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .map((run) => run.metrics[metric]?.outOfFold.value)
    .filter((value) => value != null)
    .slice(-TREND);
}

function changedParams(before: Run['params'], after: Run['params']): ModelReport['changedParams'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      name,
      ...(Object.hasOwn(before, name) && { before: before[name] }),
      ...(Object.hasOwn(after, name) && { after: after[name] }),
    }));
}
