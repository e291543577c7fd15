import { expect, it } from 'vitest';
import { suggest } from './suggest.ts';

it.each([
  ['chrun', ['churn', 'fraud'], 'churn'],
  ['pipelin', ['pipeline', 'predict'], 'pipeline'],
  ['n_estimator', ['n_estimators', 'max_depth'], 'n_estimators'],
  ['sed', ['seed'], 'seed'],
  ['Y', ['x', 'y'], 'y'],
  ['usage', ['age', 'wage'], undefined],
  ['x', ['y'], undefined],
  ['data', ['rate'], undefined],
  ['anything', [], undefined],
])('%s is near %s: %s', (word, candidates, near) => {
  expect(suggest(word, candidates)).toBe(near);
});
