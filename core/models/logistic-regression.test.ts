import { describe, expect, it } from 'vitest';
import type { Features } from '../preprocessing/features.ts';
import { inlineWorkers } from './inline-workers.ts';
import { logisticRegression } from './logistic-regression.ts';

const features: Features = {
  nSamples: 8,
  columns: [
    { kind: 'numeric', name: 'x0', values: Float64Array.of(0.5, 1.5, -0.7, 2.1, -1.3, 0.2, -2.0, 1.0) },
    { kind: 'numeric', name: 'x1', values: Float64Array.of(-1.2, 0.3, 2.2, -0.4, 0.9, 1.1, -0.6, -2.3) },
  ],
};
const BINARY = [0, 1, 0, 1, 0, 0, 0, 1];
const MULTICLASS = [0, 1, 2, 1, 2, 0, 2, 1];

const probabilities = async (target: number[], nClasses: number, params: Record<string, unknown>) => {
  const context = { seed: 1, workers: inlineWorkers, warn: () => {} };
  const data = { features, target: Float64Array.from(target), nClasses };
  return (await logisticRegression.fit(data, params, context)).predict(features);
};

/*
 * scikit-learn 1.9.1, X = np.c_[x0, x1]; the first four rows of
 * sklearn.linear_model.LogisticRegression(max_iter=100000, tol=1e-13, **params).fit(X, y).predict_proba(X)
 */
const GOLDENS = [
  {
    target: BINARY,
    params: {},
    expected: [
      0.5139312280682853, 0.48606877193171466, 0.37948024577245965, 0.6205197542275404, 0.9418211129928019,
      0.058178887007198074, 0.18882630358638142, 0.8111736964136186,
    ],
  },
  {
    target: BINARY,
    params: { C: 0.1 },
    expected: [
      0.5628601019049801, 0.4371398980950198, 0.547042884422742, 0.4529571155772581, 0.7592353224626822,
      0.24076467753731773, 0.47460814547706853, 0.5253918545229315,
    ],
  },
  {
    target: BINARY,
    params: { class_weight: 'balanced' },
    expected: [
      0.41840823419267903, 0.581591765807321, 0.2953028365270437, 0.7046971634729563, 0.9227686743390723,
      0.07723132566092768, 0.13481181912795592, 0.8651881808720441,
    ],
  },
  {
    target: MULTICLASS,
    params: {},
    expected: [
      0.3752267329161768, 0.5120701718057432, 0.11270309527807996, 0.291666604037329, 0.6556837330273075,
      0.05264966293536348, 0.19550034347767953, 0.03418033068534956, 0.7703193258369708, 0.17183040885273548,
      0.815678087069468, 0.012491504077796556,
    ],
  },
  {
    target: MULTICLASS,
    params: { C: 0.1 },
    expected: [
      0.2667497540200149, 0.4600482850200413, 0.2732019609599439, 0.26766244387527327, 0.4840320570743492,
      0.24830549905037747, 0.23374021098078343, 0.19772012304792252, 0.5685396659712941, 0.2518148388476533,
      0.5732094817193367, 0.1749756794330099,
    ],
  },
  {
    target: MULTICLASS,
    params: { class_weight: 'balanced' },
    expected: [
      0.46734425944565644, 0.43612393299635793, 0.09653180755798571, 0.3666842848038881, 0.5897739910459797,
      0.04354172415013204, 0.2522004120978641, 0.028993780966978164, 0.7188058069351577, 0.22123224165194397,
      0.7684576663327103, 0.010310092015345818,
    ],
  },
];

describe('logisticRegression', () => {
  it.each(GOLDENS)('of classes $target with $params gives scikit-learn’s probabilities', async (golden) => {
    const nClasses = Math.max(...golden.target) + 1;
    const solved = await probabilities(golden.target, nClasses, { ...golden.params, tol: 1e-10 });
    for (const [i, p] of golden.expected.entries()) expect(Math.abs(solved[i]! - p)).toBeLessThan(1e-8);
    const byDefault = await probabilities(golden.target, nClasses, golden.params);
    for (const [i, p] of golden.expected.entries()) expect(Math.abs(byDefault[i]! - p)).toBeLessThan(1e-4);
  });

  it('gives a class without a training row the probability 0, and the others what they have without it', async () => {
    const gap = await probabilities(
      BINARY.map((label) => label * 2),
      3,
      {},
    );
    const two = await probabilities(BINARY, 2, {});
    for (let row = 0; row < 8; row++)
      expect([...gap.subarray(row * 3, row * 3 + 3)]).toEqual([two[row * 2]!, 0, two[row * 2 + 1]!]);
  });

  it('stays finite where the classes are separable and the penalty is next to nothing', async () => {
    const target = [...(features.columns[0] as { values: Float64Array }).values].map((x) => Number(x > 0));
    const separated = await probabilities(target, 2, { C: 1e8 });
    for (const [row, label] of target.entries()) expect(separated[row * 2 + label]).toBeGreaterThan(0.99);
  });
});
