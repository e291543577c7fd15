import type { ModelId } from './model-id.ts';
import type { Observation } from './observe.ts';
import { type Group, HARMLESS, NO_PULL_REQUEST } from './plan.ts';
import { fitProbit, type ProbitFit, probitAt } from './probit.ts';
import type { Replicate } from './replicate.ts';
import { type Evidence, historyOf } from './rules.ts';
import type { Size } from './tables.ts';

/** One simulated pull request, with what is known of its truth. */
export interface PullRequest {
  readonly group: Group;
  readonly metric: string;
  readonly kind: string;
  readonly harmless: boolean;
  readonly observation: Observation;
  /** 0 where nothing became worse; else the mean drop of this change over all replicates of the table. */
  readonly trueDrop: number;
  readonly evidence: Evidence;
}

/** Pull requests that a promise is checked on together. */
export interface Cell {
  readonly size: Size;
  /** Whether one row in five hundred is positive. */
  readonly rare: boolean;
  readonly metric: string;
  readonly model: ModelId;
  readonly harmless: readonly PullRequest[];
  readonly worse: readonly PullRequest[];
}

/** True drops as multiples of the printed one that still say something of the chance at 1. */
const FARTHEST = 2.5;

/** Every pull request of the replicates of a group. */
export function pullRequestsOf(group: Group, replicates: readonly Replicate[]): PullRequest[] {
  const all = replicates.flatMap(({ observations, runs }) =>
    observations.map((observation) => {
      const pair = group.pairs[observation.pair]!;
      const { metric } = observation;
      return {
        ...{ group, metric, kind: pair.kind, harmless: HARMLESS.includes(pair.kind), observation },
        evidence: {
          ...{ metric, observation, baseline: runs[pair.baseline]!, candidate: runs[pair.candidate]! },
          history: historyOf(runs, group.onMain, pair, metric),
        },
      };
    }),
  );
  const drops = Map.groupBy(all, ({ metric, kind }) => `${metric} ${kind}`);
  return all.map((one): PullRequest => {
    const alike = drops.get(`${one.metric} ${one.kind}`)!;
    const trueDrop = one.harmless ? 0 : mean(alike.map(({ observation }) => observation.drop));
    return { ...one, trueDrop };
  });
}

/** Whether its models differ at all, where nothing became worse: those that are the same to the last bit say nothing of the gate. */
export function canRaiseAnAlarm({ harmless, observation }: PullRequest): boolean {
  return !harmless || observation.standardError > 0;
}

/** Of what makes nothing worse, what a pull request can be. */
export function isHarmlessPullRequest({ harmless, kind }: PullRequest): boolean {
  return harmless && kind !== NO_PULL_REQUEST;
}

/** Pull requests by table size, metric and model. */
export function cellsOf(all: readonly PullRequest[]): Cell[] {
  const byCell = Map.groupBy(all, ({ group: { size, source, model }, metric }) =>
    [size, source.rare, metric, model].join(),
  );
  return [...byCell.values()].map((some): Cell => {
    const { group, metric } = some[0]!;
    const harmless = some.filter(isHarmlessPullRequest);
    const worse = some.filter((one) => !one.harmless);
    return { size: group.size, rare: group.source.rare, metric, model: group.model, harmless, worse };
  });
}

/** The true drop as a multiple of the one that the gate prints. */
export function ratioOf({ trueDrop, observation }: PullRequest): number {
  return trueDrop / observation.smallest;
}

/** The chance that a drop as large as printed, times `multiple`, fails, by a probit fit over all true drops. */
export function chanceAt(
  worse: readonly PullRequest[],
  multiple: number,
  fails: (one: PullRequest) => boolean = ({ observation }) => observation.fails[0]!,
  ratio: (one: PullRequest) => number = ratioOf,
): ReturnType<typeof probitAt> | null {
  const trials = worse.map((one) => ({ x: ratio(one), caught: fails(one) })).filter(({ x }) => x > 0 && x < FARTHEST);
  const fit: ProbitFit | null = fitProbit(trials);
  return fit && probitAt(fit, multiple);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
