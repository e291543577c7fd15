import { describe, expect, it } from 'vitest';
import { withParameters } from './write-parameters.ts';

const written = (
  text: string,
  params: object = { max_depth: 5, max_features: null },
  models = ['random_forest', 'dummy'],
) => withParameters(text, 'mlops.yml', { dataset: 'a', model: 'random_forest', params: { ...params }, models });

describe('withParameters', () => {
  it.each([
    [
      'a list in one line',
      'datasets:\n  a:\n    models: [random_forest, dummy] # two\n    path: a.csv # here\n    target: y\n',
      'datasets:\n  a:\n    models: { random_forest: { max_depth: 5, max_features: null }, dummy: {} } # two\n    path: a.csv # here\n    target: y\n',
    ],
    [
      'a list in many lines',
      'datasets:\n  a:\n    path: a.csv\n    target: y\n    models:\n      # the best\n      - random_forest # so far\n      - dummy\n\n# end\n',
      'datasets:\n  a:\n    path: a.csv\n    target: y\n    models:\n      # the best\n      random_forest: { max_depth: 5, max_features: null } # so far\n      dummy: {}\n\n# end\n',
    ],
    [
      'a list right below its key',
      'datasets:\n  a:\n    path: a.csv\n    target: y\n    models:\n    - random_forest\n    - dummy\n',
      'datasets:\n  a:\n    path: a.csv\n    target: y\n    models:\n      random_forest: { max_depth: 5, max_features: null }\n      dummy: {}\n',
    ],
    [
      'a map',
      'datasets:\n  a:\n    path: a.csv\n    target: y\n    models:\n      random_forest:\n        max_depth: 3 # deep\n        n_estimators: 9\n      dummy: {}\nmodels: { random_forest: { max_depth: 8 } }\n',
      'datasets:\n  a:\n    path: a.csv\n    target: y\n    models:\n      random_forest:\n        max_depth: 5 # deep\n        n_estimators: 9\n        max_features: null\n      dummy: {}\nmodels: { random_forest: { max_depth: 8 } }\n',
    ],
  ])('writes into %s, and leaves the rest as it is', (_, before, after) => {
    expect(written(before)).toBe(after);
  });

  it('lists the models of a dataset that listed none', () => {
    const text = 'datasets:\n  a: { path: a.csv, target: y }\n';
    expect(written(text, { max_features: 'sqrt' })).toBe(
      'datasets:\n  a: { path: a.csv, target: y, models: { random_forest: { max_features: sqrt }, dummy: {} } }\n',
    );
  });

  it('says what to write by hand where it cannot', () => {
    const text = 'datasets:\n  b: &b { path: b.csv, target: y, models: [random_forest, dummy] }\n  a: *b\n';
    expect(() => written(text)).toThrow('random_forest: { max_depth: 5, max_features: null }');
  });
});
