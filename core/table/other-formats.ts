import { DataError, type Problem } from '../errors/app-error.ts';
import { convertCommand, startOfText } from './utf8-text.ts';

/** What a file is that is no table, and what to do. */
type Format = readonly [
  start: string | RegExp | ((start: string) => boolean),
  what: string,
  next: string | ((file: string) => string),
];

/** How a pickle of protocol 0 or 1 begins: with a class by its module, or with a list or dictionary. */
const PICKLED_TEXT =
  /^(c(copy_reg|copyreg|pandas[\w.]*|numpy[\w.]*|__builtin__|builtins|collections)\n\w+\n|\([dl]p?\d*\n|[}\]]q\0)/;

/** Files that users may pass as a table, by their first bytes. */
const FORMATS: readonly Format[] = [
  ['PK\x03\x04', 'a zip file or an Excel workbook', 'extract it, or save the sheet as CSV'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook', 'save the sheet as CSV'],
  ['ARROW1', 'an Arrow or Feather file', 'save it as Parquet: to_parquet(path)'],
  ['\x89HDF', 'an HDF5 file', 'save it as Parquet: to_parquet(path)'],
  ['\x93NUMPY', 'a NumPy array', 'save it as CSV or Parquet, with column names'],
  ['SQLite format 3', 'an SQLite database', 'export the table as CSV'],
  ['Obj\x01', 'an Avro file', 'save it as Parquet'],
  ['ORC', 'an ORC file', 'save it as Parquet'],
  ['BZh', 'compressed with bzip2', 'decompress it, or use gzip'],
  ['\xfd7zXZ', 'compressed with xz', 'decompress it, or use gzip'],
  ['\x28\xb5\x2f\xfd', 'compressed with zstd', 'decompress it, or use gzip'],
  [isPickle, 'a Python pickle', 'save it as Parquet: to_parquet(path)'],
  ['RDX', 'an R workspace', 'save it as CSV: write.csv(table, path, row.names = FALSE)'],
  ['%PDF', 'a PDF file', 'save the table as CSV'],
  ['\x89PNG', 'an image', 'pass a table'],
  ['\xff\xfe', 'UTF-16 text', (file) => `save the file as UTF-8: ${convertCommand(file, 'utf-16')}`],
  ['\xfe\xff', 'UTF-16 text', (file) => `save the file as UTF-8: ${convertCommand(file, 'utf-16')}`],
  [isUtf16, 'UTF-16 text', (file) => `save the file as UTF-8: ${convertCommand(file, 'utf-16le')}`],
];

/** Text that is no table, by how it begins behind blanks. */
const TEXTS: readonly Format[] = [
  [
    'version https://git-lfs.github.com/spec/',
    'a pointer of Git LFS',
    'fetch the table with `git lfs pull`; in a workflow, set `lfs: true` of actions/checkout',
  ],
  [
    /^<(!doctype html|html|head|body)/i,
    'an HTML page',
    'download the table again: a page comes instead of a file when a login or another link is needed',
  ],
  ['<?xml', 'an XML file', 'save the table as CSV'],
  [/^%?\s*@relation\s/i, 'an ARFF file', 'save the table as CSV'],
  [
    /^\{\s*"[^"\\]*"\s*:\s*\{\s*"0"\s*:/,
    'a JSON object of columns',
    'write one object per row: to_json(path, orient="records", lines=True)',
  ],
  [
    /^\{\s*"0"\s*:\s*\{/,
    'a JSON object of numbered rows',
    'write one object per row: to_json(path, orient="records", lines=True)',
  ],
  [
    /^\{\s*"(columns|index|data)"\s*:\s*\[/,
    'a JSON object of columns, index and data',
    'write one object per row: to_json(path, orient="records", lines=True)',
  ],
  [
    /^\{\s*"schema"\s*:\s*\{\s*"fields"\s*:/,
    'a JSON object of a schema and data',
    'write one object per row: to_json(path, orient="records", lines=True)',
  ],
  [PICKLED_TEXT, 'a Python pickle', 'save it as Parquet: to_parquet(path)'],
  [/^\[\s*\[/, 'a JSON list of lists', 'write one object per row: to_json(path, orient="records")'],
];
const LOOKED_AT = 4096;

/** @throws DataError for a file that is no table; it says what the file seems to be, and what to do. */
export function refuseOthers(bytes: Uint8Array, file: string): void {
  const fail = (problem: Problem) => new DataError({ file, ...problem, allowed: ALLOWED });
  const begin = startOfText(bytes);
  const known = formatOf(FORMATS, bytes.subarray(0, 20)) ?? formatOf(TEXTS, bytes.subarray(begin, begin + 200));
  if (known) {
    const [, what, next] = known;
    throw fail({
      message: `the file is ${what}, not a table`,
      next: typeof next === 'string' ? next : next(file),
    });
  }
  const zero = bytes.subarray(0, LOOKED_AT).indexOf(0);
  if (zero < 0) return;
  throw fail({
    message: 'the file is not text',
    found: `a zero byte at offset ${zero}`,
    next: 'save the table as CSV in UTF-8, or as Parquet',
  });
}

function formatOf(formats: readonly Format[], bytes: Uint8Array): Format | undefined {
  const start = String.fromCharCode(...bytes);
  return formats.find(([known]) => {
    if (typeof known === 'string') return start.startsWith(known);
    return typeof known === 'function' ? known(start) : known.test(start);
  });
}

/** A pickle of the protocols 2 to 5 names its protocol first. */
function isPickle(start: string): boolean {
  const protocol = start.charCodeAt(1);
  return start[0] === '\x80' && protocol >= 2 && protocol <= 5;
}

/** Of UTF-16 without a mark, every second byte is zero where the text is in Latin letters. */
function isUtf16(start: string): boolean {
  return start.length >= 16 && [...start].every((byte, i) => (byte === '\0') === (i % 2 === 1));
}

const ALLOWED = 'CSV, TSV, JSON Lines, a JSON list of objects (gzipped or not) and Parquet';
