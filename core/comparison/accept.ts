import { shortSha } from '../records/short-sha.ts';
import type { Acceptance } from '../tracking/acceptance.ts';
import type { GateResult } from './gate-result.ts';
import { outcomeOf } from './judge.ts';
import type { EvaluationSetResult, Missing, Verdict } from './verdict.ts';

/** Values are equal when they differ by less than this share: models are the same to the last bit everywhere. */
const SAME = 1e-9;

/** What can be accepted: of what is missing, all that has a name of its own. */
type Point = GateResult | EvaluationSetResult | Missing;

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

/** What an acceptance of it has to state. */
export function statedBy(point: Point): Pick<Acceptance, 'gate' | 'kind' | 'value'> {
  const gate = nameOf(point);
  if ('detail' in point) return { gate, kind: 'removed', value: null };
  if (!('kind' in point))
    return { gate, kind: 'evaluation', value: point.gone + point.relabelled + (point.edited ?? 0) };
  // Without a baseline it is the comparison that is given up, whatever the value.
  if (lacksBaseline(point)) return { gate, kind: 'baseline', value: null };
  return { gate, kind: point.kind, value: point.kind === 'drift' ? point.share : point.value };
}

/** Whether something that is missing can be accepted: that nothing at all is expected cannot. */
export function isAcceptable({ removed, model }: Missing): boolean {
  return removed === true || model !== null;
}

/** What does not hold and can be accepted. */
export function openPoints({ gates, evaluationSets, missing }: Verdict): Point[] {
  return [
    ...missing.filter(isAcceptable),
    ...evaluationSets.filter(({ outcome }) => outcome !== 'pass'),
    ...gates.filter(({ outcome }) => outcome !== 'pass'),
  ];
}

/**
 * The verdict with what was accepted for these commits: such a point keeps its outcome, and no longer counts. An acceptance of the same gate for another commit, or of another value, does nothing but give a warning.
 *
 * @param shas the commit that was judged, and of a pull request its own head.
 */
export function withAcceptances(
  verdict: Verdict,
  acceptances: readonly Acceptance[],
  shas: readonly string[],
): { readonly verdict: Verdict; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const accepted = <P extends Point>(point: P): P => {
    if ('detail' in point ? !isAcceptable(point) : point.outcome === 'pass') return point;
    const stated = statedBy(point);
    const own = acceptances.filter(({ gate, kind }) => gate === stated.gate && kind === stated.kind);
    const here = own.filter(({ sha }) => shas.includes(sha));
    const match = here.findLast(({ value }) => isSame(value, stated.value));
    if (match) return { ...point, accepted: { by: match.by, at: match.at, because: match.because } };
    const other = here.at(-1) ?? own.at(-1);
    if (here.length > 0) {
      warnings.push(`${stated.gate} was accepted by ${other!.by} with another value (${other!.value})`);
    } else if (other) {
      warnings.push(`${stated.gate} was accepted by ${other.by} for ${shortSha(other.sha)}, not for this commit`);
    }
    return point;
  };
  const evaluationSets = verdict.evaluationSets.map(accepted);
  const gates = verdict.gates.map(accepted);
  const found = { ...verdict, missing: verdict.missing.map(accepted), evaluationSets, gates };
  return { verdict: { ...found, outcome: outcomeOf(found, { isFirst: verdict.outcome === 'first_run' }) }, warnings };
}

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a), Math.abs(b));
}
