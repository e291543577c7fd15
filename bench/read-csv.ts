import { readBytes } from '../core/io/files.ts';
import { readTable } from '../core/table/read-table.ts';

// One reading of the file named, in a process of its own.

const path = process.argv[2]!;
const start = performance.now();
const table = await readTable(await readBytes(path), { file: path });
const seconds = (performance.now() - start) / 1000;
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ seconds, peakBytes, rows: table.nRows, columns: table.columns.length }));
