import { describe, expect, it } from 'vitest';
import { retrainRequest } from './retrain-request.ts';

const PROJECT = `datasets:
  churn: { path: churn.csv, target: Churn, metrics: [f1], models: { random_forest: { max_depth: 4 }, dummy: {} } }
  odd: { path: odd.csv, target: y, metrics: [r2], models: [linear_regression] }
models:
  custom: { command: [python, train.py] }
`;
const request = (names: string[], settings: Record<string, string> = {}) =>
  retrainRequest(PROJECT, 'mlops.yml', {
    names,
    settings: Object.entries(settings).map(([key, value]) => ({ key, value })),
  });

describe('retrainRequest', () => {
  it.each<[string[], Record<string, string>, object]>([
    [[], {}, { dataset: '', model: '', set: '' }],
    [['churn'], {}, { dataset: 'churn', model: '', set: '' }],
    [['dummy'], {}, { dataset: '', model: 'dummy', set: '' }],
    [
      ['churn', 'random_forest'],
      { n_estimators: '50', max_depth: '3' },
      {
        dataset: 'churn',
        model: 'random_forest',
        set: 'models.random_forest.n_estimators=50\ndatasets.churn.models.random_forest.max_depth=3',
      },
    ],
  ])('makes one of %j %j', (names, settings, expected) => {
    expect(request(names, settings)).toEqual(expected);
  });

  it.each<[string[], Record<string, string>, RegExp]>([
    [['chrun'], {}, /no dataset and no model of this name[\s\S]*"chrun"[\s\S]*did you mean "churn"/],
    [['churn', 'linear_regression'], {}, /the dataset churn has no model of this name[\s\S]*"random_forest", "dummy"/],
    [
      ['churn'],
      { n_estimators: '50' },
      /no model is named[\s\S]*name the model too: \/retrain churn <model> n_estimators=50/,
    ],
    [['churn', 'random_forest'], { n_estimators: 'many' }, /n_estimators/],
    [['churn', 'random_forest'], { n_trees: '5' }, /n_trees/],
    [['custom'], { command: 'sh' }, /no dataset and no model of this name/],
  ])('refuses %j %j', (names, settings, message) => {
    expect(() => request(names, settings)).toThrow(message);
  });
});
