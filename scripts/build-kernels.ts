import { readdir, writeFile } from 'node:fs/promises';
import { compileKernel } from './compile-kernel.ts';

/** Writes core/kernels/<name>.wasm.ts for every file directly in `assembly/`; its folders hold what those import. */
const root = new URL('../core/kernels/', import.meta.url);
for (const file of (await readdir(new URL('assembly/', root))).filter((name) => name.endsWith('.ts'))) {
  const name = file.replace(/\.ts$/, '');
  await writeFile(new URL(`${name}.wasm.ts`, root), await compileKernel(name));
  process.stderr.write(`built ${name}.wasm.ts\n`);
}
