import type { Gate } from '../gates/gate-schema.ts';
import type { Difference } from './paired-difference.ts';

/** A drop that is allowed, in the metric's unit. */
export interface AllowedDrop {
  readonly drop: number;
  /** Whether it is a share of the noise, since the baseline's value is too near 0 to take a share of. */
  readonly isOfNoise: boolean;
}

/**
 * What `max_drop` allows: an absolute drop, or a share of the baseline's value. A value that chance could have made 0 is taken for twice its
 * standard error: of an `r2` of .001 two per cent are nothing.
 */
export function allowedDrop(
  maxDrop: NonNullable<Gate['max_drop']>,
  { baseline, baselineError }: Pick<Difference, 'baseline' | 'baselineError'>,
): AllowedDrop {
  if (typeof maxDrop === 'number') return { drop: maxDrop, isOfNoise: false };
  const noise = 2 * (baselineError ?? 0);
  const size = Math.abs(baseline);
  return { drop: (Number.parseFloat(maxDrop) / 100) * Math.max(size, noise), isOfNoise: noise > size };
}
