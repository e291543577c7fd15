import type { DriftGate } from '../comparison/gate-result.ts';
import type { Drift } from './drift-result.ts';

/** `drift` of `mlops.yml` where it sets a gate. */
export interface DriftGateRule {
  readonly maxShare: number;
  /** Whether drift past the share stops a merge. */
  readonly fail: boolean;
}

/**
 * What the drift of a dataset comes to.
 *
 * @param drift null: there is no table to compare with.
 */
export function driftGate(
  dataset: string,
  drift: Pick<Drift, 'judged' | 'moved' | 'share'> | null,
  { maxShare, fail }: DriftGateRule,
): DriftGate {
  const gate = {
    kind: 'drift' as const,
    dataset,
    written: `max_share: ${maxShare}${fail ? '' : ', fail: false'}`,
    columns: drift?.judged ?? 0,
    moved: drift?.moved ?? [],
    share: drift?.share ?? null,
    allowed: maxShare,
  };
  if (!drift) return { ...gate, outcome: fail ? 'not_comparable' : 'pass', reason: 'no_reference' };
  if (drift.share === null) return { ...gate, outcome: fail ? 'inconclusive' : 'pass', reason: 'too_few_rows' };
  if (drift.share <= maxShare) return { ...gate, outcome: 'pass', reason: 'within_share' };
  return { ...gate, outcome: fail ? 'fail' : 'pass', reason: 'past_share' };
}
