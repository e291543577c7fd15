import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, type Problem } from '../../errors/app-error.ts';
import { aRun } from '../run.fixture.ts';
import { summaryOf } from '../run-summary.ts';
import { kindOf, nameChecker } from './fields.ts';
import { type Field, type Filter, OPERATORS, type Operator, type Value } from './filter.ts';
import { formatFilter } from './format-filter.ts';
import { parseFilter } from './parse-filter.ts';

const test = (name: string, operator: Operator, value: Value, group: Field['group'] = 'run'): Filter => ({
  kind: 'test',
  field: { group, name },
  operator,
  value,
});

function problemOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.problems[0]!;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x));
const name = fc.oneof(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }));
const field: fc.Arbitrary<Field> = fc.oneof(
  fc
    .constantFrom('id', 'dataset', 'model', 'target', 'created', 'sha', 'branch', 'dirty')
    .map((id) => ({ group: 'run' as const, name: id })),
  fc.record({ group: fc.constantFrom('metrics' as const, 'test' as const, 'params' as const), name }),
);
const SIZES: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];
const ofKind = {
  text: fc.tuple(fc.constantFrom<Operator>('=', '!=', '~'), fc.string({ unit: 'binary' })),
  number: fc.tuple(fc.constantFrom(...SIZES), number),
  flag: fc.tuple(fc.constantFrom<Operator>('=', '!='), fc.boolean()),
  time: fc.tuple(fc.constantFrom(...SIZES), fc.constantFrom('2026', '2026-02', '2026-02-28', '2026-02-28T23:59:59.5Z')),
  any: fc.oneof(
    fc.tuple(fc.constantFrom(...OPERATORS), number),
    fc.tuple(fc.constantFrom<Operator>('=', '!=', '~'), fc.oneof(fc.string(), fc.boolean())),
  ),
};
const tests = field.chain((each) =>
  fc
    .oneof(ofKind[kindOf(each)], fc.tuple(fc.constantFrom<Operator>('=', '!='), fc.constant(null)))
    .map(([operator, value]): Filter => ({ kind: 'test', field: each, operator, value })),
);
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    tests,
    tie('filter').map((of): Filter => ({ kind: 'not', of })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { minLength: 2, maxLength: 3 }))
      .map(([kind, of]): Filter => ({ kind, of })),
  ),
}));

describe('parseFilter', () => {
  it('reads back what formatFilter wrote', () => {
    fc.assert(
      fc.property(filter, (one) => {
        expect(parseFilter(formatFilter(one))).toEqual(one);
      }),
    );
  });

  it('throws nothing but messages for the user', () => {
    const pieces = fc.constantFrom(
      'dataset',
      'params.x',
      '=',
      '~',
      '>',
      '(',
      ')',
      'not',
      'and',
      '1',
      "'",
      ' ',
      '`',
      '&&',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, (source) => {
        try {
          parseFilter(source);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });

  it.each<[string, Filter]>([
    ['dataset = churn', test('dataset', '=', 'churn')],
    ['dataset == "churn"', test('dataset', '=', 'churn')],
    ["dataset='it''s'", test('dataset', '=', "it's")],
    ['dataset <> churn', test('dataset', '!=', 'churn')],
    ['metrics.roc_auc>.8', test('roc_auc', '>', 0.8, 'metrics')],
    ['metrics."my metric" <= 1e-3', test('my metric', '<=', 0.001, 'metrics')],
    ['metrics.`my metric` <= 1e-3', test('my metric', '<=', 0.001, 'metrics')],
    ["params.depth = '5'", test('depth', '=', '5', 'params')],
    ['params.depth = 5', test('depth', '=', 5, 'params')],
    ['params.a.b = null', test('a.b', '=', null, 'params')],
    ['params.bootstrap = True', test('bootstrap', '=', true, 'params')],
    ['model LIKE %forest', test('model', '~', '%forest')],
    ['model not like forest', { kind: 'not', of: test('model', '~', 'forest') }],
    ['dirty', test('dirty', '=', true)],
    ['NOT dirty', { kind: 'not', of: test('dirty', '=', true) }],
    ['(dirty)', test('dirty', '=', true)],
    ['created > 2026-01-01', test('created', '>', '2026-01-01')],
    [
      'dirty or not dirty and task = regression',
      {
        kind: 'or',
        of: [
          test('dirty', '=', true),
          { kind: 'and', of: [{ kind: 'not', of: test('dirty', '=', true) }, test('task', '=', 'regression')] },
        ],
      },
    ],
    [
      'not (dirty or sha = abcd)',
      { kind: 'not', of: { kind: 'or', of: [test('dirty', '=', true), test('sha', '=', 'abcd')] } },
    ],
  ])('reads %s', (source, expected) => expect(parseFilter(source)).toEqual(expected));

  it.each<[string, Partial<Problem>]>([
    ['', { place: '--filter, at its end', message: 'a field is expected here' }],
    ['datset = churn', { place: '--filter, character 1', next: 'did you mean "dataset"?' }],
    ['dirty and metric.f1 > 1', { place: '--filter, character 11', next: 'did you mean "metrics.f1"?' }],
    ['roc_auc > 1', { next: 'a metric is metrics.roc_auc, a parameter params.roc_auc' }],
    ['dataset churn', { place: '--filter, character 9', message: 'is not an operator', found: 'churn' }],
    ['dataset lik churn', { place: '--filter, character 9', next: 'did you mean "like"?' }],
    [
      'metrics.f1 => 1',
      { place: '--filter, character 12', next: 'did you mean ">="?', allowed: '= != < <= > >= ~ like' },
    ],
    ['dataset =', { place: '--filter, at its end', message: 'a value is missing' }],
    ['dataset > churn', { place: '--filter, character 9', allowed: '= != ~' }],
    ['metrics.f1 ~ 1', { place: '--filter, character 12', allowed: '= != < <= > >=' }],
    ['metrics.f1 > high', { place: '--filter, character 14', message: 'metrics.f1 is a number' }],
    ['params.kernel > rbf', { place: '--filter, character 17', allowed: 'a number' }],
    ['metrics.f1 > null', { place: '--filter, character 14', allowed: '= null, != null' }],
    ['dirty = maybe', { place: '--filter, character 9', allowed: 'true, false' }],
    ['created > yesterday', { place: '--filter, character 11', message: 'created is a date' }],
    ['created > 2026-02-30', { place: '--filter, character 11', message: 'created is a date' }],
    ['task = clasification', { place: '--filter, character 8', next: 'did you mean "classification"?' }],
    ['(dirty', { place: '--filter, character 1', message: 'the parenthesis is never closed' }],
    ['dirty)', { place: '--filter, character 6', message: 'no parenthesis is open here' }],
    ['dataset = "churn', { place: '--filter, character 11', message: 'the quote " is never closed' }],
    ['dataset = a adn dirty', { place: '--filter, character 13', next: 'did you mean "and"?' }],
    ['dataset = a && dirty', { place: '--filter, character 13', next: 'write "and"' }],
    ['model not = x', { place: '--filter, character 11' }],
    [`${'('.repeat(200)}dirty`, { message: 'the filter is nested too deeply' }],
  ])('refuses %s', (source, expected) => expect(problemOf(() => parseFilter(source))).toMatchObject(expected));

  it('tells a metric or a parameter that no run has from one that some have', () => {
    const check = nameChecker([summaryOf(aRun())], ['f1']);
    expect(() =>
      parseFilter('metrics.roc_auc > 0 and metrics.f1 > 0 and params.max_depth = null', check),
    ).not.toThrow();
    expect(problemOf(() => parseFilter('dirty and metrics.roc_acu > 0', check))).toMatchObject({
      place: '--filter, character 11',
      message: 'no run has metrics.roc_acu',
      allowed: 'f1, roc_auc',
      next: 'did you mean "metrics.roc_auc"?',
    });
    expect(problemOf(() => parseFilter('params.n_estimator > 0', check)).next).toBe(
      'did you mean "params.n_estimators"?',
    );
    expect(() => parseFilter('params.anything > 0', nameChecker([], []))).not.toThrow();
  });
});
