/** A distribution given by quantiles: pairs of a standard normal score and a value, both ascending. */
export type QuantileTable = readonly (readonly [score: number, value: number])[];

/** Standard normal scores of commonly published quantiles: 1 %, 25 %, 50 %, 75 % and 99 %. */
export const P01 = -2.326;
export const P25 = -0.674;
export const P50 = 0;
export const P75 = 0.674;
export const P99 = 2.326;

/**
 * The value at a standard normal score: linear between the given quantiles, constant beyond the outermost. Standard normal
 * scores become values of this distribution, and correlated scores become correlated values.
 */
export function atQuantile(table: QuantileTable, score: number): number {
  let i = 1;
  while (i < table.length - 1 && table[i]![0] < score) i++;
  const [[from, low], [to, high]] = [table[i - 1]!, table[i]!];
  const share = Math.max(0, Math.min(1, (score - from) / (to - from)));
  return low + share * (high - low);
}
