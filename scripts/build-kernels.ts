import { writeFile } from 'node:fs/promises';
import { compileKernel, generatedFile, kernelNames } from './compile-kernel.ts';

/** Writes core/kernels/<name>/<name>.wasm.ts for every kernel. */
for (const name of await kernelNames()) {
  await writeFile(generatedFile(name), await compileKernel(name));
  process.stderr.write(`built ${name}\n`);
}
