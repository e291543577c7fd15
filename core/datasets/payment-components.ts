/** Standard deviations of V1 … V28 among honest payments, decreasing as in a principal component analysis. */
export const SPREADS = [
  1.96, 1.65, 1.52, 1.42, 1.38, 1.33, 1.24, 1.19, 1.1, 1.09, 1.02, 1, 1, 0.96, 0.92, 0.88, 0.85, 0.84, 0.81, 0.77, 0.73,
  0.73, 0.62, 0.61, 0.52, 0.48, 0.4, 0.33,
] as const;

/** Mean difference of frauds from honest payments in V1 … V28: largest in V14, V17, V12 and V10, 0 from V22 on. */
export const FRAUD_SHIFTS = [
  -2.8, 2.2, -4.2, 3.4, -1.8, -0.8, -3.4, 0.3, -1.9, -4.3, 3.1, -5, -0.1, -5.6, 0, -3.4, -5.2, -1.7, 0.5, 0.2, 0.4,
] as const;

/** Names of the components. */
export const COMPONENTS: readonly string[] = SPREADS.map((_, i) => `V${i + 1}`);
