import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { createWorkerPool } from '../io/worker-pool.ts';
import { createRandom } from '../random/random.ts';
import { categoricalColumn, createTable, type Table } from '../table/table.ts';
import { models } from './index.ts';
import { inlineWorkers } from './inline-workers.ts';
import type { ModelPlugin, Task, WorkerPool } from './model.ts';
import { formatModel, parseModel } from './model-file.ts';
import { type TrainedModel, trainModel } from './trained-model.ts';

/** A mixed table: numbers with gaps, categories, a constant, and a target that depends on them. */
function aMixedTable(
  n: number,
  seed = 3,
): { table: Table; value: Float64Array; label: (classes: number) => Float64Array } {
  const random = createRandom(seed, 'mixed');
  const x = Float64Array.from({ length: n }, () => random.normal());
  const gaps = x.map((value) => (random.uniform() < 0.2 ? Number.NaN : value + random.normal()));
  const plans = Array.from({ length: n }, () => ['basic', 'pro', 'team', undefined][random.integer(4)]);
  const value = x.map((number, row) => 3 * number + (plans[row] === 'pro' ? 2 : 0) + 0.3 * random.normal());
  const table = createTable([
    { kind: 'numeric', name: 'x', values: x },
    { kind: 'numeric', name: 'gaps', values: gaps },
    categoricalColumn('plan', plans),
    { kind: 'numeric', name: 'constant', values: new Float64Array(n).fill(7) },
  ]);
  return {
    table,
    value,
    label: (classes) => value.map((v) => Math.max(0, Math.min(classes - 1, Math.floor((v + 4) / (8 / classes))))),
  };
}
const columns = ['x', 'gaps', 'plan', 'constant'];
/** Fewer trees and steps are as good a test. */
const params: Readonly<Record<string, object>> = {
  random_forest: { n_estimators: 10 },
  mljs_random_forest: { n_estimators: 5 },
  mljs_logistic_regression: { max_iter: 50 },
};

function train(
  plugin: ModelPlugin,
  task: Task,
  options: { n?: number; classes?: number; seed?: number; workers?: WorkerPool; rows?: number[] } = {},
): Promise<TrainedModel> {
  const { n = 120, classes = 3, seed = 1, workers = inlineWorkers } = options;
  const { table, value, label } = aMixedTable(n);
  return trainModel(plugin, {
    table,
    rows: Uint32Array.from(options.rows ?? Array.from({ length: n }, (_, row) => row)),
    columns,
    target: task === 'regression' ? value : label(classes),
    params: { ...params[plugin.id] },
    nClasses: task === 'regression' ? 0 : classes,
    seed,
    workers,
  });
}

const cases = models.all.flatMap((plugin) => plugin.tasks.map((task) => ({ plugin, task, id: plugin.id })));

describe.each(cases)('$id for $task', ({ plugin, task }) => {
  const { table } = aMixedTable(120);

  it('fitted twice is the same model, to the last byte', async () => {
    expect(formatModel(await train(plugin, task))).toEqual(formatModel(await train(plugin, task)));
  });

  it('is the same model for any number of threads', async () => {
    const pool = createWorkerPool(3);
    try {
      expect(formatModel(await train(plugin, task, { workers: pool }))).toEqual(formatModel(await train(plugin, task)));
    } finally {
      await pool.close();
    }
  });

  it('says truly whether another seed gives another model', async () => {
    const same = Buffer.from(formatModel(await train(plugin, task, { seed: 1 }))).equals(
      formatModel(await train(plugin, task, { seed: 2 })),
    );
    expect(same).toBe(!plugin.isRandom({}));
  });

  it('leaves its table as it is', async () => {
    const before = structuredClone(aMixedTable(120).table.columns);
    const model = await train(plugin, task);
    model.predict(table);
    expect(table.columns).toEqual(before);
  });

  it('predicts the same bits after a round trip through its file', async () => {
    const model = await train(plugin, task);
    const again = parseModel(formatModel(model));
    expect(again.predict(table)).toEqual(model.predict(table));
    expect(formatModel(again)).toEqual(formatModel(model));
  });

  it('predicts a value per row, finite, in the order of the rows asked for', async () => {
    const model = await train(plugin, task);
    const all = model.predict(table);
    expect(all.prediction.every(Number.isFinite)).toBe(true);
    expect(model.predict(table, [5, 3]).prediction).toEqual(Float64Array.of(all.prediction[5]!, all.prediction[3]!));
  });

  if (task === 'classification')
    it('gives probabilities that sum to 1, whatever the number of classes', async () => {
      for (const classes of [2, 3, 5]) {
        const model = await train(plugin, task, { classes });
        const probabilities = model.fitted.predict(model.preprocessor.transform(table));
        for (let row = 0; row < 120; row++) {
          const own = probabilities.subarray(row * classes, (row + 1) * classes);
          expect(own.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
          expect(own.every((p) => p >= 0 && p <= 1)).toBe(true);
        }
      }
    });

  it('learns from one row, and of one class knows only that', async () => {
    const model = await train(plugin, task, { rows: [4] });
    const { prediction } = model.predict(table);
    expect(new Set(prediction).size).toBe(1);
    expect(prediction.every(Number.isFinite)).toBe(true);
  });

  it('meets categories and gaps it has never seen', async () => {
    const model = await train(plugin, task);
    const strange = createTable([
      { kind: 'numeric', name: 'x', values: Float64Array.of(Number.NaN, 1e300, -1e300) },
      { kind: 'numeric', name: 'gaps', values: Float64Array.of(Number.NaN, 0, 0) },
      categoricalColumn('plan', ['unheard of', undefined, 'pro']),
      { kind: 'numeric', name: 'constant', values: Float64Array.of(1, Number.NaN, 7) },
    ]);
    const { prediction, decision } = model.predict(strange);
    expect([...prediction, ...decision].every((value) => !Number.isNaN(value))).toBe(true);
  });

  it('tells, if it can, what its splits gained by each feature: shares that sum to 1', async () => {
    const { fitted, preprocessor } = await train(plugin, task);
    const shares = fitted.importances?.();
    if (!shares) return;
    const of = (name: string) => shares[preprocessor.featureNames.indexOf(name)];
    expect(shares).toHaveLength(preprocessor.featureNames.length);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(of('x')).toBe(Math.max(...shares));
    expect(of('constant')).toBe(0);
  });

  it('explains, if it can, what it says: sums of SHAP values are its values, or stand in the order of its probabilities', async () => {
    const { fitted, preprocessor } = await train(plugin, task);
    const features = preprocessor.transform(table);
    if (!fitted.explain) return;
    const { nOutputs, base, values } = fitted.explain(features);
    const n = features.columns.length;
    expect(values).toHaveLength(120 * nOutputs * n);
    const sums = Float64Array.from({ length: 120 * nOutputs }, (_, i) =>
      values.subarray(i * n, (i + 1) * n).reduce((sum, value) => sum + value, base[i % nOutputs]!),
    );
    const outputs = fitted.predict(features);
    expect(nOutputs).toBe(outputs.length / 120);
    if (nOutputs === 1) sums.forEach((sum, row) => void expect(sum).toBeCloseTo(outputs[row]!, 9));
    for (let i = 0; i < sums.length; i++) {
      const next = i - (i % nOutputs) + ((i + 1) % nOutputs);
      if (outputs[i]! > outputs[next]! + 1e-9) expect(sums[i]).toBeGreaterThan(sums[next]!);
    }
  });

  it('refuses a parameter it does not know, or out of range', async () => {
    expect(plugin.params.safeParse({ no_such_parameter: 1 }).success).toBe(false);
  });

  it('never crashes on a broken file: an error that says so, or a model that still predicts', async () => {
    const bytes = formatModel(await train(plugin, task, { n: 40 }));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const broken = cut ? bytes.slice(0, at) : bytes.slice();
        if (!cut) broken[at] = byte;
        try {
          parseModel(broken).predict(table);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
      { numRuns: 200 },
    );
  });
});
