import { type Size, sizes } from './cases.ts';
import { computeHashes } from './compute-hashes.ts';

/**
 * `node index.js <threads,threads,…> <size,size,…>`: computes the hashes once for each number of threads, all in one
 * process, and prints them as a JSON list.
 */
const [threads = '1', wanted = sizes.join()] = process.argv.slice(2);
const all = [];
for (const count of threads.split(',')) all.push(await computeHashes(Number(count), wanted.split(',') as Size[]));
process.stdout.write(JSON.stringify(all));
