import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProjectFiles } from '../io/project-files.ts';
import { readDatasetTable } from './read-dataset-table.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tables-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const read = (path: string) =>
  readDatasetTable(createProjectFiles(root), path, {}, { message: 'is not there', next: 'make it' });

describe('readDatasetTable', () => {
  it('reads the files a pattern matches, in the order of their names', async () => {
    put('data/part-2.csv', 'a\n2\n');
    put('data/part-10.csv', 'a\n10\n');
    put('data/other.csv', 'a\n3\n');
    const { table, sha256 } = await read('data/part-*.csv');
    expect(table.columns[0]).toMatchObject({ values: Float64Array.of(10, 2) });
    put('data/part-2.csv', 'a\n4\n');
    expect((await read('data/part-*.csv')).sha256).not.toBe(sha256);
  });
  it('takes a name that looks like a pattern for the file it is', async () => {
    put('data/[1].csv', 'a\n1\n');
    put('data/1.csv', 'a\n2\n');
    expect((await read('data/[1].csv')).table.columns[0]).toMatchObject({ values: Float64Array.of(1) });
  });
  it.each([
    ['a pointer beside it', 'data/x.csv.dvc', 'outs: []', 'dvc pull data/x.csv.dvc'],
    ['a pointer of its folder', 'data.dvc', 'outs: []', 'dvc pull data.dvc'],
    ['a stage', 'dvc.lock', 'stages: { make: { outs: [{ path: data }] } }', 'dvc pull data`'],
    ['a lock that is broken', 'dvc.lock', ': [', 'make it'],
    ['nothing', 'data/y.csv', 'a\n1\n', 'make it'],
  ])('says how to fetch what is absent: %s', async (_, path, text, next) => {
    put(path, text);
    await expect(read('data/x.csv')).rejects.toThrow(next);
  });
});
