import { describe, expect, it } from 'vitest';
import { AppError, ConfigError, formatProblem } from './app-error.ts';

describe('formatProblem', () => {
  it('puts place and message first, then what was found, what is allowed and what to do', () => {
    expect(
      formatProblem({
        message: 'is too small',
        file: 'mlops.yml:3',
        place: 'split.folds',
        found: '1',
        allowed: 'at least 2',
        next: 'raise it',
      }),
    ).toBe('mlops.yml:3: split.folds: is too small\n  found: 1\n  allowed: at least 2\n  next: raise it');
  });
  it('leaves out what is not known', () => expect(formatProblem({ message: 'is odd' })).toBe('is odd'));
});

describe('AppError', () => {
  it('carries every problem and its own name', () => {
    const error = new ConfigError([{ message: 'one' }, { message: 'two' }]);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      name: 'ConfigError',
      message: 'one\ntwo',
      problems: [{ message: 'one' }, { message: 'two' }],
    });
  });
});
