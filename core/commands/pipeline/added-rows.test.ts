import { describe, expect, it } from 'vitest';
import { nameOf } from '../../comparison/accept.ts';
import type { Baseline } from '../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import type { LimitGate } from '../../comparison/gate-result.ts';
import { judgeRuns } from '../../comparison/judge-runs.ts';
import { parseProject } from '../../config/parse.ts';
import { createRandom } from '../../random/random.ts';
import type { Run } from '../../tracking/run.ts';
import type { Ports } from '../ports.ts';
import { runProject } from './run-project.fixture.ts';

/** Rows with an id, of which y is twice x. @param error how far y of these rows is from that, in spreads of y. */
function rows(name: string, n: number, error = 0.3): string {
  const random = createRandom(n, name);
  return Array.from({ length: n }, (_, i) => {
    const x = random.normal();
    return `${name}${i},${x.toFixed(4)},${random.normal().toFixed(4)},${(2 * x + error * random.normal()).toFixed(4)}\n`;
  }).join('');
}
const HEAD = 'id,x,noise,y\n';
const yml = ({ models = '{ linear_regression: {}, dummy: {} }', split = '', columns = '{ id: id }', more = '' } = {}) =>
  `datasets: { d: { path: d.csv, target: y, metrics: [r2], columns: ${columns}, ${split} models: ${models}, gates: { ${more} r2: { max_drop: 0.01 } } } }\n`;
const OLD = rows('a', 200);
const NEW = rows('b', 60);

interface Change {
  readonly before?: string;
  readonly yml?: string;
  readonly table?: string;
  readonly place?: 'pull_request' | 'tracked_branch';
}

/** A change beside a main of the old rows: its limits on r2, and its evidence by model. */
async function changed({ before = yml(), yml: after = before, table = OLD + NEW, place = 'pull_request' }: Change) {
  const main = await runProject({ yml: before, tables: { 'd.csv': HEAD + OLD }, place: 'tracked_branch' });
  const work = await runProject({
    ...{ yml: after, base: before, tables: { 'd.csv': HEAD + table }, sha: '2', earlier: [main.ports], place },
  });
  const limits = work.report.verdict!.gates.filter((gate): gate is LimitGate => gate.kind === 'limit');
  const evidence = new Map(
    await Promise.all(work.runs.map(async (run) => [run.model, await predictionsOf(run, work.ports)] as const)),
  );
  return { ...work, main, limits, evidence };
}
const predictionsOf = async ({ id }: EvaluatedRun['run'], { evidence }: Ports) => (await evidence.get(id))!;
const trainedOn = (limits: readonly LimitGate[]) => limits.map((gate) => gate.trainedOn ?? 'once');

describe('a model that limits compare is trained', () => {
  const LIMITED = '{ linear_regression: { alpha: 2 }, dummy: {} }';
  it.each<[string, readonly string[], Change]>([
    ['once where nothing was added', ['once'], { table: OLD, yml: yml({ models: LIMITED }) }],
    ['once where rows were added and nothing else changed', ['once'], {}],
    [
      'once in the order of time',
      ['once'],
      {
        before: yml({ split: 'split: { time: noise },' }),
        yml: yml({ split: 'split: { time: noise },', models: LIMITED }),
      },
    ],
    ['once on a branch that sets rules', ['once'], { yml: yml({ models: LIMITED }), place: 'tracked_branch' }],
    ['twice where its parameters changed', ['shared_rows', 'all_rows'], { yml: yml({ models: LIMITED }) }],
    [
      'twice where a column is left out',
      ['shared_rows', 'all_rows'],
      { yml: yml({ columns: '{ id: id, noise: ignore }' }) },
    ],
    ['twice where a row is gone', ['shared_rows', 'all_rows'], { table: OLD.replace(/.*\n/, '') + NEW }],
    [
      'once where another model changed',
      ['once'],
      { yml: yml({ models: '{ linear_regression: {}, dummy: {}, random_forest: { n_estimators: 2 } }' }) },
    ],
  ])('%s', async (_, expected, change) => {
    const { limits, evidence, report } = await changed(change);
    expect(trainedOn(limits)).toEqual(expected);
    const isTwice = expected.length === 2;
    expect([...evidence].flatMap(([model, one]) => (one.evidence.withoutAdded ? [model] : []))).toEqual(
      isTwice ? ['linear_regression'] : [],
    );
    expect(report.datasets[0]!.notes.some(({ note }) => note === 'trained_twice')).toBe(isTwice);
  });

  it('twice whatever takes the place of one that the change drops', async () => {
    const { limits, evidence } = await changed({ yml: yml({ models: '{ dummy: {} }' }) });
    expect(trainedOn(limits)).toEqual(['shared_rows', 'all_rows']);
    expect(limits[0]).toMatchObject({ model: 'linear_regression', replacedBy: 'dummy' });
    expect(evidence.get('dummy')!.evidence.withoutAdded).toBeDefined();
  });

  it('without the added rows as if they were not there, whatever they hold', async () => {
    const change = { yml: yml({ models: LIMITED }) };
    const [one, other] = [await changed(change), await changed({ ...change, table: OLD + rows('b', 60, 50) })];
    const values = (on: LimitGate['trainedOn']) =>
      [one, other].map(({ limits }) => limits.find((gate) => gate.trainedOn === on)!.value!);
    const [before, after] = values('shared_rows');
    expect(after).toBeCloseTo(before!, 3);
    const [withThem, withOthers] = values('all_rows');
    expect(Math.abs(withThem! - withOthers!)).toBeGreaterThan(0.01);
  });
});

describe('rows that were added', () => {
  const POISON = OLD + rows('b', 60, 50);
  it.each<[string, Change, object[], string[]]>([
    [
      'and a worse code fail each on their own',
      { yml: yml({ columns: '{ id: id, x: ignore }' }) },
      [
        { trainedOn: 'shared_rows', outcome: 'fail', reason: 'drop_past_limit' },
        { trainedOn: 'all_rows', outcome: 'fail', reason: 'drop_past_limit' },
      ],
      ['d.r2', 'd.r2.added_rows'],
    ],
    [
      'are the reason where the code holds without them',
      { yml: yml({ models: '{ linear_regression: { alpha: 2 }, dummy: {} }' }), table: POISON },
      [
        { trainedOn: 'shared_rows', outcome: 'pass' },
        {
          ...{ trainedOn: 'all_rows', outcome: 'fail', reason: 'added_rows' },
          addedRows: { drop: expect.any(Number), gain: expect.any(Number) },
        },
      ],
      ['d.r2', 'd.r2.added_rows'],
    ],
    [
      'are the reason where nothing else changed',
      { table: POISON },
      [{ outcome: 'fail', reason: 'added_rows', addedRows: { drop: expect.any(Number), gain: null } }],
      ['d.r2'],
    ],
  ])('%s', async (_, change, expected, names) => {
    const { limits } = await changed(change);
    expect(limits).toMatchObject(expected);
    expect(limits.map(nameOf)).toEqual(names);
    const [{ addedRows }] = limits.slice(-1) as [LimitGate];
    if (addedRows) expect(addedRows.drop).toBeGreaterThan(0.01);
  });

  const worse = { models: '{ linear_regression: { alpha: 2 }, dummy: {} }' };

  it('let no limit pass where it is not known what is due to them', async () => {
    const { ports, runs, limits } = await changed({ yml: yml(worse) });
    expect(limits.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    // Another baseline than the one that the model was trained beside.
    const fewer = await runProject({ yml: yml(), tables: { 'd.csv': HEAD + OLD.replace(/.*\n/, '') }, sha: '3' });
    const evaluated = (all: readonly Run[], from: Ports) =>
      Promise.all(
        all.map(async (run): Promise<EvaluatedRun> => ({ run, predictions: await predictionsOf(run, from) })),
      );
    const before = await evaluated(fewer.runs, fewer.ports);
    const baseline: Baseline = {
      ...{ kind: 'base', sha: '3'.repeat(40), commitsBehind: 0, sameInputs: false, provenance: 'local', branch: null },
      ...{ keyColumns: before[0]!.run.data.keyColumns, passedOver: [], notes: [] },
      evaluatedRuns: new Map(before.map((each) => [each.run.model, each])),
    };
    const { verdict } = judgeRuns({
      ...{ project: parseProject(yml(worse), 'mlops.yml'), base: parseProject(yml(), 'mlops.yml') },
      ...{
        only: { datasets: [], models: [] },
        runs: await evaluated(runs, ports),
        baselines: new Map([['d', baseline]]),
      },
      ...{ subject: 'change', knowsBase: true, unchanged: [] },
    });
    expect(verdict).toMatchObject({ outcome: 'not_comparable', gates: [{ reason: 'added_rows_unknown' }] });
  });

  it('are told apart from equal rows that were there before', async () => {
    const keyed = yml({ columns: '{ id: ignore }' });
    const { limits, evidence } = await changed({
      ...{ before: keyed, yml: keyed.replace('{}, dummy', '{ alpha: 2 }, dummy') },
      // Each row once more, under the same key.
      table: OLD + OLD,
    });
    expect(trainedOn(limits)).toEqual(['shared_rows', 'all_rows']);
    expect(evidence.get('linear_regression')!.rowSet.keys).toHaveLength(400);
  });
});
