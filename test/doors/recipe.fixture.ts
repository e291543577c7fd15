import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the house in which a recipe of CONTRIBUTING.md has been followed. */
export interface House {
  readonly folder: string;
  write(path: string, text: string): void;
  node(...args: string[]): { readonly status: number | null; readonly output: string };
  remove(): void;
}

/**
 * Does what a section of CONTRIBUTING.md says to a copy of the house.
 *
 * @param heading of the section; its text names one file with its source, and one line of a registry.
 * @param folders that are copied.
 */
export function followRecipe(heading: string, folders: readonly string[]): House {
  const folder = join(root, '.cache', heading.toLowerCase().replace(/\W+/g, '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of folders) cpSync(join(root, name), join(folder, name), { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  write('package.json', '{ "type": "module" }\n');

  const recipe = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').split(`## ${heading}`)[1]!.split('\n## ')[0]!;
  const [, file, source] = /One file, `([^`]+)`:\n\n```ts\n([\s\S]+?)```/.exec(recipe)!;
  const [, index, entry] = /One line in `([^`]+)`, beside its import: `([^`]+)`/.exec(recipe)!;
  const [, name] = /export const (\w+)/.exec(source!)!;
  write(file!, source!);
  const list = readFileSync(join(folder, index!), 'utf8');
  const imported = `import { ${name} } from './${file!.split('/').at(-1)}';\n${list}`;
  write(
    index!,
    imported.replace(/createRegistry\('\w+', \[/, (found) => `${found}\n  ${entry}`),
  );
  return {
    folder,
    write,
    node(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      return { status, output: stdout + stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
