import type { Baseline } from '../../comparison/baseline.ts';
import { baselineNotes } from '../../comparison/baseline-notes.ts';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import type { DatasetComparison } from '../../comparison/dataset-comparison.ts';
import { selectedModel } from '../../comparison/judge.ts';
import type { BaselineReport, DatasetReport, MetricReport, ModelReport, SliceReport } from '../../report/report.ts';
import type { Run } from '../../tracking/run.ts';
import type { Ports } from '../ports.ts';
import { spread } from './laptop-metrics.ts';
import type { LoadedDataset } from './load-dataset.ts';

/** Runs on main that a trend shows. */
const TREND = 12;

/**
 * What the report says of one data set.
 *
 * @param models all that the data set lists, trained now or not.
 */
export async function datasetReport(
  loaded: LoadedDataset,
  evaluatedRuns: ReadonlyMap<string, EvaluatedRun>,
  baseline: Baseline,
  one: DatasetComparison,
  models: readonly string[],
  ports: Pick<Ports, 'baselines' | 'search'>,
): Promise<DatasetReport> {
  const { config, task, table, sha256 } = loaded;
  const selected = selectedModel(one, evaluatedRuns);
  const before = baseline.kind === 'none' ? undefined : [...baseline.evaluatedRuns.values()][0]?.run;
  const onMain = ports.baselines.runs.filter(
    (run) =>
      run.dataset === config.id && !run.git.dirty && run.git.sha !== null && ports.search.commits.includes(run.git.sha),
  );
  const columns = table.columns.map(({ name }) => name);
  return {
    dataset: config.id,
    task,
    target: config.target,
    primaryMetric: loaded.metrics[0]!,
    selectedModel: selected,
    data: { path: config.path, rows: table.nRows, sha256, columns },
    baselineData: before
      ? { rows: before.data.rows, sha256: before.data.sha256, columns: before.data.columns.map(({ name }) => name) }
      : null,
    baseline: baselineReport(baseline, one),
    notes: baselineNotes(baseline, ports.search, one, { columns, models }),
    slices: sliceReports(evaluatedRuns.get(selected ?? '')?.run, one),
    models: [...evaluatedRuns].map(([model, { run }]) => {
      const other = baseline.kind === 'none' ? undefined : baseline.evaluatedRuns.get(model)?.run;
      return modelReport(
        run,
        other,
        one,
        onMain.filter((each) => each.model === model),
        loaded.metrics,
      );
    }),
  };
}

function sliceReports(run: Run | undefined, { slices }: DatasetComparison): SliceReport[] {
  return (run?.slices ?? []).map(({ column, value, n, metrics }) => {
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
  if (baseline.kind === 'none') return { kind: 'none', why: baseline.why };
  const { kind, sha, commitsBehind, provenance } = baseline;
  const comparison = [...comparisons.values()][0];
  const paired = comparison && comparison.pairing !== 'unpaired' && comparison.counts.baselineRows > 0;
  return {
    kind,
    sha,
    commitsBehind,
    provenance,
    pairing: comparison?.pairing ?? 'unpaired',
    sharedRows: paired ? comparison.counts.shared / comparison.counts.baselineRows : null,
  };
}

function modelReport(
  run: Run,
  before: Run | undefined,
  one: DatasetComparison,
  onMain: readonly Run[],
  metrics: readonly string[],
): ModelReport {
  const folds = (run.metrics[metrics[0]!]?.folds ?? []).filter((value) => value !== null);
  return {
    model: run.model,
    run: run.id,
    baselineRun: before?.id ?? null,
    metrics: metrics.flatMap((metric): MetricReport[] => {
      const result = run.metrics[metric];
      if (!result) return [];
      const difference = one.comparisons.get(run.model)?.differences.get(metric);
      return [
        {
          metric,
          direction: result.direction,
          outOfFold: result.outOfFold,
          test: result.test,
          train: result.train,
          baseline: difference?.baseline ?? null,
          delta: difference ? difference.candidate - difference.baseline : null,
          trend: trend(onMain, metric),
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
    cv: spread(folds),
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
    .map((name) => ({ name, before: before[name], after: after[name] }));
}
