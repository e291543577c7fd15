import { exp } from '../stats/elementary.ts';
import { logGamma } from '../stats/log-gamma.ts';
import type { Random } from './random.ts';

/**
 * How many marked balls are among `drawn` balls from an urn with `marked` marked and `others` other ones. By inversion from the mode
 * outwards: about as many steps as the standard deviation.
 */
export function drawHypergeometric(random: Random, marked: number, others: number, drawn: number): number {
  const low = Math.max(0, drawn - others);
  const high = Math.min(marked, drawn);
  if (low === high) return low;
  const mode = Math.min(high, Math.max(low, Math.floor(((drawn + 1) * (marked + 1)) / (marked + others + 2))));
  const total = marked + others;
  const atMode = exp(logChoose(marked, mode) + logChoose(others, drawn - mode) - logChoose(total, drawn));
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

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
