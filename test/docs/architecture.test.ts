import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readPage, root, tableRows } from './pages.ts';

const page = readPage('docs/architecture.md');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n');

/** The folders in the first column of the table below a heading. */
function foldersListed(heading: string): string[] {
  const section = page.split(`## ${heading}\n`)[1]!.split('\n## ')[0]!;
  return tableRows(section.split('\n')).map(([cell]) => cell!.replaceAll('`', ''));
}

/** The folders that lie directly in a folder of the repository; hidden ones are settings of tools. */
function foldersIn(parent: string): string[] {
  const names = files
    .filter((path) => path.startsWith(parent))
    .map((path) => path.slice(parent.length).split('/'))
    .filter((parts) => parts.length > 1 && !parts[0]!.startsWith('.'));
  return [...new Set(names.map(([name]) => `${name}/`))].sort();
}

describe('the tables of docs/architecture.md list the folders there are', () => {
  it.each([
    ['The top level', ''],
    ['The rooms of `core/`', 'core/'],
  ])('%s', (heading, parent) => {
    expect(foldersListed(heading)).toEqual(foldersIn(parent));
  });

  it('Tests', () => {
    expect(foldersListed('Tests')).toEqual(foldersIn('test/').map((folder) => `test/${folder}`));
  });
});

it('each folder that a row of core/ names inside its room is there', () => {
  const section = page.split('## The rooms of `core/`\n')[1]!.split('\n## ')[0]!;
  for (const [room, text] of tableRows(section.split('\n'))) {
    const inner = [...text!.matchAll(/`([\w-]+\/)`/g)].map(([, name]) => name!);
    const there = foldersIn(`core/${room!.replaceAll('`', '')}`);
    expect(inner.filter((name) => !there.includes(name))).toEqual([]);
  }
});
