import { describe, expect, it } from 'vitest';
import { parseProject } from '../config/parse.ts';
import { AppError } from '../errors/app-error.ts';
import { models } from '../models/index.ts';
import { checkSpaces } from './check-spaces.ts';
import { spaceFor, tuningFor } from './tuning.ts';

const text = (tuning: string, own = '') =>
  `datasets:\n  a: { path: a.csv, target: y${own} }\ntuning:\n  spaces:\n    ${tuning}\n`;

function problemOf(tuning: string) {
  try {
    parseProject(text(tuning), 'mlops.yml');
  } catch (error) {
    if (error instanceof AppError) return error.problems[0]!;
    throw error;
  }
  throw new Error('was accepted');
}

const forest = (param: string) => `random_forest: { ${param} }`;

describe('search spaces', () => {
  it.each([
    ['low above high', forest('max_depth: { type: int, low: 9, high: 3 }'), '`low` is above `high`', 'swap them'],
    [
      'a logarithm of 0',
      'linear_regression: { alpha: { type: float, low: 0, high: 3, log: true } }',
      '`log: true` needs a `low` above 0',
      'raise `low`',
    ],
    ['no choice', forest('max_features: { type: categorical, choices: [] }'), 'is empty', 'give the values'],
    [
      'a choice twice',
      forest('max_features: { type: categorical, choices: [sqrt, sqrt] }'),
      'has sqrt twice',
      'remove one',
    ],
    [
      'steps of a logarithm',
      forest('n_estimators: { type: int, low: 1, high: 9, log: true, step: 2 }'),
      '`step` and `log: true` exclude each other',
      'remove one',
    ],
    [
      'an unknown parameter',
      forest('max_dept: { type: int, low: 1, high: 3 }'),
      'unknown key "max_dept"',
      'did you mean "max_depth"?',
    ],
    [
      'an unknown model',
      'random_forrest: { max_depth: { type: int, low: 1, high: 3 } }',
      'unknown key "random_forrest"',
      'did you mean "random_forest"?',
    ],
    ['an unknown type', forest('max_depth: { type: integer, low: 1, high: 3 }'), 'is not a valid value', ''],
    [
      'a value that the model does not take',
      forest('max_depth: { type: int, low: 0, high: 3 }'),
      'random_forest does not take 0 as max_depth',
      'reference',
    ],
    [
      'fractions of a whole number',
      forest('n_estimators: { type: float, low: 50, high: 500 }'),
      'random_forest does not take 50.5 as n_estimators',
      'write `type: int`',
    ],
    [
      'a step to fractions of a whole number',
      forest('n_estimators: { type: float, low: 50, high: 60, step: 2.5 }'),
      'random_forest does not take 52.5 as n_estimators',
      'write `type: int`',
    ],
    ['nothing to vary', forest(''), 'has no parameter to vary', 'name one'],
  ])('refuse %s', (_, space, message, next) => {
    const problem = problemOf(space);
    expect(problem).toMatchObject({ message, file: 'mlops.yml:5' });
    expect(problem.next ?? '').toContain(next);
    expect(problem.place).toContain('tuning.spaces.');
  });

  it('say of a step what it may be, once', () => {
    expect(problemOf(forest('n_estimators: { type: int, low: 1, high: 9, step: 0 }')).allowed).toBe('a number above 0');
  });

  it('of every model are ones that the model takes', () => {
    const spaces = models.all.filter(({ space }) => Object.keys(space).length > 0);
    expect(spaces.length).toBeGreaterThan(4);
    for (const { id, space, params } of spaces) {
      expect(checkSpaces([], { [id]: space })).toEqual([]);
      expect(Object.keys(params.shape)).toEqual(expect.arrayContaining(Object.keys(space)));
    }
  });

  it("of a dataset take the place of the project's, and these of the model's own", () => {
    const project = parseProject(
      text(
        'random_forest: { max_depth: { type: int, low: 1, high: 9, step: 3 } }',
        ', tuning: { trials: 7, spaces: { logistic_regression: { C: { type: float, low: 1, high: 2 } } } }',
      ),
      'mlops.yml',
    );
    const tuning = tuningFor(project.tuning, project.datasets[0]!.tuning);
    expect(tuning).toMatchObject({ trials: 7, sampler: 'tpe', pruner: 'median', timeout: null });
    // As in Optuna, a grid ends at its last point.
    expect(spaceFor(tuning, 'random_forest')).toEqual({
      max_depth: { type: 'int', low: 1, high: 7, log: false, step: 3 },
    });
    expect(spaceFor(tuning, 'logistic_regression')).toEqual({
      C: { type: 'float', low: 1, high: 2, log: false, step: null },
    });
    expect(spaceFor(tuning, 'gradient_boosting')).toEqual(models.get('gradient_boosting').space);
    expect(spaceFor(tuning, 'custom')).toEqual({});
  });
});
