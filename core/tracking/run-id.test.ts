import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { createRunId, isRunId, runPath } from './run-id.ts';

const of = { createdAt: '2026-11-24T07:38:12.345Z', dataset: 'churn', model: 'random_forest', nonce: 'x' };

describe('createRunId', () => {
  it('tells time, dataset and model', () => {
    expect(createRunId(of)).toMatch(/^20261124-073812-churn-random_forest-[0-9a-f]{8}$/);
  });

  it('is in UTC', () => {
    expect(createRunId({ ...of, createdAt: '2026-11-24T00:30:00+01:00' })).toMatch(/^20261123-233000-/);
  });

  it('is one id for the same arguments and another for any change', () => {
    const ids = [
      of,
      { ...of, createdAt: '2026-11-24T07:38:12.346Z' },
      { ...of, dataset: 'churn2' },
      { ...of, model: 'dummy' },
      { ...of, nonce: 'y' },
    ].map(createRunId);
    expect(new Set(ids).size).toBe(5);
    expect(createRunId(of)).toBe(ids[0]);
  });

  it('keeps names apart that look alike once cleaned', () => {
    const [a, b] = ['a b', 'a/b'].map((dataset) => createRunId({ ...of, dataset })) as [string, string];
    expect(a.slice(0, -8)).toBe('20261124-073812-a-b-random_forest-');
    expect(b.slice(0, -8)).toBe(a.slice(0, -8));
    expect(a).not.toBe(b);
  });

  it('is a run id, safe as a path, for any names', () => {
    const name = fc.string({ minLength: 1, maxLength: 300, unit: 'binary' });
    fc.assert(
      fc.property(name, name, fc.string(), (dataset, model, nonce) => {
        const id = createRunId({ ...of, dataset, model, nonce });
        expect(isRunId(id)).toBe(true);
        expect(runPath(id).split('/')).toEqual(['runs', '2026', '11', '24', `${id}.json`]);
      }),
    );
  });
});

describe('runPath', () => {
  it.each(['', '..', '../x', '20261124-073812-a/b-00000000', '20261124-073812-a-b-00000000\n'])('refuses %j', (id) => {
    expect(() => runPath(id)).toThrow(StoreError);
  });
});
