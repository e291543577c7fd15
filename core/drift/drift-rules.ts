import type { driftTests } from './tests/index.ts';

/** How drift is judged: `drift` in `mlops.yml`, with its defaults. */
export interface DriftRules {
  /** The largest share of drifted columns. */
  readonly maxShare: number;
  /** Which test says how far a column moved. */
  readonly numeric: (typeof driftTests.ids)[number];
  readonly categorical: (typeof driftTests.ids)[number];
  /** By test, where it is not the test's own. */
  readonly thresholds: Readonly<Partial<Record<(typeof driftTests.ids)[number], number>>>;
}

export const DEFAULT_RULES: DriftRules = {
  maxShare: 0.3,
  numeric: 'wasserstein',
  categorical: 'jensenshannon',
  thresholds: {},
};
