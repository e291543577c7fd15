import { describe, expect, it } from 'vitest';
import { fill, placeholdersOf } from './placeholders.ts';

const values = new Map([
  ['depth', '5'],
  ['path', 'two words; {depth} $HOME'],
  ['', 'never'],
]);

describe('an argument', () => {
  it.each([
    ['--depth={depth}', ['depth'], '--depth=5'],
    ['{depth}{depth}', ['depth', 'depth'], '55'],
    ['{path}', ['path'], 'two words; {depth} $HOME'],
    ['{{depth}}', [], '{depth}'],
    ['{{{depth}}}', ['depth'], '{5}'],
    ['BEGIN {{ print 1 }}', [], 'BEGIN { print 1 }'],
    ['no braces', [], 'no braces'],
    ['', [], ''],
  ])('%j has the placeholders %j and becomes %j', (argument, names, filled) => {
    expect(placeholdersOf(argument)).toEqual(names);
    expect(fill(argument, values)).toBe(filled);
  });
  it.each(['{', '}', 'a { b', '{depth', 'depth}', '{depth}}', '{{depth}', '{{}'])(
    '%j has a brace that stands alone',
    (argument) => {
      expect(placeholdersOf(argument)).toBeUndefined();
    },
  );
});
