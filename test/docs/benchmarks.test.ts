import { describe, expect, it } from 'vitest';
import { SUITES } from '../../bench/suites.ts';
import { tableLines } from '../../bench/table-lines.ts';
import { TABLES } from '../../bench/table-list.ts';
import { readPage, tableRows } from './pages.ts';

const page = readPage('docs/benchmarks.md');
const sections = [...page.matchAll(/^<!-- (\w+) -->\n\n([\s\S]*?)\n\n<!-- \/\1 -->$/gm)].map(([, id, text]) => ({
  id: id!,
  lines: text!.split('\n'),
}));

describe('docs/benchmarks.md has the sections that `npm run bench` writes', () => {
  it('each once, of a suite there is', () => {
    const ids = sections.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids.filter((id) => !SUITES.some((suite) => suite.id === id))).toEqual([]);
    expect(page.match(/^<!-- \w+ -->$/gm)).toHaveLength(ids.length);
  });

  it.each(sections)('$id: title, machine, versions and day', ({ id, lines }) => {
    const { title } = SUITES.find((suite) => suite.id === id)!;
    expect(lines[0]!.startsWith(`## ${title}`)).toBe(true);
    expect(lines[2]).toMatch(/; Node v\d+\.\d+\.\d+; .+; \d{4}-\d{2}-\d{2}$/);
  });
});

describe('the section of unedited tables', () => {
  const lines = sections.find(({ id }) => id === 'tables')!.lines;

  it('has the columns that the suite writes, and a line of each listed table', () => {
    const header = tableLines([]).findLast((line) => line.startsWith('| Table |'))!;
    const rows = tableRows(lines.slice(lines.indexOf(header)));
    expect(rows.map(([name]) => name)).toEqual(TABLES.map(({ from }) => `\`${from}\``));
    expect(rows.filter((cells) => cells.length !== header.split('|').length - 2)).toEqual([]);
  });

  it('lists at least 40 tables', () => {
    expect(TABLES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(TABLES.map(({ from }) => from)).size).toBe(TABLES.length);
  });
});
