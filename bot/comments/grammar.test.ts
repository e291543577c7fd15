import { describe, expect, it } from 'vitest';
import { readComment } from './grammar.ts';

describe('readComment', () => {
  it.each([
    ['/help', { kind: 'help' }],
    ['/retrain', { kind: 'retrain', names: [], settings: [] }],
    [
      '  /retrain churn random_forest n_estimators=50 max_depth=3\nand a word to you all',
      {
        kind: 'retrain',
        names: ['churn', 'random_forest'],
        settings: [
          { key: 'n_estimators', value: '50' },
          { key: 'max_depth', value: '3' },
        ],
      },
    ],
  ])('reads %j', (body, expected) => {
    expect(readComment(body)).toEqual(expected);
  });

  it.each(['', 'please /retrain', '/retrained', 'first\n/retrain', '/ retrain', '> /retrain'])(
    'takes %j for talk',
    (body) => {
      expect(readComment(body)).toBeUndefined();
    },
  );

  it.each([
    '/retrain a b c',
    '/retrain churn --force',
    '/retrain churn;ls',
    '/retrain $(id)',
    '/retrain churn forest command=[sh]',
    '/retrain churn forest x.y=1',
    '/retrain churn forest __proto__=1',
    '/retrain churn forest n=1 n=2',
    '/retrain churn forest n=',
    '/retrain churn forest n=$(token)',
    `/retrain ${'x '.repeat(30)}`,
  ])('refuses %j', (body) => {
    expect(readComment(body)).toMatchObject({ kind: 'mistake' });
  });
});
