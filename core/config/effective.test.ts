import { describe, expect, it } from 'vitest';
import { effectiveConfig } from './effective.ts';
import { originsOf } from './origins.ts';
import { parseOverride } from './overrides.ts';
import { parseProject } from './parse.ts';
import { unusedWarnings } from './unused-keys.ts';

const printed = (text: string, ...set: string[]) => {
  const overrides = set.map(parseOverride);
  return effectiveConfig(parseProject(text, 'mlops.yml', overrides), originsOf(text, 'mlops.yml', overrides));
};
/** The lines of the text, without indentation. */
const linesOf = (text: string) => text.split('\n').map((line) => line.trim());

describe('effectiveConfig', () => {
  it('has every value of a dataset, and where it comes from', () => {
    const text = `datasets:
  churn:
    path: churn.csv
    target: Churn
    task: classification
    slices: [Contract]
    threshold: cost
    cost: { false_negative: 9 }
    calibration: sigmoid
    models: [random_forest]
    gates:
      f1: { min: 0.5 }
      slices: { f1: { min: 0.1 } }
models:
  random_forest: { n_estimators: 7 }
baseline: { champion: v1 }
tracking: { evidence: off }
`;
    const lines = linesOf(printed(text, 'datasets.churn.split.folds=4', 'on_inconclusive=fail'));
    expect(lines).toEqual(
      expect.arrayContaining([
        'generator: null # none',
        'delimiter: null # detected in the header',
        'decimal: null # a point',
        'columns: {} # default',
        'folds: 4 # --set',
        'seed: 42 # default',
        'group: null # none',
        'metrics: null # the defaults that suit the target',
        'n_estimators: 7 # mlops.yml:15',
        'max_depth: null # default',
        'slices: [ Contract ] # mlops.yml:6',
        'threshold: cost # mlops.yml:7',
        'false_positive: 1 # default',
        'false_negative: 9 # mlops.yml:8',
        'calibration: sigmoid # mlops.yml:9',
        'model: null # the one with the best primary metric',
        'min: 0.5 # mlops.yml:12',
        'min: 0.1 # mlops.yml:13',
        "tuning: null # as the project's `tuning` says",
        'trials: 50 # default',
        'timeout: null # none',
        'champion: v1 # mlops.yml:16',
        'branch: runs # default',
        'on_inconclusive: fail # --set',
        'on_data_change: fail # default',
      ]),
    );
    expect(lines.filter((line) => line === 'n_estimators: 7 # mlops.yml:15')).toHaveLength(2);
  });

  it('has the parameters of models that are trained because none are listed, and says when', () => {
    const text = 'datasets:\n  a: { path: a.csv, target: y }\n  b: { path: b.csv, target: y, task: regression }\n';
    const lines = linesOf(printed(text, 'models.gradient_boosting.learning_rate=0.3'));
    const [a, b] = [lines.slice(lines.indexOf('a:'), lines.indexOf('b:')), lines.slice(lines.indexOf('b:'))];
    expect(a).toEqual(expect.arrayContaining(['# none listed: the defaults that suit the target']));
    expect(a[a.indexOf('logistic_regression:') - 1]).toBe('# for classification');
    expect(a[a.indexOf('linear_regression:') - 1]).toBe('# for regression');
    expect(a).toContain('learning_rate: 0.3 # --set');
    expect(b).toContain('# none listed: the defaults for regression');
    expect(b).not.toContain('logistic_regression:');
    expect(b.filter((line) => line === 'learning_rate: 0.3 # --set')).toHaveLength(2);
  });

  it('finds the line of a value behind an alias', () => {
    const text = `datasets:
  a: { path: a.csv, target: y, split: &split { folds: 3 } }
  b:
    path: b.csv
    target: y
    split: *split
`;
    expect(linesOf(printed(text)).filter((line) => line.startsWith('folds'))).toEqual([
      'folds: 3 # mlops.yml:2',
      'folds: 3 # mlops.yml:2',
    ]);
  });
});

describe('unusedWarnings', () => {
  const text = `datasets: { a: { path: a.csv, target: y } }
tuning:
  trials: 9
`;
  it('name the section, its place and the command that there is not', () => {
    const origin = originsOf(text, 'mlops.yml');
    expect(
      unusedWarnings(origin, [
        { key: 'tuning', awaits: 'mlops later' },
        { key: 'drift', awaits: 'mlops x' },
      ]),
    ).toEqual(['mlops.yml:2: `tuning` is not used yet: this version has no `mlops later`']);
    expect(unusedWarnings(origin)).toEqual([]);
  });
});
