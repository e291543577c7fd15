import { describe, expect, it } from 'vitest';
import { generators } from '../datasets/index.ts';
import { createRandom } from '../random/random.ts';
import { categoricalColumn, createTable, type Table } from '../table/table.ts';
import { nearCopies, nearCopiesSentence } from './near-copies.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** Rows of five independent numbers, each followed by so many of its copies. @param noise of a copy, in standard deviations. */
function withCopies(nRows: number, copies: number, noise = 0.01): Table {
  const random = createRandom(nRows + copies, 'near copies');
  const rows = Array.from({ length: nRows }, () => NAMES.map(() => random.normal()));
  const all = rows.flatMap((row) => [
    row,
    ...Array.from({ length: copies }, () => row.map((x) => x + noise * random.normal())),
  ]);
  return createTable(
    NAMES.map((name, f) => ({ kind: 'numeric', name, values: Float64Array.from(all, (row) => row[f]!) })),
  );
}

describe('nearCopies', () => {
  it.each([1, 5])('finds rows with %d copies each, a little noise on them', (copies) => {
    expect(nearCopies(withCopies(300, copies), NAMES)).toMatchObject({ nRows: 500, ratio: expect.closeTo(0.02, 1) });
  });

  it.each<[string, Table]>([
    ['rows that have nothing to do with each other', withCopies(600, 0)],
    [
      'copies of less than half of the rows',
      (() => {
        const [some, others] = [withCopies(100, 1), withCopies(400, 0)];
        return createTable(
          NAMES.map((name, f) => ({
            kind: 'numeric',
            name,
            values: Float64Array.from(
              [some, others].flatMap(({ columns }) => [...(columns[f] as { values: Float64Array }).values]),
            ),
          })),
        );
      })(),
    ],
    ['exact copies, of which another note tells', withCopies(300, 1, 0)],
    ['fewer rows than can tell', withCopies(20, 1)],
    [
      'rows of few values',
      createTable(
        NAMES.map((name, f) =>
          categoricalColumn(
            name,
            Array.from({ length: 400 }, (_, i) => String((i >> f) % 3)),
          ),
        ),
      ),
    ],
  ])('finds none in %s', (_, table) => {
    expect(nearCopies(table, NAMES)).toBeNull();
  });

  it('asks for four features: with fewer, the nearest of many rows is near anyway', () => {
    expect(nearCopies(withCopies(300, 1), NAMES.slice(0, 4))).not.toBeNull();
    expect(nearCopies(withCopies(300, 1), NAMES.slice(0, 3))).toBeNull();
  });

  it.each(generators.all.map((generator) => [generator.id, generator] as const))('finds none in %s', (_, generator) => {
    const table = generator.generate({ rows: 1000, seed: 1 });
    const features = table.columns.map(({ name }) => name).slice(0, -1);
    expect(nearCopies(table, features)).toBeNull();
  });

  it('does not depend on the order of rows, and says what is usual', () => {
    const table = withCopies(300, 1);
    const turned = table.take(Uint32Array.from({ length: table.nRows }, (_, i) => table.nRows - 1 - i));
    expect(nearCopies(turned, NAMES)!.ratio).toBeCloseTo(nearCopies(table, NAMES)!.ratio, 9);
    expect(nearCopiesSentence({ ratio: 0.021, nRows: 500 })).toContain(
      'half of the 500 rows looked at are at most 0.02 times as far',
    );
  });
});
