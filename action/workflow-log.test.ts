import { describe, expect, it } from 'vitest';
import { toLog } from './workflow-log.ts';

describe('toLog', () => {
  it.each([
    ['a command where a line begins', 'a\n::set-output name=outcome::pass', 'a\n: :set-output name=outcome::pass'],
    ['a command after blanks', ' \t::add-mask::a', '   : :add-mask::a'],
    [
      'a command of the old form, anywhere',
      'column ##[set-output name=outcome]pass',
      'column ## [set-output name=outcome]pass',
    ],
    ['colours and a carriage return', '\u001b[31mred\r::debug::a', '␛[31mred␍::debug::a'],
    ['several lines', 'a: 1\n  b::c\n', 'a: 1\n  b::c\n'],
  ])('makes text of %s', (_, text, shown) => {
    expect(toLog(text)).toBe(shown);
  });
});
