import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import { changedInputs, refuseChanged } from './changed-inputs.ts';
import { aCheckout, aCommit } from './commits.fixture.ts';
import { type InputFile, inputFiles } from './input-files.ts';

const config: InputFile = { path: 'mlops.yml', state: { kind: 'same' } };
const table = (state: InputFile['state']): InputFile => ({ path: 'churn.csv', state });

describe('changedInputs', () => {
  it.each<InputFile['state']>([
    { kind: 'same' },
    { kind: 'lfs', object: { sha256: 'a', bytes: 1 } },
    { kind: 'lfs_pointer', object: { sha256: 'a', bytes: 1 } },
    { kind: 'crlf' },
    { kind: 'untracked' },
    { kind: 'nowhere' },
    { kind: 'in_submodule', path: 'data' },
  ])('finds nothing wrong with a table that is $kind', (state) => {
    expect(changedInputs(config, { tables: [table(state)], trainers: [] })).toEqual([]);
  });

  it.each<[InputFile['state'], RegExp]>([
    [{ kind: 'changed', line: 7 }, /^churn\.csv: line 7: differs from the commit that is checked out\n.*earlier step/],
    [{ kind: 'changed', line: null }, /^churn\.csv: differs from the commit/],
    [{ kind: 'missing' }, /^churn\.csv: is in the commit, but not on disk\n.*sparse-checkout/],
    [{ kind: 'lfs_pointer', object: { sha256: 'a', bytes: 1 } }, /^churn\.csv: is a Git LFS pointer.*\n.*`lfs: true`/],
    [{ kind: 'not_a_file', what: 'a named pipe' }, /^churn\.csv: is a named pipe/],
    [{ kind: 'outside' }, /^churn\.csv: is not a file of this repository/],
  ])('refuses a file of a trainer that is %j', (state, message) => {
    const found = changedInputs(config, { tables: [], trainers: [table(state)] });
    expect(() => refuseChanged(found)).toThrow(DataError);
    expect(() => refuseChanged(found)).toThrow(message);
  });

  it('wants the project file to be in the commit', () => {
    const found = changedInputs({ path: 'mlops.yml', state: { kind: 'untracked' } }, { tables: [], trainers: [] });
    expect(() => refuseChanged(found)).toThrow(/^mlops\.yml: is not in the commit/);
  });

  it('names every one of several', () => {
    const all = changedInputs(
      { ...config, state: { kind: 'missing' } },
      { tables: [table({ kind: 'missing' })], trainers: [{ path: 'train.py', state: { kind: 'missing' } }] },
    );
    expect(all.map(({ path }) => path)).toEqual(['mlops.yml', 'churn.csv', 'train.py']);
  });
});

describe('inputFiles', () => {
  const checkedOut = aCheckout(
    aCommit('h', { 'p/a-1.csv': '1', 'p/a-2.csv': '2' }),
    { 'p/a-2.csv': '2', 'p/a-3.csv': '3' },
    'p',
  );
  const files = { list: async (pattern: string) => (pattern === 'a-*.csv' ? ['a-2.csv', 'a-3.csv'] : []) };

  it('of a pattern are those on disk and those of the commit', async () => {
    expect(await inputFiles('a-*.csv', { checkedOut, files })).toEqual([
      { path: 'p/a-1.csv', state: { kind: 'missing' } },
      { path: 'p/a-2.csv', state: { kind: 'same' } },
      { path: 'p/a-3.csv', state: { kind: 'untracked' } },
    ]);
  });

  it('of a path that is nowhere is that path', async () => {
    expect(await inputFiles('b.csv', { checkedOut, files })).toEqual([{ path: 'p/b.csv', state: { kind: 'nowhere' } }]);
  });

  it.each(['../../a.csv', '/etc/passwd', '../.git/config', '../.github/a.yml'])('%s is outside', async (path) => {
    expect(await inputFiles(path, { checkedOut, files })).toMatchObject([{ state: { kind: 'outside' } }]);
  });
});
