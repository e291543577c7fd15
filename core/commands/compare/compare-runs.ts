import { compareModels, type EvaluatedRun, type ModelComparison } from '../../comparison/compare-models.ts';
import type { DatasetComparison } from '../../comparison/dataset-comparison.ts';
import { judge } from '../../comparison/judge.ts';
import type { MetricComparison, RunComparison } from '../../comparison/run-comparison.ts';
import { withTimesInTurn } from '../../comparison/times-of-run.ts';
import type { Verdict } from '../../comparison/verdict.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { metrics } from '../../metrics/index.ts';
import { count, plural } from '../../report/numbers.ts';
import { studentTSurvival } from '../../stats/student-t.ts';
import type { Run } from '../../tracking/run.ts';

/**
 * Compares any two runs, on their evidence where both have it. The gates of `mlops.yml` are judged where both runs are
 * of one dataset of it that has gates, with one target; otherwise the verdict is null.
 *
 * @throws ConfigError for runs of different tasks, which have no metric in common.
 */
export function compareRuns(
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
  project: Project | null,
): { readonly comparison: RunComparison; readonly verdict: Verdict | null } {
  const [before, after] = [baseline.run, candidate.run];
  if (before.task !== after.task) {
    throw new ConfigError({
      place: 'mlops compare',
      message: 'the runs have no metric in common',
      found: `${before.id}: ${before.task}; ${after.id}: ${after.task}`,
      next: 'compare runs of one dataset; `mlops runs diff` shows how these two differ',
    });
  }
  const ids = Object.keys(after.metrics).filter((id) => Object.hasOwn(before.metrics, id) && metrics.has(id));
  const compared = pairedOrRecorded(baseline, candidate, ids);
  const config = gatesFor(before, after, project);
  return {
    comparison: {
      baseline: before.id,
      candidate: after.id,
      pairing: compared.pairing,
      rows: compared.counts,
      metrics: ids.map((id) => metricComparison(id, before, after, compared)),
      notes: notesOf(baseline, candidate, compared, config),
    },
    verdict:
      typeof config === 'string' ? null : judge([datasetComparisonOf(config, baseline, candidate, compared)], project!),
  };
}

/** On shared rows; where there are none, by what the runs recorded. */
function pairedOrRecorded(baseline: EvaluatedRun, candidate: EvaluatedRun, ids: readonly string[]): ModelComparison {
  const sameTarget = baseline.run.target === candidate.run.target;
  const compared = compareModels(baseline, candidate, ids);
  if (
    sameTarget &&
    (compared.pairing === 'unpaired' ||
      compared.counts.shared > compared.counts.relabelled + (compared.counts.edited ?? 0))
  )
    return compared;
  const recorded = compareModels({ ...baseline, predictions: null }, { ...candidate, predictions: null }, ids);
  return { ...recorded, counts: compared.counts };
}

function metricComparison(id: string, before: Run, after: Run, { differences }: ModelComparison): MetricComparison {
  const { direction } = metrics.get(id);
  const difference = differences.get(id);
  if (difference) {
    const { baseline, candidate, standardError, df } = difference;
    const delta = candidate - baseline;
    const pValue = standardError === null ? null : twoSided(delta, standardError, df);
    return {
      metric: id,
      direction,
      baseline,
      candidate,
      delta,
      standardError,
      degreesOfFreedom: standardError === null ? null : df,
      pValue,
    };
  }
  const [left, right] = [before.metrics[id]!.outOfFold.value, after.metrics[id]!.outOfFold.value];
  return {
    metric: id,
    direction,
    baseline: left,
    candidate: right,
    delta: left === null || right === null ? null : right - left,
    standardError: null,
    degreesOfFreedom: null,
    pValue: null,
  };
}

function twoSided(delta: number, standardError: number, df: number): number {
  if (standardError === 0) return delta === 0 ? 1 : 0;
  return 2 * studentTSurvival(Math.abs(delta) / standardError, df);
}

/** The dataset whose gates hold for the two, or why none do. */
function gatesFor(before: Run, after: Run, project: Project | null): DatasetConfig | string {
  if (before.dataset !== after.dataset) return 'gates are not judged: the runs are of different datasets';
  if (before.target !== after.target) return 'gates are not judged: the runs have different targets';
  const config = project?.datasets.find(({ id }) => id === after.dataset);
  if (!config) return `gates are not judged: mlops.yml has no dataset "${after.dataset}"`;
  if (config.target !== after.target) return `gates are not judged: in mlops.yml the target is "${config.target}"`;
  return Object.keys({ ...config.gates.byMetric, ...config.gates.byBudget }).length > 0
    ? config
    : `gates are not judged: mlops.yml has none for ${config.id}`;
}

/** The two runs as one model: the gates apply to the runs that were named, even if their models differ. */
function datasetComparisonOf(
  { id, gates, metrics: listed }: DatasetConfig,
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
  compared: ModelComparison,
): DatasetComparison {
  const { model } = candidate.run;
  return {
    dataset: id,
    gates: { ...gates, model },
    metrics: listed.length > 0 ? listed : Object.keys(candidate.run.metrics),
    models: [model],
    listed: [model],
    // What was timed in turn is the candidate's own base commit, which need not be the other run.
    candidate: new Map([[model, withTimesInTurn(candidate, null)]]),
    baseline: new Map([[model, baseline]]),
    comparisons: new Map([[model, compared]]),
    slices: [],
  };
}

function notesOf(
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
  { pairing, counts }: ModelComparison,
  config: DatasetConfig | string,
): string[] {
  const [before, after] = [baseline.run, candidate.run];
  const notes: string[] = [];
  const differ = (what: string, left: string, right: string) => {
    if (left !== right) notes.push(`different ${what}: ${left} and ${right}`);
  };
  differ('datasets', before.dataset, after.dataset);
  differ('targets', before.target, after.target);
  differ('models', before.model, after.model);
  if (before.data.sha256 !== after.data.sha256) notes.push(`different data: ${rowsOf(before)} and ${rowsOf(after)}`);
  for (const [title, { run, predictions }] of [
    ['baseline', baseline],
    ['candidate', candidate],
  ] as const) {
    if (run.measuredOn === 'self_reported')
      notes.push(`the ${title}'s numbers are self-reported: its command gave them, and they are not verified`);
    else if (!predictions) notes.push(`the predictions of the ${title} (${run.id}) are not stored here`);
    if (run.measuredOn === 'test') notes.push(`the ${title} was measured on the test set only`);
    if (run.git.dirty) notes.push(`the ${title} was trained with uncommitted changes`);
  }
  if (pairing === 'unpaired')
    notes.push(
      'not paired: the standard errors are those of two independent measurements, so only large differences show',
    );
  else {
    const { edited = 0 } = counts;
    const lost = [
      counts.gone > 0 ? `${count(counts.gone)} ${counts.gone === 1 ? 'was' : 'were'} removed` : '',
      counts.relabelled > 0
        ? `${count(counts.relabelled)} ${counts.relabelled === 1 ? 'has' : 'have'} another target`
        : '',
      edited > 0 ? `${count(edited)} ${edited === 1 ? 'holds' : 'hold'} other values` : '',
    ].filter((part) => part !== '');
    notes.push(
      [
        `paired by ${pairing} on ${plural(counts.shared - counts.relabelled - edited, 'row')}`,
        ...(lost.length > 0 ? [`of ${plural(counts.baselineRows, 'baseline row')} ${lost.join(' and ')}`] : []),
        ...(counts.added > 0 ? [plural(counts.added, 'new row')] : []),
      ].join('; '),
    );
  }
  if (typeof config === 'string') notes.push(config);
  return notes;
}

function rowsOf({ data }: Run): string {
  return `${data.path} (${plural(data.rows, 'row')}, sha256 ${data.sha256.slice(0, 8)})`;
}
