import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Features } from '../core/preprocessing/features.ts';

/** A column as both sides read it: NaN where missing; codes 0…nCategories−1 where nCategories is not 0. */
interface DataColumn {
  readonly name: string;
  readonly nCategories: number;
  readonly values: Float64Array;
}

/** A table that both sides read from one file. */
export interface DataTable {
  readonly columns: readonly DataColumn[];
  readonly target: Float64Array;
  /** 0 for regression. */
  readonly nClasses: number;
  /** The first so many rows are for training, the others for judging. */
  readonly trainRows: number;
  /** Ways to part the rows: per way and row its fold, −1 for a row that has no part. */
  readonly folds: readonly Float64Array[];
}

interface Header {
  readonly rows: number;
  readonly nClasses: number;
  readonly trainRows: number;
  readonly columns: readonly { readonly name: string; readonly nCategories: number }[];
  readonly folds: number;
}

/**
 * Length of the header (8 bytes, a little-endian double), the header (JSON, filled up with spaces to a multiple of 8), then
 * one block of little-endian doubles per column, for the target, and per way to part the rows.
 */
export function writeTableFile(path: string, { columns, target, nClasses, trainRows, folds }: DataTable): void {
  const header: Header = {
    rows: target.length,
    nClasses,
    trainRows,
    columns: columns.map(({ name, nCategories }) => ({ name, nCategories })),
    folds: folds.length,
  };
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(text.length + 8 - (Buffer.byteLength(text) % 8)));
  const file = openSync(path, 'w');
  try {
    const blocks = [Float64Array.of(json.length), json, ...columns.map(({ values }) => values), target, ...folds];
    for (const { buffer, byteOffset, byteLength } of blocks) {
      let done = 0;
      while (done < byteLength) {
        const piece = new Uint8Array(buffer, byteOffset + done, Math.min(byteLength - done, 2 ** 28));
        done += writeSync(file, piece);
      }
    }
  } finally {
    closeSync(file);
  }
}

export function readTableFile(path: string): DataTable {
  const file = openSync(path, 'r');
  const read = <Block extends Float64Array | Uint8Array>(block: Block): Block => {
    let done = 0;
    while (done < block.byteLength) {
      const piece = new Uint8Array(block.buffer, done, Math.min(block.byteLength - done, 2 ** 28));
      const got = readSync(file, piece);
      if (got === 0) throw new Error(`${path} ends too early`);
      done += got;
    }
    return block;
  };
  try {
    const [length] = read(new Float64Array(1));
    const header = JSON.parse(new TextDecoder().decode(read(new Uint8Array(length!)))) as Header;
    const block = () => read(new Float64Array(header.rows));
    return {
      columns: header.columns.map((column) => ({ ...column, values: block() })),
      target: block(),
      nClasses: header.nClasses,
      trainRows: header.trainRows,
      folds: Array.from({ length: header.folds }, block),
    };
  } finally {
    closeSync(file);
  }
}

/** The columns of rows from `from` to before `to` as a model sees them; numbers are not copied. */
export function featuresOf({ columns }: DataTable, from: number, to: number): Features {
  return {
    nSamples: to - from,
    columns: columns.map(({ name, nCategories, values }) => {
      const part = values.subarray(from, to);
      return nCategories === 0
        ? { kind: 'numeric', name, values: part }
        : {
            kind: 'categorical',
            name,
            codes: Int32Array.from(part, (code) => (Number.isNaN(code) ? -1 : code)),
            nCategories,
          };
    }),
  };
}
