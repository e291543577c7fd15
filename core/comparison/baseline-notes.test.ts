import { describe, expect, it } from 'vitest';
import type { Run } from '../tracking/run.ts';
import type { Baseline } from './baseline.ts';
import { baselineNotes } from './baseline-notes.ts';
import type { BaselineSearch } from './baseline-search.ts';
import { compareModels, type EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';

const rowSet = someRows(40);
const columns = (...names: string[]) => names.map((name) => ({ name, kind: 'numeric' as const }));
const search: BaselineSearch = {
  kind: 'base',
  commits: [],
  end: 'complete',
  champion: null,
  defaultBranch: 'main',
};

function evaluatedRun(
  options: Parameters<typeof anEvaluatedRun>[1] = {},
  run: Partial<Run> = {},
  rows = rowSet,
): EvaluatedRun {
  const made = anEvaluatedRun(rows, { keyColumns: ['a'], ...options });
  const data = { ...made.run.data, columns: columns('a', 'b') };
  return { ...made, run: { ...made.run, data, ...run } };
}

function notes(
  of: {
    before?: EvaluatedRun[];
    after?: EvaluatedRun[];
    columns?: string[];
    models?: string[];
    metrics?: string[];
    search?: Partial<BaselineSearch>;
    passedOver?: Extract<Baseline, { sha: string }>['passedOver'];
  } = {},
) {
  const { metrics = ['r2'], passedOver = [] } = of;
  const byModel = (evaluatedRuns: EvaluatedRun[]) => new Map(evaluatedRuns.map((each) => [each.run.model, each]));
  const evaluatedRuns = byModel(of.before ?? [evaluatedRun()]);
  const candidate = byModel(of.after ?? [evaluatedRun()]);
  const comparisons = new Map(
    [...candidate].flatMap(([model, after]) =>
      evaluatedRuns.has(model) ? [[model, compareModels(evaluatedRuns.get(model)!, after, metrics)] as const] : [],
    ),
  );
  const baseline: Baseline = {
    kind: 'base',
    sha: '9'.repeat(40),
    commitsBehind: 0,
    sameInputs: false,
    branch: 'main',
    provenance: 'verified',
    notes: [],
    evaluatedRuns,
    keyColumns: ['a'],
    passedOver,
  };
  const lists = { columns: of.columns ?? ['a', 'b'], models: of.models ?? [...candidate.keys()] };
  return baselineNotes(baseline, { ...search, ...of.search }, { candidate, comparisons, metrics }, lists);
}

const keep = <T extends { slice(start: number, end: number): T }>(array: T, n: number) => array.slice(0, n);
const first = (n: number) => someRows(n, { keys: keep(rowSet.keys, n), target: keep(rowSet.target!, n) });

describe('baselineNotes', () => {
  it('has nothing to say of the same data, models and metrics', () => {
    expect(notes()).toEqual([]);
  });

  it.each<[string, Parameters<typeof notes>[0], object[]]>([
    ['rows that are new', { before: [evaluatedRun({}, {}, first(35))] }, [{ note: 'rows_added', rows: 5 }]],
    ['rows that are gone', { after: [evaluatedRun({}, {}, first(35))] }, [{ note: 'rows_gone', rows: 5 }]],
    [
      'rows with another target',
      { after: [evaluatedRun({}, {}, someRows(40, { target: rowSet.target!.map((y, i) => (i < 3 ? y + 1 : y)) }))] },
      [{ note: 'rows_relabelled', rows: 3 }],
    ],
    ['a new column', { columns: ['a', 'b', 'c'] }, [{ note: 'columns_added', columns: ['c'], by: 'key' }]],
    ['a column that is gone', { columns: ['a'] }, [{ note: 'columns_gone', columns: ['b'], by: 'key' }]],
    [
      'a key column that is gone',
      { columns: ['b'], after: [evaluatedRun({ keyColumns: ['b'] })] },
      [{ note: 'columns_gone', columns: ['a'], by: 'position' }],
    ],
    [
      'rows that cannot be recognised',
      {
        columns: ['b'],
        after: [evaluatedRun({ keyColumns: ['b'] }, {}, someRows(40, { target: rowSet.target!.slice().reverse() }))],
      },
      [
        { note: 'columns_gone', columns: ['a'], by: 'unpaired' },
        { note: 'unpaired', evidence: true },
      ],
    ],
    [
      'a baseline without evidence',
      { before: [{ ...evaluatedRun(), predictions: null }] },
      [{ note: 'unpaired', evidence: false }],
    ],
    [
      'a candidate without evidence',
      { after: [{ ...evaluatedRun(), predictions: null }] },
      [{ note: 'unpaired', evidence: false }],
    ],
    [
      'metrics that the baseline lacks and that its predictions give',
      { metrics: ['r2', 'mae', 'rmse'] },
      [{ note: 'metrics_new', metrics: ['mae', 'rmse'], recomputed: true }],
    ],
    [
      'metrics that nothing gives',
      { metrics: ['r2', 'mae'], before: [{ ...evaluatedRun(), predictions: null }] },
      [
        { note: 'unpaired', evidence: false },
        { note: 'metrics_new', metrics: ['mae'], recomputed: false },
      ],
    ],
    [
      'a new model',
      { after: [evaluatedRun(), evaluatedRun({ model: 'dummy' })] },
      [{ note: 'models_new', models: ['dummy'] }],
    ],
    [
      'a model that is gone',
      { before: [evaluatedRun(), evaluatedRun({ model: 'dummy' })] },
      [{ note: 'models_gone', models: ['dummy'] }],
    ],
    [
      'a model that was only not trained now',
      { before: [evaluatedRun(), evaluatedRun({ model: 'dummy' })], models: ['random_forest', 'dummy'] },
      [],
    ],
    [
      'a model under another name',
      { before: [evaluatedRun({ model: 'dummy' })] },
      [{ note: 'models_renamed', gone: ['dummy'], added: ['random_forest'] }],
    ],
    [
      'a run of another branch',
      { search: { defaultBranch: 'trunk' } },
      [{ note: 'other_branch', branch: 'main', defaultBranch: 'trunk' }],
    ],
    ['a default branch that is unknown', { search: { defaultBranch: null } }, []],
    [
      'a champion that is not there',
      { search: { champion: { name: 'v9', sha: null } } },
      [{ note: 'champion_unknown', name: 'v9' }],
    ],
    ['a champion that is there', { search: { champion: { name: 'v1', sha: '1'.repeat(40) } } }, []],
    [
      'commits that were passed over',
      {
        passedOver: [
          { sha: '1', why: 'unverified', detail: 'it has expired' },
          { sha: '2', why: 'few_rows', shared: 0.5 },
        ],
      },
      [
        { note: 'unverified_passed_over', sha: '1', detail: 'it has expired' },
        { note: 'few_rows_passed_over', sha: '2', shared: 0.5 },
      ],
    ],
  ])('tells of %s', (_, of, expected) => {
    expect(notes(of)).toEqual(expected);
  });

  it('without a baseline has only the champion to speak of', () => {
    const none: Baseline = { kind: 'none', why: { reason: 'no_run' } };
    const one = { candidate: new Map([['random_forest', evaluatedRun()]]), comparisons: new Map(), metrics: ['r2'] };
    const lists = { columns: ['a'], models: ['random_forest'] };
    expect(baselineNotes(none, search, one, lists)).toEqual([]);
    const champion = { name: 'v9', sha: null };
    expect(baselineNotes(none, { ...search, champion }, one, lists)).toEqual([
      { note: 'champion_unknown', name: 'v9' },
    ]);
  });
});
