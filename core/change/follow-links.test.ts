import { describe, expect, it } from 'vitest';
import { aCommit } from './commits.fixture.ts';
import { followLinks } from './follow-links.ts';

const circle = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`c${i}`, `-> c${i + 1}`]));
const tree = aCommit('0', {
  'data/rows.csv': 'a\n',
  'link.csv': '-> data/rows.csv',
  'twice.csv': '-> ./link.csv',
  folder: '-> data',
  'deep/up.csv': '-> ../folder/../data/rows.csv',
  'deep/folder': '-> ../folder',
  'none.csv': '-> data/none.csv',
  outside: '-> ../other.csv',
  absolute: '-> /etc/passwd',
  drive: '-> C:\\x',
  'git.csv': '-> .git/HEAD',
  'github.csv': '-> .github/x.csv',
  self: '-> self',
  ...circle,
});

describe('followLinks', () => {
  it.each([
    ['data/rows.csv', 'data/rows.csv'],
    ['link.csv', 'data/rows.csv'],
    ['twice.csv', 'data/rows.csv'],
    ['folder/rows.csv', 'data/rows.csv'],
    ['deep/up.csv', 'data/rows.csv'],
    ['deep/folder/rows.csv', 'data/rows.csv'],
    ['deep/folder/../rows.csv', 'rows.csv'],
    ['none.csv', 'data/none.csv'],
    ['not/there', 'not/there'],
    ['c1', 'c41'],
  ])('%s leads to %s', async (path, found) => expect(await followLinks(tree, path)).toBe(found));

  it.each(['outside', 'absolute', 'drive', 'git.csv', 'github.csv', 'self', 'c0', '../x'])(
    '%s leads nowhere',
    async (path) => expect(await followLinks(tree, path)).toBeNull(),
  );
});
