import { describe, expect, it } from 'vitest';
import { parseProject } from '../config/parse.ts';
import { anAcceptance } from '../tracking/acceptance.fixture.ts';
import type { Run } from '../tracking/run.ts';
import type { Baseline } from './baseline.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import type { LimitGate } from './gate-result.ts';
import { compareDatasets, type JudgeRequest, judgeRuns } from './judge-runs.ts';
import { withAcceptances } from './with-acceptances.ts';

const PROJECT = `datasets:
  churn:
    path: churn.csv
    target: y
    metrics: [r2]
    slices: [shop]
    models: [random_forest, dummy]
    gates: { r2: { min: 0.5 } }
`;
const TWO = `${PROJECT}  fraud: { path: fraud.csv, target: y, metrics: [r2], models: [dummy] }\n`;
const none: Baseline = { kind: 'none', why: { reason: 'no_run' } };
const west = { column: 'shop', value: 'west' };
const rowSet = someRows(60, {
  slices: [{ column: 'shop', values: ['west'], codes: new Uint8Array(60) }],
});

function run(model: string, changes: Partial<Run> = {}) {
  const made = anEvaluatedRun(rowSet, { model });
  const slices = [west, { column: 'older', value: 'than the file' }].map((slice) => ({ ...slice, n: 60, metrics: {} }));
  return {
    ...made,
    run: {
      ...made.run,
      task: 'regression' as const,
      targetType: 'continuous' as const,
      classes: [],
      slices,
      ...changes,
    },
  };
}

const request = (changes: Partial<JudgeRequest> & { head?: string; rules?: string } = {}): JudgeRequest => {
  const { head = PROJECT, rules, ...rest } = changes;
  return {
    project: parseProject(head, 'mlops.yml'),
    base: rules === undefined ? null : parseProject(rules, 'mlops.yml'),
    only: { datasets: [], models: [] },
    runs: [run('dummy'), run('random_forest')],
    baselines: new Map([
      ['churn', none],
      ['fraud', none],
    ]),
    subject: 'change',
    knowsBase: true,
    unchanged: [],
    ...rest,
  };
};

describe('a dataset without a baseline', () => {
  const gated = PROJECT.replace('r2: { min: 0.5 }', 'r2: { max_drop: 0.1 }');
  const elsewhere = new Map<string, Baseline>([
    ['churn', { kind: 'none', why: { reason: 'not_recorded', commits: 1, from: 'a'.repeat(40) } }],
  ]);
  it.each<[string, Partial<JudgeRequest> & { rules?: string }, string]>([
    ['that the base has', { rules: gated }, 'not_comparable'],
    ['that is new', { rules: gated.replace('churn:', 'fraud:') }, 'first_run'],
    ['when neither base nor main has a project file', {}, 'first_run'],
    ['when neither has one, though runs of other commits are recorded', { baselines: elsewhere }, 'first_run'],
    ['when the base commit is not known', { knowsBase: false }, 'not_comparable'],
    ['of a branch whose runs were lost', { subject: 'tracked_branch', baselines: elsewhere }, 'not_comparable'],
    ['of a branch that sets rules, when nothing was ever recorded', { subject: 'tracked_branch' }, 'first_run'],
  ])('%s', (_title, changes, outcome) => {
    const { verdict } = judgeRuns(request({ head: gated, ...changes, only: { datasets: ['churn'], models: [] } }));
    expect(verdict.outcome).toBe(outcome);
  });
  it('of a branch that sets rules, after others were recorded, is the first comparable one', () => {
    const baselines = new Map<string, Baseline>([['churn', { kind: 'none', why: { reason: 'only_uncommitted' } }]]);
    const { verdict } = judgeRuns(request({ head: gated, subject: 'tracked_branch', baselines }));
    expect(verdict.outcome).toBe('not_comparable');
  });
});

describe('judgeRuns', () => {
  it('takes runs in any order and reports them in that of mlops.yml', () => {
    const { datasets, verdict } = judgeRuns(request());
    expect([...datasets[0]!.comparison.candidate.keys()]).toEqual(['random_forest', 'dummy']);
    expect(verdict).toMatchObject({ outcome: 'first_run', missing: [], gates: [{ kind: 'floor', value: 0.8 }] });
  });

  it.each<[string, Parameters<typeof request>[0], object[]]>([
    ['a model that did not report', { runs: [run('dummy')] }, [{ dataset: 'churn', model: 'random_forest' }]],
    ['a dataset that did not report', { head: TWO }, [{ dataset: 'fraud', model: 'dummy', detail: 'was not trained' }]],
    [
      'a dataset that the change removed',
      { rules: TWO },
      [{ dataset: 'fraud', model: null, detail: expect.stringContaining('removed from mlops.yml') }],
    ],
    [
      'a model that the base expects',
      { head: PROJECT.replace(', dummy', ''), rules: PROJECT, runs: [run('random_forest')] },
      [{ model: 'dummy' }],
    ],
  ])('fails without %s', (_, changes, missing) => {
    expect(judgeRuns(request(changes)).verdict).toMatchObject({ outcome: 'fail', missing });
  });

  it.each<[string, Parameters<typeof request>[0]]>([
    ['another dataset', { head: TWO, only: { datasets: ['churn'], models: [] } }],
    ['another model', { only: { datasets: [], models: ['dummy'] }, runs: [run('dummy')] }],
    [
      'a dataset that the base has, and that was not asked for',
      { rules: TWO, only: { datasets: ['churn'], models: [] } },
    ],
  ])('expects nothing of %s than what was asked for', (_, changes) => {
    expect(judgeRuns(request(changes)).verdict.missing).toEqual([]);
  });

  it('judges by the rules of the base', () => {
    const strict = PROJECT.replace('min: 0.5', 'min: 0.9');
    expect(judgeRuns(request({ head: PROJECT, rules: strict })).verdict.outcome).toBe('fail');
    expect(judgeRuns(request({ head: strict, rules: PROJECT })).verdict.outcome).toBe('pass');
  });

  it('compares the slices of the columns that the rules name, for the models that are judged', () => {
    const before: Baseline = {
      ...{
        kind: 'base',
        sha: 'a',
        commitsBehind: 0,
        provenance: 'local',
        sameInputs: false,
        branch: null,
        notes: [],
        passedOver: [],
        keyColumns: ['a', 'b'],
      },
      evaluatedRuns: new Map(['random_forest', 'dummy'].map((model) => [model, run(model)])),
    };
    const [churn] = compareDatasets(request({ baselines: new Map([['churn', before]]) }));
    const [slice, ...rest] = churn!.comparison.slices;
    expect(slice).toMatchObject(west);
    expect([...slice!.comparisons.keys()]).toEqual(['random_forest']);
    expect(slice!.comparisons.get('random_forest')!.differences.get('r2')!.drop).toBe(0);
    expect(rest).toEqual([]);
  });

  it('leaves out runs of models that nobody planned', () => {
    const { datasets } = judgeRuns(request({ runs: [run('dummy'), run('random_forest'), run('linear_regression')] }));
    expect(datasets[0]!.comparison.candidate.has('linear_regression')).toBe(false);
  });

  it('is not asked without a baseline for every dataset', () => {
    expect(() => judgeRuns(request({ baselines: new Map() }))).toThrow('no baseline was looked up for churn');
  });
});

describe('earlier pushes', () => {
  const sha = 'c'.repeat(40);
  const gate: LimitGate = {
    ...{ kind: 'limit', dataset: 'churn', model: 'random_forest', metric: 'r2', direction: 'maximize' },
    ...{ outcome: 'fail', reason: 'drop_past_limit', written: 'max_drop: 0.1', value: 0.3, allowed: 0.1 },
    compared: { baseline: 0.8, drop: 0.5, pairing: 'key', test: null },
  };
  const pushed = (changes: Partial<JudgeRequest> = {}) =>
    judgeRuns({
      ...request({ head: PROJECT.replace('{ min: 0.5 }', '{ max_drop: 0.1 }') }),
      failedPushes: [{ sha: 'b'.repeat(40), gate, evaluatedRun: run('random_forest') }],
      ...changes,
    }).verdict;

  it('that failed are held against the change', () => {
    expect(pushed({ failedPushes: [] }).outcome).toBe('first_run');
    expect(pushed()).toMatchObject({ outcome: 'fail', gates: [{ reason: 'pushed_again' }] });
  });
  it('can be accepted as any limit', () => {
    const found = pushed();
    const accepted = [anAcceptance({ gate: 'churn.r2', value: (found.gates[0] as LimitGate).value, sha })];
    const { verdict } = withAcceptances(found, { accepted, shas: [sha], notes: [] });
    expect(verdict).toMatchObject({ outcome: 'pass', gates: [{ outcome: 'fail' }] });
  });
});
