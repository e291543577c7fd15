import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const FLAGS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
  ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];
const SHARED = ['--enable', 'threads', '--sharedMemory'];
/** Kernels that one thread alone works with: V8 copies arrays into memory that is not shared twice as fast. */
const UNSHARED: readonly string[] = ['linear'];

const FOLDER = fileURLToPath(new URL('../core/kernels/assembly/', import.meta.url));

/** The TypeScript file that holds a kernel's WebAssembly as base64, compiled from `assembly/<name>.ts` and what it imports. */
export async function compileKernel(name: string): Promise<string> {
  let wasm: Uint8Array | undefined;
  const flags = [...FLAGS, ...(UNSHARED.includes(name) ? [] : SHARED)];
  const { error, stderr } = await asc.main([`${name}.ts`, '--outFile', `${name}.wasm`, ...flags], {
    readFile: (file) => readFile(join(FOLDER, file), 'utf8').catch(() => null),
    writeFile: (file, contents) => {
      if (file.endsWith('.wasm')) wasm = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`${name}.ts does not compile:\n${stderr.toString()}`, { cause: error });
  const lines =
    Buffer.from(wasm)
      .toString('base64')
      .match(/.{1,110}/g) ?? [];
  return [
    `// Generated from assembly/${name}.ts by \`npm run build:kernels\`; a test compares it with a fresh build.`,
    `export const ${name}Wasm =`,
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}
