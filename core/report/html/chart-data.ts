import type { Point } from './charts.ts';

/** What the script of the page draws: one entry per figure, as JSON in the page. Names are data to it, never HTML. */
export type ChartData = CurveChart | IntervalChart | BarChart | GridChart | HistogramChart | TrialChart;

/** Lines in the unit square. */
export interface CurveChart {
  readonly kind: 'curves';
  readonly x: string;
  readonly y: string;
  readonly lines: readonly { readonly name: string; readonly points: readonly Point[]; readonly isBaseline: boolean }[];
  /** What a guess would give. */
  readonly guess: readonly Point[];
}

/** A value and its 95 % interval per model, of this change and of the baseline. */
export interface IntervalChart {
  readonly kind: 'intervals';
  readonly rows: readonly {
    readonly name: string;
    readonly candidate: Interval | null;
    readonly baseline: Interval | null;
  }[];
}

export interface Interval {
  readonly value: number;
  /** Null where none is valid. */
  readonly ci: readonly [number, number] | null;
}

/** One bar per name, longest first. */
export interface BarChart {
  readonly kind: 'bars';
  readonly unit: string;
  readonly bars: readonly { readonly name: string; readonly value: number; readonly isMarked?: boolean }[];
  /** A line across all bars. */
  readonly threshold?: number;
}

/** How many rows lie in each bin of predicted and actual values. */
export interface GridChart {
  readonly kind: 'grid';
  readonly edges: readonly number[];
  readonly cells: readonly (readonly [predicted: number, actual: number, rows: number])[];
}

export interface HistogramChart {
  readonly kind: 'histogram';
  readonly edges: readonly number[];
  readonly candidate: readonly number[];
  readonly baseline: readonly number[] | null;
}

/** Values in the order of trials, and the best so far. */
export interface TrialChart {
  readonly kind: 'trials';
  readonly metric: string;
  readonly trials: readonly (readonly [number: number, value: number])[];
  readonly best: readonly (readonly [number: number, value: number])[];
}
