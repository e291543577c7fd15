import { exp, log } from '../stats/elementary.ts';
import type { Random } from './random.ts';

/** log 0!, log 1!, …, log n! */
export function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) logs[i] = logs[i - 1]! + log(i);
  return logs;
}

/**
 * How many marked balls are among `drawn` balls from an urn with `marked` marked and `others` other ones. By inversion from the mode
 * outwards: about as many steps as the standard deviation.
 *
 * @param logs `logFactorials` of all balls, or of more.
 */
export function drawHypergeometric(
  random: Random,
  logs: Float64Array,
  { marked, others, drawn }: { readonly marked: number; readonly others: number; readonly drawn: number },
): number {
  const low = Math.max(0, drawn - others);
  const high = Math.min(marked, drawn);
  if (low === high) return low;
  const mode = Math.min(high, Math.max(low, Math.floor(((drawn + 1) * (marked + 1)) / (marked + others + 2))));
  const atMode = exp(
    logChoose(logs, marked, mode) + logChoose(logs, others, drawn - mode) - logChoose(logs, marked + others, drawn),
  );
  let rest = random.uniform() - atMode;
  if (rest < 0) return mode;
  let [down, up] = [mode, mode];
  let [below, above] = [atMode, atMode];
  while (down > low || up < high) {
    if (up < high) {
      above *= ((marked - up) * (drawn - up)) / ((up + 1) * (others - drawn + up + 1));
      up++;
      rest -= above;
      if (rest < 0) return up;
    }
    if (down > low) {
      below *= (down * (others - drawn + down)) / ((marked - down + 1) * (drawn - down + 1));
      down--;
      rest -= below;
      if (rest < 0) return down;
    }
    // Rounding may leave a little that no value takes.
    if (above < 1e-18 && below < 1e-18) break;
  }
  return mode;
}

function logChoose(logs: Float64Array, n: number, k: number): number {
  return logs[n]! - logs[k]! - logs[n - k]!;
}
