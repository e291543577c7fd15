import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { compileKernel, generatedFile, kernelNames } from './compile-kernel.ts';

/**
 * `npm run build:kernels` writes core/kernels/<name>/<name>.wasm.ts for every kernel; `-- forest` for this one, `-- --debug
 * forest` with names in it, for debuggers and profiles.
 */
const { values, positionals } = parseArgs({ options: { debug: { type: 'boolean' } }, allowPositionals: true });
const names = await kernelNames();
const unknown = positionals.find((name) => !names.includes(name));
if (unknown !== undefined) throw new Error(`there is no kernel "${unknown}", but ${names.join(', ')}`);

for (const name of positionals.length > 0 ? positionals : names) {
  await writeFile(generatedFile(name), await compileKernel(name, values));
  process.stderr.write(`built ${name}\n`);
}
