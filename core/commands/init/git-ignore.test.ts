import { expect, it } from 'vitest';
import { ignoring } from './git-ignore.ts';

it.each([
  ['no file', undefined, ['a/', 'b/'], 'a/\nb/\n'],
  ['other lines', '# mine\nx', ['a/', 'b/'], '# mine\nx\na/\nb/\n'],
  ['one of them, written another way', '/a\n', ['b/'], '/a\nb/\n'],
  ['all of them', 'b\na/', [], 'b\na/'],
  ['line ends of Windows', 'a/\r\nx\r\n', ['b/'], 'a/\r\nx\r\nb/\r\n'],
  ['a line that only looks like one', '# a/\nxa/\n', ['a/', 'b/'], '# a/\nxa/\na/\nb/\n'],
])('adds what is missing to %s', (_title, before, added, after) => {
  const found = ignoring(before, ['a/', 'b/']);
  expect(found.added).toEqual(added);
  expect(found.text).toBe(after);
});
