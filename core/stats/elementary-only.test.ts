import { describe, expect, it } from 'vitest';
import { lintFile as lint } from '../../test/lint-file.ts';

const REFUSED = 'may differ in the last bit';

describe('the linter', () => {
  it.each([
    ['Math.exp', 'export const odds = (x: number) => Math.exp(x) + 1;\n'],
    ['a function handed on', 'export const logs = [1].map(Math.log);\n'],
    ['the power of an expression', 'export const grow = (x: number) => (x - 1) ** 2 + 1;\n'],
    ['a power of ten', 'export const unit = 10 ** 3 - 1;\n'],
    ['two to a variable power', 'export const scale = (bits: number) => 2 ** bits;\n'],
    ['assignment of a power', 'export function f(x: number) {\n  let y = x;\n  y **= 2;\n  return y;\n}\n'],
  ])('refuses in core/ what may differ between builds: %s', (_, source) => {
    expect(lint('core/models/example.ts', source)).toContain(REFUSED);
  });
  it.each([
    ['square roots and rounding', 'export const f = (x: number) => Math.sqrt(x) + Math.floor(x) + Math.abs(x);\n'],
    ['constants', 'export const f = (x: number) => x * Math.LN2 * 2 ** 53 - 1;\n'],
    ['asterisks in text', "export const f = (x: string) => x + 'a ** b';\n"],
  ])('accepts %s', (_, source) => {
    expect(lint('core/models/example.ts', source)).not.toContain(REFUSED);
  });
  it('lets the elementary functions themselves be compared with Math', () => {
    expect(lint('core/stats/example.test.ts', 'export const e = Math.exp(1);\n')).not.toContain(REFUSED);
  });
});
