import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernel } from '../../scripts/compile-kernel.ts';

const here = new URL('./', import.meta.url);
const sources = (await readdir(new URL('assembly/', here))).filter((file) => file.endsWith('.ts'));
const names = sources.map((file) => file.replace(/\.ts$/, ''));

it.each(names)('%s.wasm.ts is what its source compiles to', async (name) => {
  expect(await readFile(new URL(`${name}.wasm.ts`, here), 'utf8')).toBe(await compileKernel(name));
});
