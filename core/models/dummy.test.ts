import { expect, it } from 'vitest';
import { dummy } from './dummy.ts';
import { inlineWorkers } from './inline-workers.ts';

const features = { nSamples: 2, columns: [] };
const context = { seed: 1, workers: inlineWorkers, warn: () => {} };

// scikit-learn 1.9.1: DummyRegressor().fit(X, y).predict(X), DummyClassifier(strategy='prior').fit(X, y).predict_proba(X)
it.each([
  { of: 'values', target: [1.25, 3, -0.5, 4.25], nClasses: 0, expected: [2, 2] },
  {
    of: 'classes',
    target: [0, 1, 2, 1, 2, 0, 2, 1],
    nClasses: 3,
    expected: [0.25, 0.375, 0.375, 0.25, 0.375, 0.375],
  },
])('the dummy of $of predicts their mean or shares for every row', async ({ target, nClasses, expected }) => {
  const model = await dummy.fit({ features, target: Float64Array.from(target), nClasses }, {}, context);
  expect([...model.predict(features)]).toEqual(expected);
});
