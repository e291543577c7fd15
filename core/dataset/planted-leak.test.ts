import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossValidate } from '../evaluation/cross-validate.ts';
import { prepareEvaluationSet } from '../evaluation/evaluation-set.ts';
import { ruledTrainer } from '../evaluation/ruled-trainer.ts';
import type { RuleAim } from '../models/decision/fit-rule.ts';
import { inlineWorkers } from '../models/inline-workers.ts';
import { formatModel, modelSha256 } from '../models/model-file.ts';
import { createRandom } from '../random/random.ts';
import { type Column, createTable, type Table } from '../table/table.ts';
import { trainers } from '../trainers/index.ts';
import type { SplitPlan } from './split-plan.ts';

const N = 240;

/** Rows with an id, a group, a day, a feature that tells something and one that tells nothing yet. */
function someTable(seed: number): Table {
  const random = createRandom(seed, 'leak');
  const feature = Float64Array.from({ length: N }, () => random.normal());
  const columns: Column[] = [
    { kind: 'numeric', name: 'id', values: Float64Array.from({ length: N }, (_, row) => row) },
    { kind: 'numeric', name: 'group', values: Float64Array.from({ length: N }, () => random.integer(30)) },
    { kind: 'numeric', name: 'day', values: Float64Array.from({ length: N }, (_, row) => row) },
    { kind: 'numeric', name: 'feature', values: feature },
    { kind: 'numeric', name: 'leak', values: Float64Array.from({ length: N }, () => random.normal()) },
    { kind: 'numeric', name: 'target', values: feature.map((x) => Number(x + random.normal() > 0.8)) },
  ];
  return createTable(columns);
}

function withColumn(table: Table, name: string, change: (row: number, value: number) => number): Table {
  return createTable(
    table.columns.map((column) =>
      column.name === name && column.kind === 'numeric'
        ? { ...column, values: column.values.map((value, row) => change(row, value)) }
        : column,
    ),
  );
}

function evaluationSetOf(table: Table, plan: SplitPlan) {
  const column = table.column('target');
  if (column?.kind !== 'numeric') throw new TypeError('the target is not numeric');
  const target = { type: 'binary' as const, classes: ['0', '1'], values: column.values };
  return prepareEvaluationSet({ dataset: 'toy', file: 'toy.csv', table, target, keyColumns: ['id'], plan, cuts: null });
}

/** What the model of fold 0 is, to the last bit: preprocessing, trees or coefficients, calibration, threshold. */
async function modelOf(
  table: Table,
  options: { model: string; params: object; rule: RuleAim; plan: SplitPlan },
  original = table,
) {
  // Folds are balanced by class: those of the table as it was stay.
  const evaluationSet = {
    ...evaluationSetOf(original, options.plan),
    target: evaluationSetOf(table, options.plan).target,
  };
  const trainer = trainers.get(options.model);
  const training = trainer.prepare(trainer.resolve([options.params]), {
    ...{ dataset: 'toy', table, columns: ['feature', 'leak'], target: 'target', task: 'classification', evaluationSet },
    ...{ workers: inlineWorkers, processes: { withFolder: () => Promise.reject(new Error('none')) } },
    ...{ now: () => 0, cpu: () => 0, info: () => {} },
  });
  if (training.evidence === 'self_reported') throw new Error('not a model of the library');
  const ruled = ruledTrainer(training.trainer, evaluationSet, options.rule);
  const { model } = await crossValidate({ trainer: ruled, nRepeats: 1, table, evaluationSet, folds: [0], seed: 1 });
  return modelSha256(formatModel(model!));
}

const none = { group: null, time: null, gap: 0 };
describe('a feature that equals the target in the test rows, and nowhere else', () => {
  it.each<[string, string, object, RuleAim, Omit<SplitPlan, 'folds'>]>([
    ['logistic regression', 'logistic_regression', {}, { calibration: null, threshold: 0.5 }, none],
    ['a threshold for F1', 'logistic_regression', {}, { calibration: null, threshold: 'f1' }, none],
    ['isotonic calibration', 'logistic_regression', {}, { calibration: 'isotonic', threshold: 0.5 }, none],
    [
      "Platt's calibration and a cost",
      'logistic_regression',
      {},
      { calibration: 'sigmoid', threshold: { costs: { false_positive: 1, false_negative: 5 } } },
      none,
    ],
    [
      'boosting that stops early',
      'gradient_boosting',
      { n_estimators: 20, early_stopping: true },
      { calibration: null, threshold: 'f1' },
      none,
    ],
    ['a forest', 'random_forest', { n_estimators: 3 }, { calibration: 'sigmoid', threshold: 'f1' }, none],
    ['groups', 'logistic_regression', {}, { calibration: 'sigmoid', threshold: 'f1' }, { ...none, group: 'group' }],
    [
      'an order of time',
      'logistic_regression',
      {},
      { calibration: 'sigmoid', threshold: 'f1' },
      { ...none, time: 'day' },
    ],
  ])('changes nothing about %s', async (_, model, params, rule, split) => {
    const plan = { folds: 5, ...split };
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), async (seed) => {
        const table = someTable(seed);
        const { folds, target } = evaluationSetOf(table, plan);
        const isTest = (row: number) => folds[row] === 0;
        const flipped = withColumn(table, 'target', (row, label) => (isTest(row) && row % 3 === 0 ? 1 - label : label));
        const leaky = withColumn(flipped, 'leak', (row, value) => (isTest(row) ? target.values[row]! : value));
        const options = { model, params, rule, plan };
        expect(await modelOf(leaky, options, table)).toBe(await modelOf(table, options));
      }),
      { numRuns: 3 },
    );
  });

  it('is found out by the same test where it reaches the rows that are learned from', async () => {
    const plan = { folds: 5, ...none };
    const table = someTable(1);
    const { folds } = evaluationSetOf(table, plan);
    const leaky = withColumn(table, 'leak', (row, value) => (folds[row] === 1 ? value + 1 : value));
    const options = {
      model: 'logistic_regression',
      params: {},
      rule: { calibration: null, threshold: 'f1' as const },
      plan,
    };
    expect(await modelOf(leaky, options)).not.toBe(await modelOf(table, options));
  });
});
