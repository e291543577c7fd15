import { fSurvival } from '../../stats/f-distribution.ts';
import type { SeedNoise } from './seed-noise.ts';

/** How the seeds of a run's trainings move a metric. */
export interface RepeatedNoise {
  readonly repeats: number;
  /** Of the mean over the repeats; null where nothing is random or there is one repeat. */
  readonly noise: SeedNoise | null;
}

/** Of one metric. */
export interface BothSides {
  readonly baseline: RepeatedNoise;
  readonly candidate: RepeatedNoise;
}

/**
 * Whether the candidate varies more from training to training than the baseline, by an F test of the variances of one training each.
 * A baseline that is not random varies less than any that is. A baseline whose repeats happen to be equal says nothing.
 */
export function isNoisier({ baseline, candidate }: BothSides, level: number): boolean {
  if (!candidate.noise || candidate.noise.variance === 0) return false;
  if (!baseline.noise) return baseline.repeats === 1;
  if (baseline.noise.variance === 0) return false;
  const ratio = (candidate.repeats * candidate.noise.variance) / (baseline.repeats * baseline.noise.variance);
  return fSurvival(ratio, candidate.noise.df, baseline.noise.df) <= level;
}
