import type { Acceptance } from '../tracking/acceptance.ts';
import { outcomeOf } from './judge.ts';
import type { EvaluationSetResult, GateResult, Verdict } from './verdict.ts';

/** Values are equal when they differ by less than this share: models are the same to the last bit everywhere. */
const SAME = 1e-9;

/** A gate or exam as people name it: `churn.roc_auc`, `churn.roc_auc@Contract=Two year`, `churn.data`. */
export function nameOf(each: GateResult | EvaluationSetResult): string {
  if (!('metric' in each)) return `${each.dataset}.data`;
  return `${each.dataset}.${each.metric}${each.slice ? `@${each.slice.column}=${each.slice.value}` : ''}`;
}

/** What an acceptance of it has to state. */
export function statedBy(each: GateResult | EvaluationSetResult): Pick<Acceptance, 'gate' | 'kind' | 'value'> {
  const isGate = 'metric' in each;
  return {
    gate: nameOf(each),
    kind: isGate ? each.kind : 'data',
    value: isGate ? each.value : each.gone + each.relabelled,
  };
}

/** Gates that do not hold, and exams that are not the same. */
export function openPoints({ gates, evaluationSets }: Verdict): (GateResult | EvaluationSetResult)[] {
  return [
    ...evaluationSets.filter(({ outcome }) => outcome === 'fail'),
    ...gates.filter(({ outcome }) => outcome !== 'pass'),
  ];
}

/**
 * The verdict with what was accepted for these commits: such a gate keeps what it came to, and no longer counts. What is missing
 * cannot be accepted. An acceptance of the same gate for another commit, or of another value, does nothing and is told of.
 *
 * @param shas the commit that was judged, and of a pull request its own head.
 */
export function withAcceptances(
  verdict: Verdict,
  acceptances: readonly Acceptance[],
  shas: readonly string[],
): { readonly verdict: Verdict; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const accepted = <Point extends GateResult | EvaluationSetResult>(point: Point): Point => {
    if (point.outcome === 'pass') return point;
    const stated = statedBy(point);
    const own = acceptances.filter(({ gate, kind }) => gate === stated.gate && kind === stated.kind);
    const here = own.filter(({ sha }) => shas.includes(sha));
    const match = here.findLast(({ value }) => isSame(value, stated.value));
    if (match) return { ...point, accepted: { by: match.by, at: match.at, because: match.because } };
    const other = here.at(-1) ?? own.at(-1);
    if (here.length > 0) {
      warnings.push(`${stated.gate} was accepted by ${other!.by} with another value, ${other!.value}`);
    } else if (other) {
      warnings.push(`${stated.gate} was accepted by ${other.by} for ${other.sha.slice(0, 7)}, not for this commit`);
    }
    return point;
  };
  const evaluationSets = verdict.evaluationSets.map(accepted);
  const gates = verdict.gates.map(accepted);
  const counted = <Point extends { readonly accepted?: unknown }>(points: readonly Point[]) =>
    points.filter((point) => point.accepted === undefined);
  const outcome = outcomeOf(verdict.missing, counted(evaluationSets), counted(gates));
  return { verdict: { ...verdict, evaluationSets, gates, outcome }, warnings };
}

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a), Math.abs(b));
}
