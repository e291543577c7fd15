import { globSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPage, root } from './pages.ts';

const workflows = globSync('.github/workflows/*.yml', { cwd: root });

it('each action is pinned by its full commit SHA, with the version as a comment', () => {
  const uses = workflows.flatMap((path) => readPage(path).match(/^.*\buses:.*$/gm) ?? []);
  expect(uses.length).toBeGreaterThan(5);
  expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

it('CI runs each suite of package.json', () => {
  const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Record<string, string> };
  const ci = readPage('.github/workflows/ci.yml');
  const suites = Object.keys(scripts).filter((name) => /^(test:|check$|simulate$)/.test(name));
  expect(suites.length).toBeGreaterThan(8);
  expect(suites.filter((name) => !ci.includes(`npm run ${name}`))).toEqual([]);
});
