import { DataError } from '../errors/app-error.ts';

/** Files that users may pass as a table: first bytes, what the file is, and what to do. */
const FORMATS: readonly (readonly [magic: string, what: string, next: string])[] = [
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
  ['\x80\x04\x95', 'a Python pickle', 'save it as Parquet: to_parquet(path)'],
  ['%PDF', 'a PDF file', 'save the table as CSV'],
  ['\x89PNG', 'an image', 'pass a table'],
  ['\xff\xfe', 'UTF-16 text', 'save the file as UTF-8'],
  ['\xfe\xff', 'UTF-16 text', 'save the file as UTF-8'],
];
const LOOKED_AT = 4096;

/** @throws DataError for bytes that are not text; it says what the file seems to be, and what to do. */
export function refuseBinary(bytes: Uint8Array, file: string): void {
  const start = String.fromCharCode(...bytes.subarray(0, 20));
  const known = FORMATS.find(([magic]) => start.startsWith(magic));
  if (known)
    throw new DataError({ file, message: `the file is ${known[1]}, not a table`, allowed: ALLOWED, next: known[2] });
  const zero = bytes.subarray(0, LOOKED_AT).indexOf(0);
  if (zero < 0) return;
  throw new DataError({
    file,
    message: 'the file is not text',
    found: `a zero byte at offset ${zero}`,
    allowed: ALLOWED,
    next: 'save the table as CSV in UTF-8, or as Parquet',
  });
}

const ALLOWED = 'CSV, TSV, JSON Lines (gzipped or not) and Parquet';
