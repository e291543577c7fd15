import { isNoisier } from '../evaluation/uncertainty/repeated-noise.ts';
import { studentTQuantile } from '../stats/student-t.ts';
import { ALPHA, provableDrop } from './detectable-drop.ts';
import type { LimitGate } from './gate-result.ts';
import { NO_HITS } from './hard-hits.ts';
import type { LimitTest } from './judge-limit.ts';
import type { Difference } from './paired-difference.ts';

/** Repeats that a candidate is trained to where its seeds move a metric more than the baseline's do. */
export const MANY_REPEATS = 10;
/** From which chance on it is worth training more often, and from which on it is held against the candidate. */
const WORTH_TRAINING = 0.05;
const NOISIER = 0.01;

/**
 * Whether a candidate should be trained more often before it is judged: it is noisier, and a drop past the limit is neither proved nor
 * excluded.
 *
 * @param nLimits how many limits a pull request may have in all.
 */
export function needsRepeats({ difference, allowed, pValue }: LimitTest, nLimits: number): boolean {
  if (!difference?.repeated || allowed === null || pValue === null) return false;
  if (difference.repeated.candidate.repeats >= MANY_REPEATS || !isNoisier(difference.repeated, WORTH_TRAINING))
    return false;
  const isProved = difference.drop > allowed && pValue <= ALPHA / nLimits;
  return !isProved && !isExcluded(difference, allowed);
}

/**
 * What a limit comes to where the candidate is noisier than the baseline, after ten repeats, and still nothing is proved. If the limit
 * could be decided with the baseline's noise, the change made it undecidable: that fails. Otherwise the limit was too small before.
 */
export function withNoisyCandidate(gate: LimitGate, test: LimitTest, nLimits: number): LimitGate {
  const { difference, allowed } = test;
  if ((gate.outcome !== 'pass' && gate.outcome !== 'inconclusive') || !difference?.repeated || allowed === null)
    return gate;
  const { baseline, candidate } = difference.repeated;
  if (candidate.repeats < MANY_REPEATS || !isNoisier(difference.repeated, NOISIER)) return gate;
  if (isExcluded(difference, allowed)) return gate;
  const { rows, seedsInRows } = difference.parts!;
  const quiet = Math.sqrt(rows + Math.max(0, 2 * (baseline.noise?.variance ?? 0) - seedsInRows));
  const wasDecidable =
    allowed >= provableDrop({ ...difference, hits: NO_HITS, standardError: quiet, earlier: [] }, nLimits);
  return { ...gate, outcome: wasDecidable ? 'fail' : 'inconclusive', reason: 'too_noisy' };
}

/** Whether no drop past the limit is left: the upper 95 % bound is within it. */
function isExcluded({ drop, standardError, df }: Difference, allowed: number): boolean {
  return standardError !== null && drop + studentTQuantile(0.95, df) * standardError <= allowed;
}
