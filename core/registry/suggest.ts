import { distance } from 'fastest-levenshtein';

/**
 * The candidate closest to a mistyped word, by edit distance without regard to case and blanks around it. Undefined when none is close: more than one
 * letter and more than a third of them would have to change, or other than two that were swapped.
 *
 * @example
 * suggest('chrun', ['churn']) // 'churn'
 * suggest('usage', ['age']) // undefined
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const d = distance(plain(word), plain(candidate));
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  if (best === undefined) return undefined;
  const close = Math.max(word.length > 1 ? 1 : 0, Math.floor(word.length / 3));
  return bestDistance <= close || (bestDistance === 2 && lettersOf(word) === lettersOf(best)) ? best : undefined;
}

function lettersOf(word: string): string {
  return [...plain(word)].sort().join('');
}

function plain(word: string): string {
  return word.trim().toLowerCase();
}
