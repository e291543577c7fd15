import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernel, generatedFile, kernelNames } from '../../scripts/build/compile-kernel.ts';

it.each(await kernelNames())('%s.wasm.ts is what its source compiles to', async (name) => {
  expect(await readFile(generatedFile(name), 'utf8')).toBe(await compileKernel(name));
});
