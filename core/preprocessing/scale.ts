/** Parameters to standardise a feature. */
export interface Scale {
  readonly mean: number;
  /** Standard deviation with n in the denominator; 0 for a constant feature. */
  readonly sd: number;
}

const EPSILON = Number.EPSILON;
/** 2⁶⁰⁰. Values beyond LARGE or SMALL are scaled by it, as their squares would not fit a double. */
const BIG_POWER = 4.149515568880993e180;
const LARGE = 1e100;
const SMALL = 1e-100;

/**
 * Mean and standard deviation of values without NaN, as in `sklearn.preprocessing.StandardScaler` (1.9). As there, a feature
 * whose spread is within the rounding error of its mean is constant. Sums are computed in the order of the values, so the
 * result depends on nothing else.
 */
export function fitScale(values: Float64Array): Scale {
  const n = values.length;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return { mean: 0, sd: 0 };
  const unit = largest > LARGE ? 1 / BIG_POWER : largest < SMALL ? BIG_POWER : 1;

  let sum = 0;
  for (const value of values) sum += value * unit;
  const rough = sum / n;
  let drift = 0;
  let squares = 0;
  for (const value of values) {
    const deviation = value * unit - rough;
    drift += deviation;
    squares += deviation * deviation;
  }
  const mean = rough + drift / n;
  const variance = Math.max(0, (squares - (drift * drift) / n) / n);
  const rounding = n * Math.abs(mean) * EPSILON;
  const constant = variance <= n * EPSILON * variance + rounding * rounding;
  return { mean: mean / unit + 0, sd: constant ? 0 : Math.sqrt(variance) / unit };
}

/** (value − mean) / sd for each value; all 0 when sd is 0. The result is always finite. */
export function standardise(values: Float64Array, { mean, sd }: Scale): Float64Array {
  if (sd === 0) return new Float64Array(values.length);
  return values.map((value) => {
    const z = (value - mean) / sd;
    if (Number.isFinite(z)) return z;
    const halved = (value / 2 - mean / 2) / (sd / 2);
    return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, halved));
  });
}
