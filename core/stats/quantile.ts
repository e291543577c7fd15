/** The quantile of ascending values, interpolated as `numpy.quantile` does; NaN of none. */
export function quantile(ascending: ArrayLike<number>, p: number): number {
  if (ascending.length === 0) return Number.NaN;
  const at = p * (ascending.length - 1);
  const low = Math.floor(at);
  const [below, above] = [ascending[low]!, ascending[Math.min(low + 1, ascending.length - 1)]!];
  // Not as `below + (above - below) * …`, which may overflow.
  return above === below ? below : below * (1 - (at - low)) + above * (at - low);
}
