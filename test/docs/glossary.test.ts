import { expect, it } from 'vitest';
import { readPage, tableRows } from './pages.ts';

const rows = tableRows(readPage('docs/glossary.md').split('\n'));

it('each row of the glossary has a word, a meaning, and what it is not', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter((cells) => cells.length !== 3 || cells.some((cell) => cell === ''))).toEqual([]);
});

it('the words of the glossary are in alphabetical order, each once', () => {
  const words = rows.map(([word]) => word!);
  const compare = new Intl.Collator('en', { sensitivity: 'base' }).compare;
  expect(words).toEqual([...new Set(words)].sort(compare));
});
