import { acceptableValue, acceptLine, REASON } from './accept-line.ts';
import type { GateResult } from './gate-result.ts';
import type { EvaluationSetResult, Missing, Verdict } from './verdict.ts';

/** What can be accepted: of what is missing, all that has a name of its own. */
export type Point = GateResult | EvaluationSetResult | Missing;

/**
 * A point as people name it: `churn.roc_auc`, `churn.roc_auc@Contract=Two year`, `churn.drift`; `churn.evaluation` for a changed evaluation
 * set, `churn.roc_auc.added_rows` for what rows that were added do to a model that was trained twice, `churn.baseline` for everything that lacks a baseline. `churn.removed` for a dataset that was removed, `churn.custom.removed` for a
 * model that is no longer trained, `churn.custom.f1.removed` for a metric that is no longer measured.
 */
export function nameOf(point: Point): string {
  return `${point.dataset}.${nameInDataset(point)}`;
}

function nameInDataset(point: Point): string {
  if ('detail' in point) return [point.model, point.metric, 'removed'].filter((part) => part !== null).join('.');
  if (!('kind' in point)) return 'evaluation';
  if (lacksBaseline(point)) return 'baseline';
  switch (point.kind) {
    case 'floor':
    case 'limit':
      return `${point.metric}${'trainedOn' in point && point.trainedOn === 'all_rows' ? '.added_rows' : ''}${point.slice ? `@${point.slice.column}=${point.slice.value}` : ''}`;
    case 'budget':
      return point.budget;
    case 'drift':
      return 'drift';
  }
}

function lacksBaseline({ reason }: GateResult): boolean {
  return reason === 'no_baseline';
}

/** What a point is accepted at; null where it has no value. */
export function judgedValue(
  point: Point,
): { readonly value: number; readonly direction: 'maximize' | 'minimize' } | null {
  if ('detail' in point) return null;
  if (!('kind' in point)) return { value: point.gone + point.relabelled + (point.edited ?? 0), direction: 'minimize' };
  // Without a baseline it is the comparison that is given up, whatever the value.
  if (lacksBaseline(point)) return null;
  const value = point.kind === 'drift' ? point.share : point.value;
  return value === null ? null : { value, direction: 'direction' in point ? point.direction : 'minimize' };
}

/** Whether something that is missing can be accepted: that nothing at all is expected cannot. */
export function isAcceptable({ removed, model }: Missing): boolean {
  return removed === true || model !== null;
}

/** What does not hold and can be accepted, also where it was. */
export function acceptablePoints({ gates, evaluationSets, missing }: Verdict): Point[] {
  return [
    ...missing.filter(isAcceptable),
    ...evaluationSets.filter(({ outcome }) => outcome !== 'pass'),
    ...gates.filter(({ outcome }) => outcome !== 'pass'),
  ];
}

/** Those of them that nobody accepted. */
export function openPoints(verdict: Verdict): Point[] {
  return acceptablePoints(verdict).filter(({ accepted }) => accepted === undefined);
}

/** The line of a comment that accepts a point as it is, but for the reason. */
export function lineFor(point: Point, sha: string, because: string = REASON): string {
  const judged = judgedValue(point);
  const value = judged && acceptableValue(judged.value, judged.direction);
  return acceptLine({ gate: nameOf(point), value, sha, because });
}
