/**
 * The chance that so many or more of the rows on which two sides differ are worse, if each could as well be better: McNemar's exact test,
 * one-sided (`scipy.stats.binom.sf(worse - 1, worse + better, 0.5)`). For at most some hundreds of rows.
 */
export function mcNemarExact(worse: number, better: number): number {
  return upperTail(worse, better).atLeast;
}

/**
 * The same, where what was seen counts half (mid-p, Lancaster 1961; Fagerland, Lydersen & Laake 2013): the exact test is too careful, since
 * few rows have few outcomes.
 */
export function mcNemarMidP(worse: number, better: number): number {
  const { atLeast, exactly } = upperTail(worse, better);
  return atLeast - exactly / 2;
}

function upperTail(worse: number, better: number): { readonly atLeast: number; readonly exactly: number } {
  const n = worse + better;
  let term = 1;
  for (let i = 0; i < n; i++) term /= 2;
  let atLeast = term;
  // From all worse downwards: each term is the one before it times (i + 1) / (n − i).
  for (let i = n - 1; i >= worse; i--) {
    term *= (i + 1) / (n - i);
    atLeast += term;
  }
  return { atLeast: Math.min(1, atLeast), exactly: term };
}
