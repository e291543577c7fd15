import type { Random } from '../../core/random/random.ts';
import { type Column, categoricalColumn, createTable, type Table } from '../../core/table/table.ts';

/**
 * Tables with two features, `a` and `b`, that are equally good: the same signal under two independent noises of one law. Learning
 * from `b` in place of `a` is a change whose true drop is exactly 0, and that moves many rows.
 */

/** How far the classes lie apart in `a`, `b` and `c`, in standard deviations of what is inside a class. */
const APART = { twins: 2, other: 1.4 };
/** Standard deviation of what tells `a` from `b`, where their signal has 1. */
const TWIN_NOISE = 0.5;
/** The same of what a whole site has in common in `a`, or in `b`. */
const SITE_NOISE = 0.7;
/** How much of the target of `rowsInTime` is signal of `a` and `b`, signal of `c`, and neither. */
const IN_TIME = { twins: 1, other: 0.7, rest: 0.8 };

/** So many rows of the positive class, and the rest of the other, in any order. */
export function fewRows(random: Random, rows: number, positives: number): Table {
  const classes = random.shuffle(Array.from({ length: rows }, (_, i) => Number(i < positives)));
  return createTable(columnsOf(random, classes));
}

/** Rows of sites, in which features are off by something that the whole site has in common. */
export function rowsOfSites(random: Random, sizes: readonly number[], share: number, prefix: string): Table {
  const sites = sizes.flatMap((size, site) => Array.from({ length: size }, () => site));
  const classes = sites.map(() => Number(random.uniform() < share));
  const off = { a: sizes.map(() => SITE_NOISE * random.normal()), b: sizes.map(() => SITE_NOISE * random.normal()) };
  const moved = columnsOf(random, classes).map((column) => {
    if (column.kind !== 'numeric' || (column.name !== 'a' && column.name !== 'b')) return column;
    const ofSite = off[column.name];
    return { ...column, values: column.values.map((value, row) => value + ofSite[sites[row]!]!) };
  });
  return createTable([
    ...moved,
    categoricalColumn(
      'site',
      sites.map((site) => `${prefix}-${site}`),
    ),
  ]);
}

/** Sizes that fall as 1, ½, ⅓, ¼ …, and add up to `rows`. */
export function unequalSizes(rows: number, sites: number): number[] {
  const total = Array.from({ length: sites }, (_, i) => 1 / (i + 1)).reduce((sum, each) => sum + each, 0);
  const ends = Array.from({ length: sites + 1 }, (_, end) =>
    Math.round(
      (rows * Array.from({ length: end }, (__, i) => 1 / (i + 1)).reduce((sum, each) => sum + each, 0)) / total,
    ),
  );
  return ends.slice(1).map((end, i) => end - ends[i]!);
}

/** Half of the distinct rows once, the others `times` times each, target and all. */
export function copiedRows(random: Random, distinct: number, times: number, positives: number): Table {
  const once = fewRows(random, distinct, positives);
  const places = Array.from({ length: distinct }, (_, row) => row).flatMap((row) =>
    Array.from({ length: row % 2 === 0 ? 1 : times }, () => row),
  );
  return once.take(random.shuffle(places));
}

/** Rows one after the other: features, their noise and what no feature shows each remember the row before. */
export function rowsInTime(random: Random, rows: number, memory: number): Table {
  const [signal, other, rest, ofA, ofB] = Array.from({ length: 5 }, () => remembering(random, rows, memory)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const numeric = (name: string, at: (row: number) => number): Column => ({
    kind: 'numeric',
    name,
    values: Float64Array.from({ length: rows }, (_, row) => at(row)),
  });
  return createTable([
    numeric('t', (row) => row),
    numeric('a', (row) => signal[row]! + TWIN_NOISE * ofA[row]!),
    numeric('b', (row) => signal[row]! + TWIN_NOISE * ofB[row]!),
    numeric('c', (row) => other[row]!),
    numeric('y', (row) => IN_TIME.twins * signal[row]! + IN_TIME.other * other[row]! + IN_TIME.rest * rest[row]!),
  ]);
}

/** An autoregressive series of order 1 with mean 0 and variance 1 from its first value on: xₜ = ρ·xₜ₋₁ + √(1 − ρ²)·normal. */
export function remembering(random: Random, length: number, memory: number): Float64Array {
  const fresh = Math.sqrt(1 - memory * memory);
  const series = new Float64Array(length);
  for (let i = 0; i < length; i++)
    series[i] = i === 0 ? random.normal() : memory * series[i - 1]! + fresh * random.normal();
  return series;
}

function columnsOf(random: Random, classes: readonly number[]): Column[] {
  const normals = (at: (row: number) => number) =>
    Float64Array.from({ length: classes.length }, (_, row) => at(row) + random.normal());
  const signal = normals((row) => APART.twins * classes[row]!);
  const twin = (name: string): Column => ({
    kind: 'numeric',
    name,
    values: signal.map((value) => value + TWIN_NOISE * random.normal()),
  });
  return [
    twin('a'),
    twin('b'),
    { kind: 'numeric', name: 'c', values: normals((row) => APART.other * classes[row]!) },
    { kind: 'numeric', name: 'd', values: normals(() => 0) },
    categoricalColumn(
      'y',
      classes.map((label) => (label === 1 ? 'yes' : 'no')),
    ),
  ];
}
