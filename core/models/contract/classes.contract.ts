import { expect } from 'vitest';
import { type Check, expectClose, expectSound, IGNORES_FEATURES, isClassifier } from './check.fixture.ts';
import { mixed, numbers, rarePositives, takeRows } from './problems.fixture.ts';
import { known } from './subject.fixture.ts';

/** Of three classes here classes 0, 2 and 3 of four: no row is of class 1. */
const WITH_GAP = [0, 2, 3];

/** Limits that keep a model from learning of a few rows. */
const UNLIMITED = { min_samples_leaf: 1, min_hessian_to_split: 0 };

/** Probability of each class, nClasses × nSamples. */
function byClass(outputs: Float64Array, nClasses: number): Float64Array[] {
  return Array.from({ length: nClasses }, (_, k) => outputs.filter((_, i) => i % nClasses === k));
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a classifier says are probabilities of the classes there are. */
export const classChecks: readonly Check[] = [
  {
    title: 'gives probabilities that sum to 1, whatever the number of classes',
    concerns: isClassifier,
    async run(subject) {
      for (const nClasses of [2, 3, 5, 20]) {
        const problem = mixed(120, nClasses);
        expectSound((await subject.fit(problem)).predict(problem.table).outputs, nClasses);
      }
    },
  },
  {
    title: 'gives a class without a training row probability 0, and the others what they have without it',
    concerns: isClassifier,
    async run(subject) {
      const problem = mixed();
      const labels = problem.labels.map((label) => WITH_GAP[label]!);
      const outputs = (await subject.fit({ ...problem, labels, nClasses: 4 })).predict(problem.table).outputs;
      const without = (await subject.mixed()).predict(problem.table).outputs;
      const [, absent] = byClass(outputs, 4);
      expect(Math.max(...absent!)).toBe(0);
      expect(WITH_GAP.map((label) => byClass(outputs, 4)[label])).toEqual(byClass(without, 3));
    },
  },
  {
    title: 'is certain of the only class it was shown, whichever that is',
    concerns: isClassifier,
    async run(subject) {
      const problem = mixed(120, 2);
      for (const label of [0, 1]) {
        const model = await subject.fit({ ...problem, labels: problem.labels.map(() => label) });
        const [zero, one] = byClass(model.predict(problem.table).outputs, 2);
        expect(new Set(zero)).toEqual(new Set([1 - label]));
        expect(new Set(one)).toEqual(new Set([label]));
      }
    },
  },
  {
    title: 'gives the same probabilities when classes change their places',
    concerns: (subject) => isClassifier(subject) && !subject.plugin.isRandom(subject.quick),
    async run(subject) {
      for (const nClasses of [2, 3]) {
        const problem = numbers(60, nClasses);
        const labels = problem.labels.map((label) => nClasses - 1 - label);
        const before = byClass((await subject.fit(problem)).predict(problem.table).outputs, nClasses);
        const after = byClass((await subject.fit({ ...problem, labels })).predict(problem.table).outputs, nClasses);
        for (const [k, shares] of before.entries()) expectClose(after[nClasses - 1 - k]!, shares, 1e-6);
      }
    },
  },
  {
    title: 'finds one positive in 500',
    concerns: isClassifier,
    async run(subject) {
      if (await subject.ignoresFeatures()) return IGNORES_FEATURES;
      const problem = rarePositives();
      const params = { ...subject.quick, ...known(subject.plugin, UNLIMITED) };
      const [, positive] = byClass((await subject.fit(problem, { params })).predict(problem.table).outputs, 2);
      const found = mean(positive!.filter((_, row) => problem.labels[row] === 1));
      const others = mean(positive!.filter((_, row) => problem.labels[row] === 0));
      expect(found).toBeGreaterThan(20 * others);
    },
  },
  {
    title: 'sees a rare class more often when classes are balanced',
    concerns: (subject) => isClassifier(subject) && 'class_weight' in subject.plugin.params.shape,
    async run(subject) {
      const all = mixed(240, 2);
      // Every class-0 row and each fourth of class 1, at the border between them.
      const problem = takeRows(
        all,
        [...all.labels.keys()].filter((row) => all.labels[row] === 0 || row % 4 === 0),
      );
      const share = async (class_weight: 'balanced' | null) => {
        const model = await subject.fit(problem, {
          params: { ...subject.quick, class_weight, ...known(subject.plugin, { max_depth: 2 }) },
        });
        return mean(byClass(model.predict(all.table).outputs, 2)[1]!);
      };
      expect(await share('balanced')).toBeGreaterThan((await share(null)) + 0.02);
    },
  },
];
