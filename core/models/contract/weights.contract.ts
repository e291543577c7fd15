import { expect } from 'vitest';
import { AppError, DataError } from '../../errors/app-error.ts';
import { createRandom } from '../../random/random.ts';
import { inlineWorkers } from '../inline-workers.ts';
import { type Check, distance, expectClose, isClassifier, isRegressor } from './check.fixture.ts';
import { type LearningProblem, mixed, numbers, sameRow, takeRows } from './problems.fixture.ts';
import { drawsRows, known, NO_DRAWS, prepare, type Subject } from './subject.fixture.ts';
import { textOf } from './text-of.fixture.ts';

const problem = numbers();
const n = problem.values.length;
const all = [...Array(n).keys()];
const random = createRandom(17, 'weights');
/** Whole weights from 0 to 4, light where the values are low, so that they move the model. */
const weights = problem.values.map((value) => (value < 0 ? random.integer(2) : 1 + random.integer(4)));
const copies = all.flatMap((row) => new Array<number>(weights[row]!).fill(row));

/**
 * Limits count rows, not weights, so here they allow everything; a solver goes on to the end. Splits can be equally good,
 * and the rounding of weights then chooses: with a hessian of 1 in a leaf no two on this problem are.
 */
const UNLIMITED = { min_samples_leaf: 1, min_samples_split: 2, min_hessian_to_split: 1, tol: 1e-10 };
/** Of models that draw, enough draws to see what is likely. */
const MANY = { n_estimators: 200 };

const REFUSES = 'it takes no weights';

async function outputsOf(subject: Subject, learned: LearningProblem, options: Parameters<Subject['fit']>[1]) {
  return (await subject.fit(learned, { preprocessedBy: problem, ...options })).predict(problem.table).outputs;
}

/** Rows that count for more, for less, or for nothing. */
export const weightChecks: readonly Check[] = [
  {
    title: 'takes weights or refuses them as a user error, and does not change them',
    async run(subject) {
      const { data } = prepare(subject, problem);
      const own = weights.slice();
      const context = { seed: 1, workers: inlineWorkers, warn: () => {} };
      const fitted = subject.plugin.fit({ ...data, weights: own }, subject.quick, context);
      const error = await fitted.then(
        () => null,
        (reason) => reason,
      );
      if (error) expect(error).toBeInstanceOf(AppError);
      expect(own).toEqual(weights);
    },
  },
  {
    title: 'learns from rows of weight 1 what it learns from rows without, as far as both draw the same',
    async run(subject) {
      if (!(await subject.takesWeights())) return REFUSES;
      const params = { ...subject.quick, ...known(subject.plugin, subject.plugin.isRandom({}) ? MANY : {}) };
      const ones = new Float64Array(n).fill(1);
      const [plain, weighted] = [
        await outputsOf(subject, problem, { params }),
        await outputsOf(subject, problem, { params, weights: ones }),
      ];
      if (subject.plugin.isRandom(params)) {
        const otherSeed = await outputsOf(subject, problem, { params, seed: 2 });
        expect(distance(weighted, plain)).toBeLessThan(2 * distance(otherSeed, plain));
      } else expectClose(weighted, plain, 1e-9);
    },
  },
  {
    title: 'learns the same to the last bit from rows of weight 0 and without them',
    async run(subject) {
      if (!(await subject.takesWeights())) return REFUSES;
      const kept = all.filter((row) => weights[row]! > 0);
      const without = await subject.fit(takeRows(problem, kept), {
        weights: Float64Array.from(kept, (row) => weights[row]!),
        preprocessedBy: problem,
      });
      expect(textOf((await subject.fit(problem, { weights })).fitted)).toBe(textOf(without.fitted));
    },
  },
  {
    title: 'learns from a row of weight k what it learns from k such rows, unless weights are odds of being drawn',
    concerns: (subject) => !drawsRows(subject),
    async run(subject) {
      if (!(await subject.takesWeights())) return REFUSES;
      const params = { ...subject.quick, ...known(subject.plugin, { ...UNLIMITED, ...NO_DRAWS }) };
      const plain = await outputsOf(subject, problem, { params });
      const weighted = await outputsOf(subject, problem, { params, weights });
      const copied = await outputsOf(subject, takeRows(problem, copies), { params });
      expect(distance(copied, plain)).toBeGreaterThan(0.01);
      expectClose(weighted, copied, 1e-4);
    },
  },
  {
    title: 'where features say nothing, says the weighted mean or shares',
    async run(subject) {
      if (!(await subject.takesWeights())) return REFUSES;
      const alike = sameRow(problem);
      const params = known(subject.plugin, subject.plugin.isRandom({}) ? MANY : {});
      const { outputs } = (await subject.fit(alike, { params, weights })).predict(alike.table, [0]);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const mean = (of: Float64Array) => of.reduce((sum, value, row) => sum + value * weights[row]!, 0) / total;
      const expected = isRegressor(subject)
        ? [mean(alike.values)]
        : [0, 1, 2].map((k) => mean(alike.labels.map((label) => Number(label === k))));
      const spread = isRegressor(subject) ? Math.max(...alike.values) - Math.min(...alike.values) : 1;
      for (const [k, value] of expected.entries())
        expect(Math.abs(outputs[k]! - value)).toBeLessThan(spread * (subject.plugin.isRandom(params) ? 0.02 : 1e-4));
    },
  },
  {
    title: 'refuses rows none of which has weight as a mistake in the data',
    async run(subject) {
      await expect(subject.fit(problem, { weights: new Float64Array(n) })).rejects.toThrow(DataError);
    },
  },
  {
    title: 'is certain of the only class whose rows have weight',
    concerns: isClassifier,
    async run(subject) {
      if (!(await subject.takesWeights())) return REFUSES;
      const two = mixed(120, 2);
      const outputs = (await subject.fit(two, { weights: two.labels })).predict(two.table).outputs;
      expect(outputs).toEqual(Float64Array.from(outputs, (_, i) => i % 2));
    },
  },
];
