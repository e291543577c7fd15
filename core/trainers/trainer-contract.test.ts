import { describe, expect, it } from 'vitest';
import { runSchema } from '../tracking/run.ts';
import { trainers } from './index.ts';
import type { NamedFiles } from './trainer.ts';

/** What a trainer cannot do without, for those that have no default for everything. */
const NEEDED: Readonly<Record<string, object>> = {
  custom: { command: ['node', 'train.js', '--depth={depth}'], params: { depth: 3 } },
};
const noFiles: NamedFiles = {
  exists: async () => false,
  list: async () => [],
  read: async () => {
    throw new Error('there is no file');
  },
};

describe.each(trainers.all.map((trainer) => ({ id: trainer.id, trainer })))('the trainer $id', ({ id, trainer }) => {
  const needed = NEEDED[id] ?? {};
  const settings = trainer.resolve([needed]);

  it('fills in its defaults, and finds nothing wrong with them', () => {
    expect(trainer.check(settings)).toEqual([]);
    expect(trainer.resolve([settings])).toEqual(settings);
    expect(trainer.resolve([needed, null, undefined, {}])).toEqual(settings);
  });
  it('says what is lacking where defaults are not enough', () => {
    const lacking = trainer.check(trainer.resolve([]));
    expect(lacking.length > 0).toBe(id in NEEDED);
    for (const problem of lacking)
      expect(problem).toMatchObject({ path: [expect.any(String)], next: expect.any(String) });
  });
  it('refuses what it does not know, and leaves its layers as they are', () => {
    expect(trainer.params.safeParse({ ...needed, no_such_setting: 1 }).success).toBe(false);
    const layers = [structuredClone(needed), {}];
    trainer.resolve(layers);
    expect(layers).toEqual([needed, {}]);
  });
  it('is recorded by values that a run can hold', () => {
    const flat = Object.entries(trainer.tracked(settings)).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]);
    expect(runSchema.shape.params.safeParse(Object.fromEntries(flat)).success).toBe(true);
  });
  it('trains each fold at least once', () => {
    expect(trainer.repeats(settings, { repeats: 3 })).toBeGreaterThanOrEqual(1);
  });
  it('has the same inputs for the same settings, in whatever order they are written', async () => {
    const inputs = async (given: typeof settings) => JSON.stringify(await trainer.inputs(given, noFiles));
    expect(await inputs(trainer.resolve([needed]))).toBe(await inputs(settings));
    expect(await inputs(Object.fromEntries(Object.entries(settings).reverse()))).toBe(await inputs(settings));
  });
});
