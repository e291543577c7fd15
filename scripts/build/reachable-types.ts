import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The declaration files that one of them needs, itself included, by path from a folder. */
export function reachableTypes(folder: string, entry: string): string[] {
  const found = new Set<string>();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const text = readFileSync(join(folder, path), 'utf8');
    for (const [, specifier] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)\.ts['"]/g))
      queue.push(join(dirname(path), `${specifier}.d.ts`));
  }
  return [...found].sort();
}
