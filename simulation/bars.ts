import { exactInterval } from './binomial.ts';
import { type Cell, chanceAt, median } from './cells.ts';

/** What the gate promises, as a share of simulated pull requests. */
export const MOST_FALSE_ALARMS = 0.018;
export const LEAST_CAUGHT = 0.87;
/** The smallest drop caught, as a share of that of the paired test set. */
const MOST_OF_TEST = 0.5;

/** A cell's figures, first comparison and with a history of earlier runs. */
export interface Figures {
  readonly cell: Cell;
  /** Null where all models of harmless changes are the same to the last bit. */
  readonly alarms: Count | null;
  readonly alarmsWithHistory: Count | null;
  readonly caught: ReturnType<typeof chanceAt>;
  readonly caughtWithHistory: ReturnType<typeof chanceAt>;
  /** The median over pull requests. */
  readonly ofTest: number;
  /** The smallest drop caught, its median over pull requests. */
  readonly smallest: number;
}

export interface Count {
  readonly hits: number;
  readonly n: number;
  readonly interval: readonly [number, number];
}

/** One promise, kept or not. */
export interface Bar {
  readonly text: string;
  readonly reached: boolean;
}

export function figuresOf(cell: Cell): Figures {
  const remembered = (of: Cell['worse']) => of.filter(({ observation }) => observation.withHistory !== null);
  const [harmless, worse] = [remembered(cell.harmless), remembered(cell.worse)];
  const ratios = [...cell.harmless, ...cell.worse].flatMap(({ observation: { smallest, smallestOnTest } }) =>
    smallestOnTest ? [smallest / smallestOnTest] : [],
  );
  return {
    cell,
    alarms: cell.harmless.length > 0 ? count(cell.harmless.map(({ observation }) => observation.fails[0]!)) : null,
    alarmsWithHistory:
      harmless.length > 0 ? count(harmless.map(({ observation }) => observation.withHistory!.fails)) : null,
    caught: chanceAt(cell.worse, 1),
    caughtWithHistory: chanceAt(
      worse,
      1,
      ({ observation }) => observation.withHistory!.fails,
      ({ trueDrop, observation }) => trueDrop / observation.withHistory!.smallest,
    ),
    ofTest: median(ratios),
    smallest: median([...cell.harmless, ...cell.worse].map(({ observation }) => observation.smallest)),
  };
}

export function count(hits: readonly boolean[]): Count {
  const n = hits.length;
  const sum = hits.filter((hit) => hit).length;
  return { hits: sum, n, interval: exactInterval(sum, n) };
}

/** The promises of a cell. A chance that the fit cannot tell is one that is not kept. */
export function barsOf({ cell, alarms, alarmsWithHistory, caught, caughtWithHistory, ofTest }: Figures): Bar[] {
  const name = `${cell.size.toLocaleString('en-US')} rows${cell.rare ? ', few positive' : ''}, ${cell.metric}, ${cell.model}`;
  const perThousand = (share: number) => `${(1000 * share).toFixed(0)} of 1,000`;
  const alarmBar = ({ hits, n }: Count, when: string): Bar => ({
    text: `${name}${when}: ${perThousand(hits / n)} false alarms, at most ${perThousand(MOST_FALSE_ALARMS)}`,
    reached: hits <= MOST_FALSE_ALARMS * n,
  });
  const caughtBar = (found: Figures['caught'], when: string): Bar => ({
    text: `${name}${when}: ${found ? perThousand(found.chance) : 'nobody knows how many'} of the drops printed are caught, at least ${perThousand(LEAST_CAUGHT)}`,
    reached: found !== null && found.chance >= LEAST_CAUGHT,
  });
  const history = ', with a history';
  const alarmBars = [
    ...(alarms ? [alarmBar(alarms, '')] : []),
    ...(alarmsWithHistory ? [alarmBar(alarmsWithHistory, history)] : []),
  ];
  // So few positives leave no drop as large as the one printed to be caught.
  if (cell.rare) return alarmBars;
  return [
    ...alarmBars,
    caughtBar(caught, ''),
    ...(alarmsWithHistory ? [caughtBar(caughtWithHistory, history)] : []),
    {
      text: `${name}: the smallest drop is ${ofTest.toFixed(2)} of the test set's, at most ${MOST_OF_TEST}`,
      reached: ofTest <= MOST_OF_TEST,
    },
  ];
}
