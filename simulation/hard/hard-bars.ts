import { type Bar, type Count, count, LEAST_CAUGHT, MOST_FALSE_ALARMS } from '../bars.ts';
import { mean, median } from '../cells.ts';
import type { HardGroup, HarmlessKind } from './hard-plan.ts';
import type { HardObservation, HardVerdict } from './hard-replicate.ts';
import { type Harm, harms } from './harms.ts';

/** One harmless change on one table, model and metric, and what goes wrong beside it. */
export interface HardCell {
  readonly group: HardGroup;
  readonly kind: HarmlessKind['id'];
  readonly metric: string;
  /** The mean drop of the harmless change, which should be 0, and its standard error. */
  readonly drop: { readonly mean: number; readonly error: number };
  readonly first: Told;
  /** With a history. */
  readonly later: Told;
}

/** What verdicts came to. */
interface Told {
  readonly alarms: Count;
  /** The median of the drops printed; null where no report printed one. */
  readonly printed: number | null;
  readonly caught: readonly Caught[];
}

/** Harmful changes of one kind, as large as the drop printed. */
interface Caught {
  readonly harm: Harm['id'];
  /** Of the replicates where the harm can do so much. */
  readonly count: Count;
  /** The mean drop over the mean of those that were aimed at: near 1. */
  readonly realised: number;
}

/**
 * A promise needs a harm that can do as much as the report prints in so many of the replicates: where it can in fewer, those are the ones
 * whose reports happen to print little.
 */
const LEAST_POSSIBLE = 0.9;

export function hardCellsOf(group: HardGroup, observations: readonly HardObservation[]): HardCell[] {
  return [...Map.groupBy(observations, ({ kind, metric }) => `${kind} ${metric}`).values()].map((some): HardCell => {
    const drops = some.map(({ drop }) => drop);
    const center = mean(drops);
    const error = Math.sqrt(mean(drops.map((drop) => (drop - center) ** 2)) / Math.max(1, drops.length - 1));
    return {
      ...{ group, kind: some[0]!.kind, metric: some[0]!.metric, drop: { mean: center, error } },
      first: toldOf(
        some[0]!.kind,
        some.map(({ first }) => first),
      ),
      later: toldOf(
        some[0]!.kind,
        some.map(({ later }) => later),
      ),
    };
  });
}

function toldOf(kind: HarmlessKind['id'], verdicts: readonly HardVerdict[]): Told {
  const printed = verdicts.flatMap(({ smallest }) => (smallest === null ? [] : [smallest]));
  return {
    alarms: count(verdicts.map(({ fails }) => fails)),
    printed: printed.length > 0 ? median(printed) : null,
    caught: kind === 'trade' ? [] : harms.map(({ id }) => caughtOf(id, verdicts)),
  };
}

function caughtOf(harm: Harm['id'], all: readonly HardVerdict[]): Caught {
  const some = all.flatMap(({ smallest, harmful }) => (harmful[harm] ? [{ aimed: smallest!, ...harmful[harm] }] : []));
  return {
    harm,
    count: count(some.map(({ fails }) => fails)),
    realised: mean(some.map(({ drop }) => drop)) / mean(some.map(({ aimed }) => aimed)),
  };
}

/** Whether enough replicates have a harmful change of that size to make a promise of. */
export function isPromised({ alarms }: Pick<Told, 'alarms'>, { count: { n } }: Pick<Caught, 'count'>): boolean {
  return n >= LEAST_POSSIBLE * alarms.n;
}

export function isKept({ hits, n }: Count): boolean {
  return hits >= LEAST_CAUGHT * n;
}

export function areFew({ hits, n }: Count): boolean {
  return hits <= MOST_FALSE_ALARMS * n;
}

/**
 * False alarms of both; catches with a history: before the first change is compared, nothing tells how much one moves. Where classes are
 * right or wrong the rows themselves tell, and both are the same.
 */
export function hardBarsOf({ group, kind, metric, first, later }: HardCell): Bar[] {
  const name = `${group.table.id}, ${metric}, ${group.model}, ${kind}`;
  const perThousand = ({ hits, n }: Count) => `${((1000 * hits) / n).toFixed(0)} of 1,000`;
  const alarmBar = ({ alarms }: Told, when: string): Bar => ({
    text: `${name}${when}: ${perThousand(alarms)} false alarms, at most ${1000 * MOST_FALSE_ALARMS} of 1,000`,
    reached: areFew(alarms),
  });
  const history = ', with a history';
  return [
    alarmBar(first, ''),
    alarmBar(later, history),
    ...later.caught
      .filter((each) => isPromised(later, each))
      .map(({ harm, count: found }) => ({
        text: `${name}${history}: ${perThousand(found)} of the drops printed are caught where they come from ${harm}, at least ${1000 * LEAST_CAUGHT} of 1,000`,
        reached: isKept(found),
      })),
  ];
}
