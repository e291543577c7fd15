import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

const PROGRAM = `import { commands, parseProject, type Run } from 'mlops-action/core';

const project = parseProject('datasets: { churn: { path: churn.csv, target: Churn } }', 'mlops.yml');
const names: readonly string[] = project.datasets.map(({ id }) => id);
export const seconds = (run: Run): number => run.timings.fitSeconds;
// @ts-expect-error: a run has no such field
export const nothing = (run: Run): number => run.nothing;
const { options } = commands.get('pipeline');
console.log(JSON.stringify([names, Object.keys(options.shape).includes('dataset')]));
`;

/**
 * Uses the library from a plain TypeScript project, in a folder where the package is installed.
 *
 * @throws Error when its types or what it does are not as the program expects.
 */
export function useLibrary(folder: string): void {
  // The types of the library are written with these; a user installs them.
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const name of ['zod', '@types', 'undici-types'])
    symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2024', types: ['node'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  node(join(modules, 'typescript/bin/tsc'));
  const printed = node('program.js');
  if (printed !== '[["churn"],true]\n') throw new Error(`the library said ${printed}`);
}
