import { describe, expect, it } from 'vitest';
import { categoricalColumn, createTable, valueText } from '../core/table/table.ts';
import { degradations, rearranged, renamed } from './changes.ts';
import type { Source } from './tables.ts';

const table = createTable([
  { kind: 'numeric', name: 'a', values: Float64Array.from({ length: 2000 }, (_, i) => i % 7) },
  categoricalColumn(
    'b',
    Array.from({ length: 2000 }, (_, i) => 'xyz'[i % 3]),
  ),
]);
const features = ['a', 'b'];
const source = {
  ...{ id: 'made', origin: '', target: 'y', task: 'regression', sizes: [700], metrics: ['r2'], features },
  ...{ blurred: ['a'], leftOut: [['b']], sensitivity: 1, rare: false, sample: async () => table },
} satisfies Source;

describe('changes that make nothing worse', () => {
  it('rename every column and keep its values', () => {
    const { table: change, features: rename } = renamed(2);
    const changed = change!(table, 1);
    expect(rename!(features)).toEqual(['a_v2', 'b_v2']);
    expect(changed.columns.map(({ name }) => name)).toEqual(['a_v2', 'b_v2']);
    expect(valueText(changed.column('b_v2')!, 4)).toBe('y');
  });
  it('turn the columns round', () => {
    expect(rearranged.features!(features)).toEqual(['b', 'a']);
  });
});

describe('changes that make models worse', () => {
  const changes = degradations(source, 700, 'random_forest');
  it.each(changes.map((change) => [change.id, change] as const))(
    '%s: name features the table then has',
    (_, change) => {
      const changed = change.table ? change.table(table, 1) : table;
      const used = change.features ? change.features(features) : features;
      expect(used.every((name) => changed.column(name))).toBe(true);
      expect(change.params !== undefined || used.join() !== features.join()).toBe(true);
    },
  );
  it('blur more and more, the same for a replicate, another for the next', () => {
    const noise = (i: number, replicate: number) => {
      const column = changes[i]!.table!(table, replicate).columns.at(-1) as { values: Float64Array };
      return column.values.map((value, row) => value - (row % 7));
    };
    const sd = (values: Float64Array) => Math.hypot(...values) / Math.sqrt(values.length);
    expect(sd(noise(0, 1))).toBeCloseTo(0.15 * 2, 1);
    expect(sd(noise(2, 1))).toBeCloseTo(0.4 * 2, 1);
    expect(noise(0, 1)).toEqual(noise(0, 1));
    expect(noise(0, 1)).not.toEqual(noise(0, 2));
  });
  it('leave the data alone where only the model is smaller', () => {
    const fewer = changes.find(({ id }) => id === 'fewer trees')!;
    expect(fewer).toMatchObject({ params: { n_estimators: 5 } });
    expect(fewer.table).toBeUndefined();
  });
  it('know no fewer trees of a straight line', () => {
    expect(degradations(source, 700, 'linear_regression').map(({ id }) => id)).not.toContain('fewer trees');
  });
});
