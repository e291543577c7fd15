import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/app-error.ts';
import { configInputs } from './config-inputs.ts';
import { parseProject } from './parse.ts';

const project = (keys: string) => parseProject(`datasets: { d: { path: d.csv, target: y, ${keys} } }`, 'mlops.yml');
const problemsOf = (keys: string) => {
  try {
    project(keys);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('columns', () => {
  it.each([
    ['a role that there is not', 'columns: { a: numerical }', 'is not a valid value', 'did you mean "numeric"?'],
    ['a format that is none', 'columns: { a: { format: dd/mm/yyyy } }', 'is not a format of dates', '%d/%m/%Y'],
    [
      'a format of numbers',
      'columns: { a: { role: numeric, format: "%Y%m%d" } }',
      '`format` is for dates only',
      'role: date',
    ],
    ['a key that there is not', 'columns: { a: { rol: date } }', 'unknown key "rol"', 'did you mean "role"?'],
    ['a role of the target', 'columns: { y: categorical }', '`columns` must not give the target a role', '`missing`'],
  ])('refuses %s', (_, keys, message, next) => {
    expect(problemsOf(keys)).toMatchObject([{ message, next: expect.stringContaining(next) }]);
  });
  it('may say of the target what is missing', () => {
    expect(project('columns: { y: { missing: [] } }').datasets[0]!.columns).toEqual({ y: { missing: [] } });
  });
});

describe('the hash of inputs', () => {
  const inputsOf = (keys: string) => JSON.stringify(configInputs(project(keys).datasets[0]!));
  it('has what decides how columns are read, and no role: the table resolves those', () => {
    const plain = inputsOf('columns: {}');
    expect(inputsOf('columns: { a: numeric }')).toBe(plain);
    expect(inputsOf('columns: { a: { missing: ["?"] } }')).not.toBe(plain);
    expect(inputsOf('columns: { a: { format: "%d/%m/%Y" } }')).not.toBe(plain);
    expect(inputsOf('missing: []')).not.toBe(plain);
    expect(inputsOf('target_missing: drop')).not.toBe(plain);
  });
});
