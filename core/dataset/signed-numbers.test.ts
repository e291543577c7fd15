import { describe, expect, it } from 'vitest';
import { categoricalColumn } from '../table/table.ts';
import { numbersAlone } from './signed-numbers.ts';

/** What the pandas code makes of a text: both of its patterns mean the same in JavaScript. */
function applied(code: string, text: string): number {
  const marks = /\[\^0-9([.,])-\]/.exec(code)![1]!;
  const minus = text
    .replaceAll('\u2212', code.includes('"\\u2212", "-"') ? '-' : '')
    .replace(/^\s*\((.*)\)\s*$/, code.includes('r"-\\1"') ? '-$1' : '$1');
  const kept = minus.replace(new RegExp(`[^0-9${marks}-]`, 'g'), '');
  return Number(code.includes('.str.replace(",", ".")') ? kept.replace(',', '.') : kept);
}

const of = (text: (i: number) => string) =>
  numbersAlone(
    categoricalColumn(
      'x',
      Array.from({ length: 40 }, (_, i) => text(i)),
    ),
  );

describe('numbersAlone', () => {
  it.each<[(i: number) => string, (i: number) => number]>([
    [(i) => `$${i + 10},835.25 `, (i) => 1000 * (i + 10) + 835.25],
    [(i) => `${i}%`, (i) => i],
    [(i) => `1.${100 + i},50 €`, (i) => 1100 + i + 0.5],
    [(i) => `-${i},5 kg`, (i) => -(i + 0.5)],
    [(i) => `£${i + 1},000`, (i) => 1000 * (i + 1)],
    [(i) => `${i}.5 km/h`, (i) => i + 0.5],
    [(i) => `€ 1,${100 + i}.5`, (i) => 1100 + i + 0.5],
    [(i) => `\u2212${i},5 %`, (i) => -(i + 0.5)],
    [(i) => `(${i}.25)`, (i) => -(i + 0.25)],
    [(i) => `${i + 1}\u00a0${100 + i},5`, (i) => 1000 * (i + 1) + 100 + i + 0.5],
  ])('case %#: the code gives the numbers', (text, number) => {
    const code = of(text)!;
    for (const i of [0, 7, 39]) expect(applied(code, text(i))).toBeCloseTo(number(i), 9);
  });
  it.each<(i: number) => string>([(i) => String(i), (i) => `${'ABCDEFGH'[i % 8]}${i}`, (i) => `word ${i}`])(
    'case %#: is none of other text',
    (text) => {
      expect(of(text)).toBeNull();
    },
  );
});
