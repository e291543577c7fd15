import { expect } from 'vitest';
import { square } from '../../stats/elementary.ts';
import { type Check, IGNORES_FEATURES, isClassifier } from './check.fixture.ts';
import { givenAway, type LearningProblem, withColumns } from './problems.fixture.ts';
import type { Subject } from './subject.fixture.ts';

const problem = givenAway();
const [b, copy, a] = problem.table.columns;

/** R² of values, share of right decisions of classes, on the rows learned from. */
async function trainingScore(subject: Subject, { table, values, labels }: LearningProblem): Promise<number> {
  const model = await subject.fit({ ...problem, table }, { params: {} });
  const { outputs, predictedClass } = model.predict(table);
  if (isClassifier(subject)) return predictedClass.filter((label, row) => label === labels[row]).length / labels.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = values.reduce((sum, value, row) => sum + square(value - outputs[row]!), 0);
  return 1 - error / values.reduce((sum, value) => sum + square(value - mean), 0);
}

/** Models that use features find what is in them; one that does not is the same model without them. */
export const learningChecks: readonly Check[] = [
  {
    title: 'knows its training rows when a feature is the target, or ignores features altogether',
    async run(subject) {
      const score = await trainingScore(subject, problem);
      if (await subject.ignoresFeatures()) expect(score).toBeLessThan(0.6);
      else expect(score).toBeGreaterThan(0.95);
    },
  },
  {
    title: 'learns no less when that feature is there twice',
    async run(subject) {
      const twice = withColumns(problem, [copy!, b!, { ...copy!, name: 'again' }, a!]);
      if (await subject.ignoresFeatures()) return IGNORES_FEATURES;
      expect(await trainingScore(subject, twice)).toBeGreaterThan(0.95);
    },
  },
];
