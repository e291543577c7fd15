import { log } from './elementary.ts';

const HALF_LOG_TWO_PI = 0.91893853320467274178;

/** log Γ(x) for x > 0 (`scipy.special.gammaln`), absolute error about 1e-13 times its size: Stirling's series, from 15 upwards. */
export function logGamma(x: number): number {
  let shift = 1;
  let z = x;
  for (; z < 15; z++) shift *= z;
  const w = 1 / (z * z);
  const series =
    (1 / 12 + w * (-1 / 360 + w * (1 / 1260 + w * (-1 / 1680 + w * (1 / 1188 + w * (-691 / 360360 + w / 156)))))) / z;
  return (z - 0.5) * log(z) - z + HALF_LOG_TWO_PI + series - log(shift);
}
