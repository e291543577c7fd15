/** What is measured of times, which no seed repeats. Fixed before the first figure was seen. */
export const LIMIT = 0.2;
export const ROWS = 1000;
export const TREES = 120;

/** A kind of change. */
export interface TimesCell {
  readonly name: string;
  readonly trees: number;
  readonly pairs: number;
}

/** The first is a change that no forest notices: trees never grow so deep. */
export const timesCells: readonly TimesCell[] = [
  { name: 'the same model', trees: TREES, pairs: 24 },
  { name: '45 % more trees', trees: 174, pairs: 12 },
];
