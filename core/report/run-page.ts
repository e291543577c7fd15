import type { Estimate, Run } from '../tracking/run.ts';
import type { RunLocations } from '../tracking/run-locations.ts';
import { alignColumns } from './columns.ts';
import { count, number, plural } from './numbers.ts';
import { printable } from './printable.ts';
import { commit } from './run-list.ts';

/** Features that the page names. */
const TOP_FEATURES = 10;

const MEASURED_ON = {
  folds: 'all rows, out of fold',
  test: 'the test set only',
  self_reported: 'nothing here: its command reported these numbers, and they are not verified',
} as const;

/** Everything about one run, for a terminal. */
export function renderRunPage(run: Run, { evidence, model }: RunLocations): string {
  const { data, git, environment, timings, split } = run;
  return [
    printable(run.id),
    '',
    ...pairs({
      created: run.createdAt,
      dataset: run.dataset,
      model: run.model,
      target: `${run.target} (${run.targetType}${run.classes.length > 0 ? `: ${run.classes.slice(0, 20).join(', ')}` : ''})`,
      commit: `${git.sha ?? 'none'}${git.dirty ? ', with uncommitted changes' : ''}`,
      branch: git.branch ?? 'none',
      ...(git.base && { 'merge base': git.base }),
      ...(run.study && {
        study: `${run.study.name}: trial ${run.study.trial}, the best of ${count(run.study.trials)}`,
      }),
      ...(run.workflow && { 'workflow run': `${run.workflow.runId}, attempt ${run.workflow.attempt}` }),
    }),
    ...section(
      'Parameters',
      pairs(Object.fromEntries(Object.entries(run.params).map(([name, value]) => [name, String(value)]))),
    ),
    ...section('Metrics', [
      ...metricLines(run),
      `measured on ${MEASURED_ON[run.measuredOn ?? 'folds']}`,
      ...thresholdLines(run),
    ]),
    ...section(
      'Data',
      pairs({
        file: data.path,
        sha256: data.sha256,
        rows: `${count(data.rows)}: ${count(data.trainRows)} for training, ${count(data.testRows)} for testing`,
        features: `${count(data.nFeatures)}, of ${plural(data.columns.length, 'column')}`,
        columns: data.columns.map(({ name, kind }) => `${name} (${kind})`).join(', '),
        'key columns': data.keyColumns.join(', '),
        'row set': data.rowSet,
        split: `${split.folds} folds, seed ${split.seed}, ${plural(split.repeats, 'repeat')}`,
        ...(split.group && { 'grouped by': split.group }),
        ...(split.time && { 'ordered by': split.time }),
      }),
    ),
    ...section('Feature importance (gain)', pairs(featureShares(run))),
    ...section(
      'Environment',
      pairs({
        'mlops-action': environment.version,
        engine: numbered(run.engine),
        'key scheme': numbered(run.keyScheme),
        node: environment.node,
        system: environment.os,
        processor: `${environment.cpu}, ${plural(environment.threads, 'thread')}`,
        fit: `${timings.fitSeconds.toFixed(2)} s`,
        predict: `${timings.predictSeconds.toFixed(2)} s`,
      }),
    ),
    ...section(
      'Kept',
      pairs({
        evidence,
        model,
        ...(run.modelSha256 && { 'model sha256': run.modelSha256 }),
        ...(run.modelBytes !== null && { 'model size': `${count(run.modelBytes)} bytes` }),
        'inputs sha256': run.inputsSha256,
      }),
    ),
    ...section(
      'Warnings',
      [...(data.warnings ?? []), ...run.warnings].map((warning) => `- ${printable(warning)}`),
    ),
    '',
  ].join('\n');
}

/** The short form of a run in a sentence: `churn random_forest at 1a2b3c4`. */
export function runName({ dataset, model, git }: Run): string {
  return printable(`${dataset} ${model} at ${commit(git)}`);
}

/** A number that records have only since it was introduced. */
function numbered(value: number | undefined): string {
  return value === undefined ? 'not recorded' : String(value);
}

function metricLines({ metrics }: Run): string[] {
  const header = ['', 'better', 'out of fold', '95 %', 'test', '95 %', 'train', 'folds'];
  const rows = Object.entries(metrics).map(([id, { direction, outOfFold, test, train, folds }]) => [
    id,
    direction === 'maximize' ? 'higher' : 'lower',
    number(outOfFold.value),
    interval(outOfFold),
    number(test.value),
    interval(test),
    number(train.value),
    folds.map(number).join(' '),
  ]);
  return alignColumns([header, ...rows], ['left', 'left', 'right', 'left', 'right', 'left', 'right', 'left']);
}

function thresholdLines({ threshold, classes }: Run): string[] {
  return threshold === undefined ? [] : [printable(`predicts ${classes[1]} above ${number(threshold)}`)];
}

function interval({ ci }: Estimate): string {
  return ci ? `${number(ci[0])} – ${number(ci[1])}` : '';
}

function featureShares({ importances = [] }: Run): Record<string, string> {
  const shown = importances.slice(0, TOP_FEATURES);
  return Object.fromEntries(shown.map(({ feature, share }) => [feature, `${(100 * share).toFixed(1)} %`]));
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function pairs(values: Readonly<Record<string, string>>): string[] {
  return alignColumns(Object.entries(values), ['left', 'left']);
}
