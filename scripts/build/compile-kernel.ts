import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { kernelInterface } from './kernel-interface.ts';

const FLAGS = [
  ...['--runtime', 'stub', '--enable', 'simd'],
  ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  // 201: code for 32-bit addresses need not compile for 64-bit ones.
  ...['--bindings', 'raw', '--disableWarning', '201'],
];
const RELEASE = ['-O3', '--noAssert'];
/** Functions and locals keep their names; a failed `assert` traps. */
const DEBUG = ['-O0', '--debug', '--use', 'abort='];
const SHARED = ['--enable', 'threads', '--sharedMemory'];
/** Kernels that only one thread works with: V8 copies arrays into unshared memory twice as fast. */
const UNSHARED: readonly string[] = ['csv', 'linear'];

const KERNELS = fileURLToPath(new URL('../../core/kernels/', import.meta.url));

/** The folders of `core/kernels/` that have AssemblyScript in `assembly/`. */
export async function kernelNames(): Promise<string[]> {
  return (await readdir(KERNELS)).filter((name) => existsSync(join(KERNELS, name, 'assembly'))).sort();
}

/** Where a kernel's generated file is. */
export function generatedFile(name: string): string {
  return join(KERNELS, name, `${name}.wasm.ts`);
}

/** The generated file: the interface of what the kernel exports, and its WebAssembly as base64. */
export async function compileKernel(name: string, { debug = false } = {}): Promise<string> {
  const written = new Map<string, string | Uint8Array>();
  const flags = [...FLAGS, ...(debug ? DEBUG : RELEASE), ...(UNSHARED.includes(name) ? [] : SHARED)];
  const { error, stderr } = await asc.main([`${name}/assembly/index.ts`, '--outFile', `${name}.wasm`, ...flags], {
    readFile: (file) => readFile(join(KERNELS, file), 'utf8').catch(() => null),
    writeFile: (file, contents) => void written.set(file, contents),
    listFiles: () => [],
  });
  const wasm = written.get(`${name}.wasm`);
  if (error || !wasm) throw new Error(`${name} does not compile:\n${stderr.toString()}`, { cause: error });
  const lines =
    Buffer.from(wasm as Uint8Array)
      .toString('base64')
      .match(/.{1,110}/g) ?? [];
  const exported = kernelInterface(name, String(written.get(`${name}.d.ts`)));
  return [
    '// Generated from assembly/ by `npm run build:kernels`; a test compares it with a fresh build.',
    "import type { KernelWasm } from '../compile-kernel.ts';",
    '',
    exported.text,
    '',
    `export const ${name}Wasm: KernelWasm<${exported.name}> = {`,
    '  base64:',
    `${lines.map((line) => `    '${line}'`).join(' +\n')},`,
    '};',
    '',
  ].join('\n');
}
