import type { ModelComparison } from './compare-models.ts';

/** One metric of two runs. */
export interface MetricComparison {
  readonly metric: string;
  readonly direction: 'maximize' | 'minimize';
  /** On the rows that both sides have, where they are paired; else as the runs recorded them. */
  readonly baseline: number | null;
  readonly candidate: number | null;
  /** Candidate − baseline. */
  readonly delta: number | null;
  /** Null where nothing is known of the noise. */
  readonly standardError: number | null;
  readonly degreesOfFreedom: number | null;
  /** Two-sided, H0: no difference. */
  readonly pValue: number | null;
}

/** Two runs beside each other. */
export interface RunComparison {
  /** Ids. */
  readonly baseline: string;
  readonly candidate: string;
  readonly pairing: ModelComparison['pairing'];
  readonly rows: ModelComparison['counts'];
  readonly metrics: readonly MetricComparison[];
  /** What a reader has to know: other data, other rows, no evidence. */
  readonly notes: readonly string[];
}
