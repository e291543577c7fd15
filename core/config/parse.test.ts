import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/app-error.ts';
import { parseOverride } from './overrides.ts';
import { parseProject } from './parse.ts';

const smallest = 'datasets:\n  churn:\n    path: data/churn.csv\n    target: Churn\n    models: [random_forest]\n';
const problems = (text: string, ...set: string[]) => {
  try {
    parseProject(text, 'mlops.yml', set.map(parseOverride));
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('parseProject', () => {
  it('fills in everything that path, target and models leave open', () => {
    const project = parseProject(smallest, 'mlops.yml');
    expect(project).toMatchObject({
      onInconclusive: 'pass',
      onDataChange: 'fail',
      baseline: { champion: null, remake: 'auto', maxAge: null },
      tuning: { trials: 50, sampler: 'tpe', pruner: 'median', timeout: null, spaces: {} },
      drift: null,
      tracking: { branch: 'runs', evidence: null },
    });
    expect(project.datasets).toEqual([
      expect.objectContaining({
        id: 'churn',
        task: null,
        target: 'Churn',
        split: { folds: 5, seed: 42, repeats: 2, group: null, time: null, gap: 0, duplicates: 'auto' },
        metrics: [],
        models: [
          {
            id: 'random_forest',
            params: expect.objectContaining({ n_estimators: 100, max_depth: null }),
            origin: 'listed',
          },
        ],
        gates: { model: null, byMetric: {}, byBudget: {}, bySlice: {} },
      }),
    ]);
  });

  it('lays parameters of a dataset over those of the project, and a default over neither', () => {
    const { datasets } = parseProject(
      `${smallest.replace('[random_forest]', '{ random_forest: { max_depth: 4 } }')}models: { random_forest: { n_estimators: 30 } }\n`,
      'mlops.yml',
    );
    expect(datasets[0]!.models[0]!.params).toMatchObject({ n_estimators: 30, max_depth: 4, min_samples_leaf: 1 });
  });

  it('obeys --set, with values as YAML', () => {
    const project = parseProject(smallest, 'mlops.yml', [
      parseOverride('models.random_forest.n_estimators=7'),
      parseOverride('datasets.churn.metrics=[f1, roc_auc]'),
    ]);
    expect(project.datasets[0]).toMatchObject({
      metrics: ['f1', 'roc_auc'],
      models: [{ params: { n_estimators: 7 } }],
    });
  });

  it('reports every problem at once, with line, place, found, allowed and a suggestion', () => {
    const found = problems(
      'datasets:\n  churn:\n    path: x.csv\n    taget: Churn\n    target: Churn\n    models: [randm_forest]\n    split: { folds: 1 }\non_inconclusiv: fail\n',
    );
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ file: 'mlops.yml:4', place: 'datasets.churn.taget', next: 'did you mean "target"?' }),
        expect.objectContaining({
          file: 'mlops.yml:6',
          found: '"randm_forest"',
          next: 'did you mean "random_forest"?',
        }),
        expect.objectContaining({
          file: 'mlops.yml:7',
          place: 'datasets.churn.split.folds',
          allowed: 'a whole number from 2 to 20',
        }),
        expect.objectContaining({
          file: 'mlops.yml:8',
          place: 'on_inconclusiv',
          next: 'did you mean "on_inconclusive"?',
        }),
      ]),
    );
    expect(found).toHaveLength(4);
  });

  it.each([
    [
      'a parameter the model does not know',
      `${smallest}models: { random_forest: { n_estimator: 5 } }\n`,
      'did you mean "n_estimators"?',
    ],
    [
      'a drop that no value can make',
      `${smallest}    gates: { accuracy: { max_drop: 2 } }\n`,
      'for a share of the baseline value write "2%"',
    ],
    [
      'a drop that none can make on a slice',
      `${smallest}    slices: [a]\n    gates: { slices: { mcc: { max_drop: 2.5 } } }\n`,
      'write "2.5%"',
    ],
    ['a key that is there twice', `${smallest}${smallest}`, 'remove one of the two'],
    ['an open bracket', 'datasets: { a: [', 'check the indentation, quotes and brackets'],
    ['a gate without a check', `${smallest}    gates: { f1: {} }\n`, 'set at least one of them'],
    [
      'a gate on a metric that is not computed',
      `${smallest}    metrics: [f1]\n    gates: { roc_auc: { min: 0.9 } }\n`,
      'add roc_auc to `metrics`',
    ],
    [
      'gates for a model that is not trained',
      `${smallest}    gates: { model: dummy, f1: { min: 0.5 } }\n`,
      'add it to `models`',
    ],
    [
      'non-inferiority without a limit',
      `${smallest}    gates: { f1: { require: non_inferior, min: 0 } }\n`,
      'add `max_drop`',
    ],
  ])('refuses %s and says what to do', (_, text, next) => {
    expect(problems(text)[0]!.next).toContain(next);
  });

  it.each([
    ['accuracy', 1, true],
    ['accuracy', 1.1, false],
    ['mcc', 2, true],
    ['r2', 40, true],
  ])('allows %s to drop by %d: %s', (metric, drop, isAllowed) => {
    const text = `${smallest}    gates: { ${metric}: { max_drop: ${drop} } }\n`;
    if (isAllowed) expect(parseProject(text, 'mlops.yml').datasets).toHaveLength(1);
    else expect(problems(text)[0]).toMatchObject({ allowed: 'at most 1: accuracy is between 0 and 1' });
  });

  it.each([
    ['broken YAML', 'datasets: [\n', 'is not valid YAML'],
    ['a key given twice', 'version: 1\nversion: 1\n', 'is not valid YAML'],
    ['an empty file', '', 'is missing'],
    ['a list', '- a\n', 'has the wrong type'],
    [
      'a limit on what has no standard error',
      `${smallest}    gates: { max_error: { max_drop: 1 } }\n`,
      'depends on a single row',
    ],
    ['a floor no value can break', `${smallest}    gates: { f1: { min: 3 } }\n`, 'is outside the range of f1'],
    [
      'a model that cannot do the task',
      `${smallest}    task: regression\n`.replace('random_forest', 'logistic_regression'),
      'does not support regression',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(problems(text)[0]!.message).toContain(message);
  });
});

describe('parseOverride', () => {
  it.each(['novalue', '=3', 'a..b=1', '__proto__.x=1'])('refuses %s', (text) => {
    expect(() => parseOverride(text)).toThrow(ConfigError);
  });
});
