import { shortSha } from '../records/short-sha.ts';
import { suggest } from '../registry/suggest.ts';
import type { Acceptance } from '../tracking/acceptance.ts';
import { judgedValue, nameOf, openPoints, type Point } from './accept.ts';
import { outcomeOf } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** Values are equal when they differ by less than this share: models are the same to the last bit everywhere. */
const SAME = 1e-9;

/** Somebody's word that a point shall not stop a change. */
export interface Accepted extends Pick<Acceptance, 'gate' | 'sha' | 'value' | 'by' | 'at' | 'because'> {
  /** The comment that says so; absent of a file of this machine. */
  readonly url?: string;
}

export interface Acceptances {
  readonly accepted: readonly Accepted[];
  /** Commits that they may name: of a pull request its head, in a merge queue and after a merge those of what is merged. */
  readonly shas: readonly string[];
  /** Why others do not count, each a sentence without a full stop. */
  readonly notes: readonly string[];
}

/**
 * The verdict with what was accepted: such a point keeps its outcome, and no longer counts. What is accepted at a value is not accepted at
 * a worse one, and what is accepted for one commit is not for another.
 *
 * @returns beside it, while anything is left that could be accepted, why acceptances do not count.
 */
export function withAcceptances(
  verdict: Verdict,
  { accepted: all, shas, notes }: Acceptances,
): { readonly verdict: Verdict; readonly warnings: readonly string[] } {
  const open = new Set<Point>(openPoints(verdict));
  const warnings: string[] = [];
  const accepted = <P extends Point>(point: P): P => {
    if (!open.has(point)) return point;
    const own = all.filter(({ gate }) => gate === nameOf(point));
    const here = own.filter(({ sha }) => shas.includes(sha));
    const match = here.findLast(({ value }) => covers(value, point));
    if (match) {
      const { by, at, because, url } = match;
      return { ...point, accepted: { by, at, because, ...(url !== undefined && { url }) } };
    }
    const other = here.at(-1) ?? own.at(-1);
    if (other) warnings.push(whyNot(other, point, shas));
    return point;
  };
  const evaluationSets = verdict.evaluationSets.map(accepted);
  const gates = verdict.gates.map(accepted);
  const found = { ...verdict, missing: verdict.missing.map(accepted), evaluationSets, gates };
  const judged = { ...found, outcome: outcomeOf(found, { isFirst: verdict.outcome === 'first_run' }) };
  if (openPoints(judged).length === 0) return { verdict: judged, warnings: [] };
  return { verdict: judged, warnings: [...warnings, ...unknownGates(all, verdict), ...notes] };
}

/** What an acceptance of a point says of it. */
export function atValue(point: Point): Pick<Acceptance, 'gate' | 'value'> {
  return { gate: nameOf(point), value: judgedValue(point)?.value ?? null };
}

/** Whether what was accepted is not better than what was found. */
function covers(accepted: number | null, point: Point): boolean {
  const found = judgedValue(point);
  if (accepted === null || found === null) return accepted === null && found === null;
  const { value, direction } = found;
  const worse = direction === 'maximize' ? accepted - value : value - accepted;
  return worse <= SAME * Math.max(1, Math.abs(accepted), Math.abs(value));
}

function whyNot({ by, sha, value }: Accepted, point: Point, shas: readonly string[]): string {
  const what = `${nameOf(point)} was accepted by ${by}`;
  if (!shas.includes(sha)) return `${what} for ${shortSha(sha)}, not for this commit`;
  const found = judgedValue(point)?.value ?? null;
  if (value === null) return `${what} without a value; it is ${found} here`;
  return found === null
    ? `${what} at ${value}; it has no value here`
    : `${what} at ${value}; it is worse here, ${found}`;
}

/** Acceptances of what is not judged here: a typing error, most likely. */
function unknownGates(all: readonly Accepted[], { missing, evaluationSets, gates }: Verdict): string[] {
  const known = [...missing, ...evaluationSets, ...gates].map(nameOf);
  const unknown = all.filter(({ gate }) => !known.includes(gate));
  return unknown.map(({ gate, by }) => {
    const near = suggest(gate, known);
    return `${by} accepted \`${gate}\`, which is not judged here${near === undefined ? '' : `; did you mean \`${near}\`?`}`;
  });
}
