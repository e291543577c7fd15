import { describe, expect, it } from 'vitest';
import { aCommit, shaOf } from '../../../change/commits.fixture.ts';
import type { EvaluatedRun } from '../../../comparison/compare-models.ts';
import { parseProject } from '../../../config/parse.ts';
import type { WorkerPool } from '../../../ports/worker-pool.ts';
import { createRandom } from '../../../random/random.ts';
import { timesInTurn } from '../../../tracking/run.fixture.ts';
import { someWorld } from '../../ports.fixture.ts';
import type { Ports } from '../../ports.ts';
import { runPipeline, type Steps } from '../run-pipeline.ts';

const random = createRandom(3, 'timed');
const TABLE = `id,x,noise,y\n${Array.from({ length: 120 }, (_, i) => {
  const x = random.normal();
  return `r${i},${x.toFixed(4)},${random.normal().toFixed(4)},${(2 * x + 0.5 * random.normal()).toFixed(4)}\n`;
}).join('')}`;
const FIT = '{ fit_cpu_seconds: { max_rise: 20% } }';
const yml = ({
  models = '{ random_forest: { n_estimators: 10 } }',
  gates = FIT,
  top = '',
}: {
  models?: string;
  gates?: string;
  top?: string;
} = {}) =>
  `${top}datasets: { d: { path: d.csv, target: y, metrics: [r2], columns: { id: id }, models: ${models}, gates: ${gates} } }\n`;
const TWICE = yml({ models: '{ random_forest: { n_estimators: 20 } }' });

/** Growing a tree takes 10 ms of a processor, or `slowness` times that. All else takes `rest` seconds. */
function clocked(ports: Ports, slowness = 1, rest = 0): { readonly ports: Ports; readonly trees: number[] } {
  let seconds = 0;
  const trees: number[] = [];
  const workers: WorkerPool = {
    ...ports.workers,
    map: (body, shared, tasks, options) => {
      const grown = tasks.reduce((sum, task) => {
        const { from, to } = task as { readonly from: number; readonly to: number };
        return sum + to - from;
      }, 0);
      trees.push(grown);
      seconds += 0.01 * slowness * grown;
      return ports.workers.map(body, shared, tasks, options);
    },
  };
  return { ports: { ...ports, workers, cpuSeconds: () => (seconds += rest) }, trees };
}

interface Change {
  readonly base?: string;
  readonly own?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly steps?: Partial<Steps>;
  readonly place?: 'pull_request' | 'tracked_branch' | 'laptop';
  readonly claims?: readonly EvaluatedRun[];
  /** One character that names the base commit. */
  readonly tree?: string;
  /** Whether the base commit can be read. */
  readonly knowsTree?: boolean;
}

async function judged(ports: Ports, change: Change = {}) {
  const { base = yml(), own = yml(), files = { 'd.csv': TABLE }, steps = {}, place = 'pull_request', claims } = change;
  const { tree = '0', knowsTree = true } = change;
  const baseProject = parseProject(base, 'mlops.yml');
  const world: Ports = {
    ...ports,
    base: knowsTree
      ? {
          ...{ project: baseProject, tree: aCommit(tree, { 'mlops.yml': base, ...files }) },
          ...{ folder: '', branch: 'main', lfs: null, remade: null },
        }
      : null,
  };
  const { report, runs } = await runPipeline(world, {
    ...{ command: 'pipeline', steps: { generate: true, train: true, tune: false, judge: true, ...steps } },
    ...{ project: parseProject(own, 'mlops.yml'), base: baseProject, knowsBase: true, notJudged: null },
    ...{ subject: place === 'tracked_branch' ? 'tracked_branch' : 'change', unchanged: async () => [] },
    ...{ datasets: [], models: [], force: false, evidence: 'artifact' },
    claims: claims ? { of: async () => new Map([['d', claims]]) } : null,
    tuning: { wish: null, runs: ports.runs },
    about: { place, changedFiles: null, runUrl: null, warnings: () => [] },
  });
  const gates = report.verdict?.gates.flatMap((gate) => (gate.kind === 'budget' ? gate : [])) ?? [];
  return { report, runs, gate: gates[0]!, outcome: report.verdict?.outcome };
}

const someChange = async (
  options: { slowness?: number; rest?: number; earlier?: readonly Ports[]; disk?: string } = {},
) =>
  clocked(
    await someWorld({ files: { 'd.csv': options.disk ?? TABLE }, sha: '2', earlier: options.earlier ?? [] }),
    options.slowness,
    options.rest,
  );

/** The base commit's own run, which another job made. */
async function mainOf(base = yml()): Promise<Ports> {
  const { ports } = clocked(await someWorld({ files: { 'd.csv': TABLE }, sha: '0' }));
  await judged(ports, { base, own: base, place: 'tracked_branch' });
  return ports;
}

describe('a limit on the rise of a time', () => {
  it('has both models trained in turn, fold by fold, the base commit first and second alternately', async () => {
    const { ports, trees } = await someChange();
    const { gate, outcome, runs } = await judged(ports, { own: TWICE });
    expect(trees.slice(-12)).toEqual([10, 20, 10, 20, 20, 10, 10, 20, 20, 10, 10, 20]);
    expect(outcome).toBe('fail');
    expect(gate).toMatchObject({
      ...{ outcome: 'fail', reason: 'over_budget', model: 'random_forest' },
      ...{ baseline: expect.closeTo(0.1, 9), value: expect.closeTo(0.2, 9), allowed: expect.closeTo(0.12, 9) },
      inTurn: { ratio: expect.closeTo(2, 9), degreesOfFreedom: 4, pValue: expect.closeTo(0, 9) },
    });
    expect(gate.inTurn!.logRatios).toEqual(Array(5).fill(expect.closeTo(Math.log(2), 9)));
    expect(runs[0]!.timings.inTurn).toMatchObject({ base: shaOf('0'), model: 'random_forest' });
    expect((await ports.runs.list()).runs).toEqual(runs);
  });

  it('holds where the model is the same, however slow this job is', async () => {
    const { ports } = await someChange({ slowness: 3, earlier: [await mainOf()] });
    const { gate, report } = await judged(ports);
    expect(report.datasets[0]!.baseline).toMatchObject({ provenance: 'local' });
    expect(gate).toMatchObject({
      outcome: 'pass',
      baseline: expect.closeTo(0.3, 9),
      inTurn: { ratio: expect.closeTo(1, 9) },
    });
  });

  it('fails where the model is slower, however fast this job is', async () => {
    const { ports } = await someChange({ slowness: 0.3, earlier: [await mainOf()] });
    expect((await judged(ports, { own: TWICE })).gate).toMatchObject({
      outcome: 'fail',
      value: expect.closeTo(0.06, 9),
    });
  });

  it('is of the model that takes the place of one that the change drops', async () => {
    const base = yml({ models: '{ random_forest: { n_estimators: 10 }, dummy: {} }' });
    const own = yml({ models: '{ dummy: {} }' });
    const { ports } = await someChange({ rest: 0.3 });
    const { gate } = await judged(ports, { base, own });
    expect(gate).toMatchObject({
      ...{ model: 'random_forest', replacedBy: 'dummy', outcome: 'pass' },
      inTurn: { ratio: expect.closeTo(0.3 / 0.4, 9) },
    });
  });

  it('times nothing where there is no such limit, or nothing is judged', async () => {
    const sizes = yml({ gates: '{ model_bytes: { max_rise: 20% }, fit_cpu_seconds: { max: 9 } }' });
    const { ports, trees } = await someChange();
    await judged(ports, { base: sizes, own: sizes });
    // The base and the change, five folds twice.
    expect(trees).toHaveLength(20);
    const main = await someChange();
    expect((await judged(main.ports, { place: 'tracked_branch' })).runs[0]!.timings.inTurn).toBeUndefined();
    expect(main.trees).toHaveLength(10);
  });
});

describe('times that were measured apart decide nothing, and say why', () => {
  const slower = { reason: 'over_budget_elsewhere', outcome: 'inconclusive' };
  it.each<[string, Change & { disk?: string }, object]>([
    [
      'the table of the base commit is not known',
      { files: {}, disk: TABLE.replace('r1,', 'r1000,') },
      { obstacle: 'no_digest', path: 'd.csv' },
    ],
    ['the base commit’s table is broken', { files: { 'd.csv': 'x\n1\n' } }, { obstacle: 'failed' }],
    [
      'the base commit forbids it',
      { base: yml({ top: 'baseline: { remake: never }\n' }) },
      { obstacle: 'not_allowed' },
    ],
  ])('%s', async (_, { disk, ...change }, notTimed) => {
    const { ports } = await someChange({ earlier: [await mainOf(change.base)], ...(disk && { disk }) });
    const found = await judged(ports, { own: TWICE, ...change });
    expect(found.gate).toMatchObject({ ...slower, notTimed });
    expect(found.gate.inTurn).toBeUndefined();
    expect(found.outcome).toBe('inconclusive');
  });

  it('no base commit can be read', async () => {
    const { ports } = await someChange({ earlier: [await mainOf()] });
    const { gate } = await judged(ports, { own: TWICE, knowsTree: false });
    expect(gate).toMatchObject({ ...slower, notTimed: { obstacle: 'no_base' } });
  });
});

describe('what a run says of times in turn', () => {
  const LEG = { judge: false, handOver: true };
  const PUBLISH = { train: false };
  const handedOver = async (leg: Ports): Promise<EvaluatedRun[]> => {
    const { runs } = await leg.runs.list();
    return Promise.all(runs.map(async (run) => ({ run, predictions: (await leg.evidence.get(run.id)) ?? null })));
  };
  /** The folds of a liar, whose model is as fast as the base's. */
  const lie = timesInTurn([1, 1.1, 1, 1.2, 1.1], [1, 1.1, 1, 1.2, 1.1], { base: shaOf('0') });
  const lying = (runs: readonly EvaluatedRun[]) =>
    runs.map(({ run, predictions }) => ({
      predictions,
      run: { ...run, timings: { ...run.timings, inTurn: lie, cpu: { fitSeconds: 1, predictSeconds: 1 } } },
    }));

  it('is nothing where another job judges: that one times both, whatever is claimed', async () => {
    const main = await mainOf();
    const leg = await someChange({ earlier: [main] });
    const { runs } = await judged(leg.ports, { own: TWICE, steps: LEG });
    expect(runs[0]!.timings.inTurn).toBeUndefined();
    const publish = await someChange({ earlier: [main] });
    const claims = lying(await handedOver(leg.ports));
    const found = await judged(publish.ports, { own: TWICE, steps: PUBLISH, claims });
    expect(publish.trees).toEqual([10, 20, 10, 20, 20, 10, 10, 20, 20, 10, 10, 20]);
    expect(found.gate).toMatchObject({ outcome: 'fail', inTurn: { ratio: expect.closeTo(2, 9) } });
    expect((await publish.ports.runs.list()).runs[0]!.timings.inTurn!.folds).not.toEqual(lie.folds);
  });

  it('is nothing that was claimed where that job cannot time', async () => {
    const main = await mainOf();
    const leg = await someChange({ earlier: [main] });
    await judged(leg.ports, { own: TWICE, steps: LEG });
    const claims = lying(await handedOver(leg.ports)).map(({ run, predictions }) => ({
      predictions,
      run: { ...run, timings: { ...run.timings, cpu: { fitSeconds: 0.1, predictSeconds: 1 } } },
    }));
    const publish = await someChange({ earlier: [main] });
    const { gate, runs } = await judged(publish.ports, {
      ...{ own: TWICE, steps: PUBLISH, claims, knowsTree: false },
    });
    expect(gate).toMatchObject({
      outcome: 'inconclusive',
      reason: 'measured_apart',
      notTimed: { obstacle: 'no_base' },
    });
    expect(runs[0]!.timings.inTurn).toBeUndefined();
  });

  it('is believed of earlier commands on this machine, beside the same base commit', async () => {
    const own = await someChange({ earlier: [await mainOf()] });
    const laptop = { ...own.ports, reuseRuns: true };
    const first = await judged(laptop, { own: TWICE, place: 'laptop' });
    const before = own.trees.length;
    const again = await judged(laptop, { own: TWICE, place: 'laptop' });
    expect(own.trees).toHaveLength(before);
    expect(again.gate).toEqual(first.gate);
    const moved = await judged(laptop, { own: TWICE, place: 'laptop', tree: '9' });
    expect(own.trees).toHaveLength(before + 12);
    expect(moved.runs[0]!.timings.inTurn!.base).toBe(shaOf('9'));
    const job = await judged(own.ports, { own: TWICE, steps: { train: false } });
    expect(own.trees).toHaveLength(before + 24);
    expect(job.gate.outcome).toBe('fail');
  });
});

describe('runs of an earlier command', () => {
  const COMPARE = { train: false };

  it('are timed where they are compared', async () => {
    const { ports } = await someChange({ earlier: [await mainOf()] });
    await judged(ports, { own: TWICE, steps: { judge: false } });
    expect((await judged(ports, { own: TWICE, steps: COMPARE })).gate).toMatchObject({
      ...{ outcome: 'fail', inTurn: { ratio: expect.closeTo(2, 9) } },
    });
  });

  it.each<[string, { own?: string; table?: string | null }]>([
    ['the table is another one', { table: TABLE.replace('r1,', 'r1000,') }],
    ['the table is not here', { table: null }],
    ['the model has other parameters', { own: yml() }],
  ])('are not where %s', async (_, { own = TWICE, table = TABLE }) => {
    const { ports, trees } = await someChange({ earlier: [await mainOf()] });
    const { runs } = await judged(ports, { own: TWICE });
    expect(runs[0]!.timings.inTurn).toBeDefined();
    const before = trees.length;
    const there = await someWorld({ files: table === null ? {} : { 'd.csv': table }, sha: '2' });
    const found = await judged({ ...ports, files: there.files }, { own, steps: COMPARE });
    expect(found.gate).toMatchObject({ outcome: 'inconclusive', notTimed: { obstacle: 'other_inputs' } });
    expect(trees).toHaveLength(before);
  });
});
