import { expect } from 'vitest';
import { exp } from '../../stats/elementary.ts';
import { type Check, distance } from './check.fixture.ts';
import { mixed, numbers, withColumns } from './problems.fixture.ts';

type Row = readonly number[];

/** Ways from what a model adds up for a row to what it says of it: as it is, or as log-odds. */
const LINKS: readonly ((sums: Row, nClasses: number, present: ReadonlySet<number>) => Row)[] = [
  (sums, nClasses) => (nClasses === 2 ? [1 - sums[0]!, sums[0]!] : sums),
  (sums, nClasses, present) => {
    if (nClasses === 0) return sums;
    const scores = nClasses === 2 ? [0, sums[0]!] : sums;
    const parts = scores.map((score, label) => (present.has(label) ? exp(score) : 0));
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
      const problem = mixed();
      const labels = problem.labels.map((label) => label + Number(label > 0));
      for (const learned of [mixed(120, 2), problem, { ...problem, labels, nClasses: 4 }]) {
        const { fitted, preprocessor, nClasses } = await subject.fit(learned);
        const features = preprocessor.transform(problem.table);
        if (!fitted.explain) return 'it does not explain';
        const { nOutputs, base, values } = fitted.explain(features);
        const nFeatures = features.columns.length;
        expect(nOutputs).toBe(nClasses > 2 ? nClasses : 1);
        expect(base).toHaveLength(nOutputs);
        expect(values).toHaveLength(120 * nOutputs * nFeatures);
        const sums = Array.from({ length: 120 }, (_, row) =>
          Array.from(base, (start, k) => {
            const at = (row * nOutputs + k) * nFeatures;
            return values.subarray(at, at + nFeatures).reduce((sum, value) => sum + value, start);
          }),
        );
        const outputs = fitted.predict(features);
        const errors = LINKS.map((link) =>
          distance(Float64Array.from(sums.flatMap((row) => link(row, nClasses, new Set(learned.labels)))), outputs),
        );
        expect(Math.min(...errors)).toBeLessThan(1e-9);
      }
      return undefined;
    },
  },
];
