/** What is measured of times, which no seed repeats. */
export const LIMIT = 0.2;
export const ROWS = 1000;
export const TREES = 120;
export const FOLDS = 5;
/** As many rounds are made as begin within this time. */
export const MINUTES = 7;

/** A kind of change. */
export interface TimesCell {
  readonly name: string;
  readonly trees: number;
  /** In each round. */
  readonly pairs: number;
}

export const timesCells: readonly TimesCell[] = [
  { name: 'the same model', trees: TREES, pairs: 2 },
  { name: '45 % more trees', trees: 174, pairs: 1 },
];
