import { expect } from 'vitest';
import { exp } from '../../stats/elementary.ts';
import { type Check, expectClose } from './check.fixture.ts';
import { mixed, numbers, withColumns } from './problems.fixture.ts';

/** Ways from what a model adds up to what it predicts, for a row of outputs. */
const LINKS: readonly ((sums: readonly number[], nOutputs: number) => readonly number[])[] = [
  (sums, nOutputs) => (sums.length === nOutputs ? sums : [1 - sums[0]!, sums[0]!]),
  (sums) => {
    const scores = sums.length === 1 ? [0, sums[0]!] : sums;
    const most = Math.max(...scores);
    const parts = scores.map((score) => exp(score - most));
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => part / total);
  },
];

/** Models that tell why; of others there is nothing to check. */
export const explainChecks: readonly Check[] = [
  {
    title: 'gives features importances that sum to 1: most to the best, none to a constant',
    async run(subject) {
      const { fitted, preprocessor } = await subject.mixed();
      const shares = fitted.importances?.();
      if (!shares) return 'it has no importances';
      const of = (name: string) => shares[preprocessor.featureNames.indexOf(name)];
      expect(shares).toHaveLength(preprocessor.featureNames.length);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(of('x')).toBe(Math.max(...shares));
      expect(of('constant')).toBe(0);
    },
  },
  {
    title: 'gives no feature importance when there is nothing to learn',
    async run(subject) {
      const problem = numbers();
      const constant = new Float64Array(problem.values.length);
      const { fitted } = await subject.fit({ ...problem, values: constant, labels: constant });
      if (!fitted.importances) return 'it has no importances';
      const none = await subject.fit(withColumns(problem, []));
      expect([...fitted.importances()]).toEqual(problem.table.columns.map(() => 0));
      expect(none.fitted.importances?.()).toHaveLength(0);
    },
  },
  {
    title: 'explains its predictions: base and values of a row sum to what it says of it',
    async run(subject) {
      const { table } = mixed();
      for (const nClasses of [2, 3]) {
        const { fitted, preprocessor } = await subject.fit(mixed(120, nClasses));
        const features = preprocessor.transform(table);
        if (!fitted.explain) return 'it does not explain';
        const { nOutputs, base, values } = fitted.explain(features);
        const nFeatures = features.columns.length;
        expect(base).toHaveLength(nOutputs);
        expect(values).toHaveLength(120 * nOutputs * nFeatures);
        const sums = Array.from({ length: 120 }, (_, row) =>
          Array.from(base, (start, k) => {
            const at = (row * nOutputs + k) * nFeatures;
            return values.subarray(at, at + nFeatures).reduce((sum, value) => sum + value, start);
          }),
        );
        const outputs = fitted.predict(features);
        const each = outputs.length / 120;
        const candidates = LINKS.map((link) => Float64Array.from(sums.flatMap((row) => link(row, each))));
        const errors = candidates
          .filter(({ length }) => length === outputs.length)
          .map((candidate) => candidate.reduce((most, value, i) => Math.max(most, Math.abs(value - outputs[i]!)), 0));
        expect(errors.length).toBeGreaterThan(0);
        expectClose(candidates[errors.indexOf(Math.min(...errors))]!, outputs, 1e-9);
      }
    },
  },
];
