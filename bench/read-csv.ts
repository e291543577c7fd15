import { readFileSync } from 'node:fs';
import { readBytes } from '../core/io/files.ts';
import { readTable } from '../core/table/read-table.ts';
import { memoryUse } from './memory-use.ts';

// One reading of the file named, in a process of its own.

const { path } = JSON.parse(readFileSync(0, 'utf8')) as { readonly path: string };
const start = performance.now();
const table = await readTable(await readBytes(path), { file: path });
const seconds = (performance.now() - start) / 1000;
const peakBytes = memoryUse().peak;
process.stdout.write(JSON.stringify({ seconds, peakBytes, rows: table.nRows, columns: table.columns.length }));
