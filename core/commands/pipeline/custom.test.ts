import { describe, expect, it } from 'vitest';
import { generators } from '../../datasets/index.ts';
import type { CommandCall, CommandEnd, ProcessRunner } from '../../ports/process-runner.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { someWorld } from '../ports.fixture.ts';
import type { Ports } from '../ports.ts';
import { predictTable } from '../predict/predict-table.ts';
import type { PipelineResult } from './run-pipeline.ts';
import { runProject } from './run-project.fixture.ts';

const TABLE = writeCsv(generators.get('california_housing').generate({ rows: 200, seed: 3 }));
const project = (custom: string, more = '') => `datasets:
  housing:
    path: housing.csv
    target: MedHouseVal
    metrics: [r2, mae]
    models: { linear_regression: {}, custom: ${custom} }
${more}`;
const GATED = '    gates: { model: custom, r2: { max_drop: 0.02 } }\n';
const MEAN = '{ command: [python, train.py, "{depth}"], params: { depth: 5, loss: mse } }';

interface Exchange extends CommandCall {
  readonly files: Map<string, string>;
}

/** Commands played by a function: it sees the files in `call.files` and writes its own there. */
function played(play: (call: Exchange) => void): ProcessRunner & { readonly calls: Exchange[] } {
  const calls: Exchange[] = [];
  return {
    calls,
    async withFolder(work) {
      const files = new Map<string, string>();
      return work({
        path: (name) => `/folder/${name}`,
        write: async (name, pieces) => void files.set(name, [...pieces].join('')),
        read: async (name) => {
          const text = files.get(name);
          return text === undefined ? { kind: 'absent' } : { kind: 'file', bytes: new TextEncoder().encode(text) };
        },
        run: async (call): Promise<CommandEnd> => {
          const exchange = { ...call, files };
          calls.push(exchange);
          play(exchange);
          return { end: { kind: 'exit', code: 0 }, stdout: 'trained\n', stderr: '' };
        },
      });
    },
  };
}
const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
/** Predicts the mean of the training rows, worse by `error`. */
const predictMean =
  (error = 0) =>
  (call: Exchange) => {
    const values = rowsOf(call.files.get('train.csv')!).map((row) => Number(row.at(-1)));
    const mean = values.reduce((sum, y) => sum + y, 0) / values.length + error;
    const lines = rowsOf(call.files.get('test.csv')!).map(([key]) => `${key},${mean}\n`);
    call.files.set('predictions.csv', `key,prediction\n${lines.join('')}`);
  };

const run = (ports: Ports, yml: string, options: { base?: string; models?: string[]; force?: boolean } = {}) =>
  runProject({ ports, yml, ...options });
const world = (processes: ProcessRunner, sha = '1', earlier: Ports[] = [], files: Record<string, string> = {}) =>
  someWorld({ files: { 'housing.csv': TABLE, ...files }, sha, earlier, processes });
const customOf = ({ runs }: PipelineResult) => runs.find(({ model }) => model === 'custom')!;

describe('a command as a model', () => {
  it('is run once per fold and repeat, and recorded like any other', async () => {
    const processes = played(predictMean());
    const ports = await world(processes);
    const custom = customOf(await run(ports, project(MEAN)));
    expect(processes.calls).toHaveLength(10);
    expect(custom).toMatchObject({
      params: { command: '["python","train.py","{depth}"]', depth: 5, loss: 'mse' },
      split: { repeats: 2 },
      modelSha256: null,
      modelBytes: null,
      metrics: { r2: { train: { value: null }, seedNoise: { variance: 0 }, outOfFold: { n: 200 } } },
    });
    // The mean of other rows explains a little less than nothing.
    const { r2 } = custom.metrics;
    expect(r2!.outOfFold.value).toBeLessThan(0);
    expect(r2!.outOfFold.value).toBeGreaterThan(-0.05);
    expect(await ports.evidence.get(custom.id)).toBeDefined();
    expect(custom).not.toHaveProperty('measuredOn');
  });

  it('gets the rows of the baseline alone, too, where rows were added and something else changed', async () => {
    const lines = TABLE.trimEnd().split('\n');
    const main = await world(played(predictMean()), '1', [], { 'housing.csv': lines.slice(0, 151).join('\n') });
    await run(main, project(MEAN, GATED));
    const processes = played(predictMean());
    const work = await world(processes, '2', [main]);
    const { report } = await run(work, project(MEAN.replace('depth: 5', 'depth: 6'), GATED));
    const learned = processes.calls.map(({ files }) => rowsOf(files.get('train.csv')!).length);
    const tested = processes.calls.map(({ files }) => rowsOf(files.get('test.csv')!).length);
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    // Five folds, two repeats: each row is learned from in four of five, and predicted once.
    expect([sum(learned.slice(0, 10)), sum(learned.slice(10))]).toEqual([2 * 4 * 200, 2 * 4 * 150]);
    expect([sum(tested.slice(0, 10)), sum(tested.slice(10))]).toEqual([2 * 200, 2 * 200]);
    expect(report.datasets[0]!.notes).toContainEqual({ note: 'trained_twice', models: ['custom'] });
  });

  describe('of three classes', () => {
    const flowers = `x,species\n${Array.from({ length: 90 }, (_, i) => `${i / 10},${['a', 'b', 'c'][(i + (i % 7 === 0 ? 1 : 0)) % 3]}\n`).join('')}`;
    const head = (gates = '') => `datasets:
  flowers:
    path: flowers.csv
    target: species
    metrics: [accuracy, log_loss]
    models: { logistic_regression: {}, custom: { command: [python, train.py], repeats: 1 } }
${gates}`;
    const answer = (columns: string, values: string) =>
      played((call) => {
        const lines = rowsOf(call.files.get('test.csv')!).map(([key]) => `${key},${values}\n`);
        call.files.set('predictions.csv', `key,${columns}\n${lines.join('')}`);
      });
    const flowersWorld = (processes: ProcessRunner) =>
      someWorld({ files: { 'flowers.csv': flowers }, sha: '1', processes });

    it('is measured by all its probabilities, and they are kept', async () => {
      const ports = await flowersWorld(answer('probability_a,probability_b,probability_c', '0.5,0.25,0.25'));
      const { runs, report } = await run(ports, head());
      const custom = runs.find(({ model }) => model === 'custom')!;
      const share = flowers.match(/,a/g)!.length / 90;
      expect(custom.metrics.log_loss!.outOfFold.value).toBeCloseTo(
        -share * Math.log(0.5) - (1 - share) * Math.log(0.25),
        10,
      );
      const { evidence } = (await ports.evidence.get(custom.id))!;
      expect(evidence.repeats[0]!.probabilities).toHaveLength(3);
      expect(report.verdict!.missing).toEqual([]);
    });

    it('that gives classes alone lacks the metrics that need more, and is told what to write', async () => {
      const ports = await flowersWorld(answer('prediction', 'a'));
      const { runs, report } = await run(ports, head());
      const custom = runs.find(({ model }) => model === 'custom')!;
      expect(Object.keys(custom.metrics)).toEqual(['accuracy']);
      expect(custom.warnings.join()).toMatch(/log_loss is not measured.*"probability_a", "probability_b"/);
      expect(report.verdict).toMatchObject({
        outcome: 'fail',
        missing: [{ model: 'custom', metric: 'log_loss', detail: expect.stringContaining('"probability_<class>"') }],
      });
    });
  });

  it('is told everything in its environment and in place of its placeholders', async () => {
    const processes = played(predictMean());
    await run(await world(processes), project(MEAN));
    const [{ command, env, timeoutSeconds }] = processes.calls as [Exchange];
    expect(command).toEqual(['python', 'train.py', '5']);
    expect(timeoutSeconds).toBe(600);
    expect(env).toEqual({
      MLOPS_TRAIN: '/folder/train.csv',
      MLOPS_TEST: '/folder/test.csv',
      MLOPS_PREDICTIONS: '/folder/predictions.csv',
      MLOPS_METRICS: '/folder/metrics.json',
      MLOPS_MODEL: '/folder/model',
      MLOPS_SEED: expect.stringMatching(/^\d{1,10}$/),
      MLOPS_FOLD: '0',
      MLOPS_REPEAT: '0',
      MLOPS_DATASET: 'housing',
      MLOPS_TARGET: 'MedHouseVal',
      MLOPS_TASK: 'regression',
      MLOPS_KEY: 'key',
      MLOPS_PARAMS: '{"depth":5,"loss":"mse"}',
      MLOPS_CLASSES: '[]',
    });
    const seeds = processes.calls.map((call) => Number(call.env.MLOPS_SEED));
    expect(new Set(seeds).size).toBe(10);
    expect(Math.max(...seeds)).toBeLessThan(2 ** 31);
  });

  it('has the model of fold 0 kept where it leaves one', async () => {
    const processes = played((call) => {
      predictMean()(call);
      call.files.set('model', `fold ${call.env.MLOPS_FOLD}, repeat ${call.env.MLOPS_REPEAT}`);
    });
    const ports = await world(processes);
    const result = await run(ports, project(MEAN));
    expect(new TextDecoder().decode(await ports.files.read('models/housing_custom.bin'))).toBe('fold 0, repeat 0');
    expect(result.files).toContain('models/housing_custom.bin');
    expect(customOf(result)).toMatchObject({ modelBytes: 16, modelSha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('cannot be asked to predict here, and says so', async () => {
    const ports = await world(played(predictMean()));
    const { id } = customOf(await run(ports, project(MEAN)));
    await expect(predictTable(ports, { model: id, data: 'housing.csv', explain: false })).rejects.toThrow(
      /cannot predict here: its model, "custom", belongs to the command that trained it/,
    );
  });

  it('is gated on its predictions: the same passes, worse fails', async () => {
    const main = await world(played(predictMean()));
    await run(main, project(MEAN, GATED));
    const judged = async (error: number) =>
      (
        await run(await world(played(predictMean(error)), '2', [main]), project(MEAN, GATED), {
          base: project(MEAN, GATED),
        })
      ).report.verdict;
    expect(await judged(0)).toMatchObject({
      outcome: 'pass',
      gates: [{ model: 'custom', compared: { pairing: 'key', drop: 0 } }],
    });
    expect(await judged(2)).toMatchObject({ outcome: 'fail', gates: [{ reason: 'drop_past_limit' }] });
  });

  it('is trained alone with --model, and never unasked', async () => {
    const processes = played(predictMean());
    const { runs } = await run(await world(processes), project(MEAN), { models: ['custom'] });
    expect(runs.map(({ model }) => model)).toEqual(['custom']);
    const unlisted = project(MEAN).replace(/ {4}models:.*\n/, '');
    const idle = played(predictMean());
    expect((await run(await world(idle), unlisted)).runs.map(({ model }) => model)).not.toContain('custom');
    const configured = await run(await world(idle), `${unlisted}models: { custom: ${MEAN} }\n`);
    expect(configured.runs.map(({ model }) => model)).toContain('custom');
  });

  it('is missing when a change says no longer how to train it', async () => {
    const main = await world(played(predictMean()));
    await run(main, project(MEAN, GATED));
    const head = project(MEAN, GATED)
      .replace(/, custom: .*\n/, ' }\n')
      .replace(/ {4}gates.*\n/, '');
    const { report } = await run(await world(played(predictMean()), '2', [main]), head, { base: project(MEAN, GATED) });
    expect(report.verdict).toMatchObject({
      outcome: 'fail',
      missing: [{ model: 'custom', detail: 'was not trained' }],
    });
  });
});

describe('a run of a command stands in for another', () => {
  const FILES = { 'train.py': 'one', 'conf/a.toml': 'x' };
  const COMMAND = '{ command: [python, train.py, --config=conf/a.toml, "{depth}"], params: { depth: 5 } }';
  /** How often the command ran in the second of two pipelines. */
  async function second(
    change: (ports: Ports) => Promise<unknown>,
    head = project(COMMAND),
    options: { dirty?: boolean; force?: boolean } = {},
  ) {
    const processes = played(predictMean());
    const own = await world(processes, '1', [], FILES);
    const ports = { ...own, reuseRuns: true, git: { ...own.git, dirty: options.dirty ?? false } };
    await run(ports, project(COMMAND));
    const before = processes.calls.length;
    await change(ports);
    await run(ports, head, options);
    return processes.calls.length - before;
  }
  const nothing = async () => {};
  it('when nothing changed', async () => {
    expect(await second(nothing)).toBe(0);
  });
  it.each<[string, Parameters<typeof second>]>([
    ['the script changed', [(ports) => ports.files.write('train.py', 'two')]],
    ['a file named after "=" changed', [(ports) => ports.files.write('conf/a.toml', 'y')]],
    ['a parameter changed', [nothing, project(COMMAND.replace('depth: 5', 'depth: 6'))]],
    ['an argument changed', [nothing, project(COMMAND.replace('python', 'python3'))]],
    ['the working tree differs from its commit', [nothing, project(COMMAND), { dirty: true }]],
    ['it is forced to', [nothing, project(COMMAND), { force: true }]],
  ])('but not when %s', async (_, given) => {
    expect(await second(...given)).toBe(10);
  });
  it('and not when it is to be repeated more often', async () => {
    expect(await second(nothing, project(COMMAND.replace('params', 'repeats: 3, params')))).toBe(15);
  });
});

describe('a command that ignores folds', () => {
  it('gives predictions of the test set alone, which are shown as that and compared on its rows', async () => {
    const settings = (repeats: number) => MEAN.replace('{ command', `{ protocol: test, repeats: ${repeats}, command`);
    for (const [repeats, outcome] of [
      [2, 'inconclusive'],
      [3, 'pass'],
    ] as const) {
      const yml = project(settings(repeats), GATED);
      const processes = played(predictMean());
      const main = await world(processes);
      const first = await run(main, yml);
      expect(processes.calls.map(({ env }) => env.MLOPS_FOLD)).toEqual(Array(repeats).fill('0'));
      const { testRows } = customOf(first).data;
      expect(customOf(first)).toMatchObject({
        measuredOn: 'test',
        metrics: { r2: { outOfFold: { n: testRows } } },
      });
      expect(first.report.datasets[0]!.models.map(({ measuredOn }) => measuredOn)).toEqual(['folds', 'test']);
      const { report } = await run(await world(played(predictMean()), '2', [main]), yml, { base: yml });
      expect(report.verdict).toMatchObject({
        outcome,
        evaluationSets: [{ shared: testRows, gone: 0, added: 0, outcome: 'pass' }],
        gates: [{ model: 'custom', compared: { pairing: 'key', drop: 0 } }],
      });
    }
  });
});

describe('a command that gives numbers alone', () => {
  const SELF = '{ protocol: metrics, command: [python, train.py] }';
  const say = (numbers: object) => played((call) => void call.files.set('metrics.json', JSON.stringify(numbers)));
  it('is asked once per repeat, and shown as self-reported', async () => {
    const processes = say({ r2: 0.9, mae: 0.5 });
    const result = await run(await world(processes), project(SELF, GATED));
    expect(processes.calls).toHaveLength(2);
    const custom = customOf(result);
    expect(custom).toMatchObject({
      measuredOn: 'self_reported',
      metrics: { r2: { outOfFold: { value: 0.9, ci: null, se: null }, test: { value: null } } },
    });
    expect(result.report.datasets[0]).toMatchObject({ models: [{}, { measuredOn: 'self_reported' }] });
    expect(result.report.verdict).toMatchObject({
      outcome: 'not_comparable',
      gates: [{ model: 'custom', reason: 'self_reported' }],
    });
  });
  it('is incomplete when it lacks a metric', async () => {
    const { report } = await run(await world(say({ r2: 0.9 })), project(SELF));
    expect(report.verdict).toMatchObject({ outcome: 'fail', missing: [{ model: 'custom', metric: 'mae' }] });
  });
  it('cannot replace a model that was measured', async () => {
    const main = await world(played(predictMean()));
    await run(main, project(MEAN, GATED));
    const work = await world(say({ r2: 1, mae: 0 }), '2', [main]);
    const { report } = await run(work, project(SELF, GATED), { base: project(MEAN, GATED) });
    expect(report.verdict).toMatchObject({ outcome: 'fail', gates: [{ model: 'custom', reason: 'self_reported' }] });
  });
});
