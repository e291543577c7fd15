import { distance } from 'fastest-levenshtein';

/**
 * The candidate closest to a mistyped word, by edit distance without regard to case. Undefined when none is close: more than
 * a third of the letters (rounded up) would have to change.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return bestDistance <= Math.ceil(word.length / 3) ? best : undefined;
}
