import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages, readPage, root } from './pages.ts';

/** Links of a page to files of the repository: `[text](target)`, outside of code. */
function localLinks(page: string): string[] {
  const prose = readPage(page)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!).filter((target) => !/^\w+:/.test(target));
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): string[] {
  const headings = readPage(page)
    .replace(/^```[\s\S]*?^```/gm, '')
    .matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('links between pages', () => {
  it.each(pages)('%s', (page) => {
    const broken = localLinks(page).filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

it('files of the repository that a page names exist', () => {
  const createdByRecipe = ['core/metrics/mse.ts', 'core/commands/tables.ts'];
  const named = pages
    // A record describes the day of its decision.
    .filter((page) => !page.startsWith('docs/decisions/'))
    .flatMap((page) => {
      const paths = readPage(page).matchAll(/`((?:action|bench|cli|core|github|scripts|simulation|test)\/[\w./-]+)`/g);
      return [...paths].map(([, path]) => ({ page, path: path! }));
    });
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ path }) => !createdByRecipe.includes(path) && !existsSync(join(root, path)))).toEqual([]);
});

it('the index of the documentation links each page', () => {
  const linked = localLinks('docs/README.md').map((target) => normalize(join('docs', target)));
  const expected = pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
  expect(expected.filter((page) => !linked.includes(page))).toEqual([]);
});

it('the index of decisions has each record, in order, under its own title', () => {
  const records = pages.filter((page) => /^docs\/decisions\/\d{4}-/.test(page));
  const rows = records.map((page) => {
    const [, number, title] = /^# (\d{4}): (.+)\n/.exec(readPage(page)) ?? [];
    return `| ${number} | [${title}](${page.slice('docs/decisions/'.length)}) |`;
  });
  const listed = readPage('docs/decisions/README.md').match(/^\| \d{4} .*$/gm);
  expect(listed).toEqual(rows);
});
