import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Compiles what is measured of ours into a folder, laid out as here: users run JavaScript, and Node's own stripping of
 * types would cost our processes a second and 30 MB.
 */
export function compileInto(folder: string): void {
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { noEmit: false, outDir: folder, rootDir: ROOT, typeRoots: [join(ROOT, 'node_modules/@types')] },
    include: ['bench', 'cli', 'core'].map((room) => join(ROOT, room)),
    exclude: [
      '**/*.test.ts',
      '**/*.fixture.ts',
      '**/*.contract.ts',
      'core/kernels/*/assembly',
      'core/report/html/browser',
    ].map((path) => join(ROOT, path)),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '--project', folder], { stdio: ['ignore', 2, 2] });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}
