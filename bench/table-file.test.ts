import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DataTable, featuresOf, readTableFile, writeTableFile } from './table-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'table-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const table: DataTable = {
  columns: [
    { name: 'Größe', nCategories: 0, values: Float64Array.of(0.1, Number.NaN, -3) },
    { name: 'plan', nCategories: 2, values: Float64Array.of(1, 0, Number.NaN) },
  ],
  target: Float64Array.of(0, 1, 1),
  nClasses: 2,
  trainRows: 2,
  folds: [Float64Array.of(0, 1, -1), Float64Array.of(1, 0, 0)],
};

describe('writeTableFile', () => {
  it('writes what readTableFile reads', () => {
    const path = join(folder, 'table');
    writeTableFile(path, table);
    expect(readTableFile(path)).toEqual(table);
  });
});

describe('featuresOf', () => {
  it('gives the rows asked for, missing codes as −1', () => {
    expect(featuresOf(table, 1, 3)).toEqual({
      nSamples: 2,
      columns: [
        { kind: 'numeric', name: 'Größe', values: Float64Array.of(Number.NaN, -3) },
        { kind: 'categorical', name: 'plan', codes: Int32Array.of(0, -1), nCategories: 2 },
      ],
    });
  });
});
