import type { Bar, Count } from '../bars.ts';
import { areFew, type HardCell, isKept, isPromised } from './hard-bars.ts';
import type { HardGroup, HarmlessKind } from './hard-plan.ts';
import type { Harm } from './harms.ts';

const KINDS: Readonly<Record<HarmlessKind['id'], string>> = {
  seed: 'another seed',
  twin: 'an equal feature',
  nudge: 'a parameter',
  trade: 'thresholds of one worth',
};

const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const rows = (size: number) => size.toLocaleString('en-US');
const perThousand = (share: number) => (1000 * share).toFixed(0);
const told = ({ hits, n, interval: [low, high] }: Count) =>
  `${perThousand(hits / n)} (${perThousand(low)}–${perThousand(high)}) of ${rows(n)}`;

/** The lines that the simulation writes of hard tables; without cells the plan alone. */
export function hardLines(
  groups: readonly HardGroup[],
  cells: readonly HardCell[] | null,
  bars: readonly Bar[],
): string[] {
  return [...planLines(groups), '', ...(cells ? figureLines(cells, bars) : ['These figures are still to be counted.'])];
}

function planLines(groups: readonly HardGroup[]): string[] {
  return [
    '### Their plan',
    '',
    row('Table', 'What is hard', 'Rows', 'of them positive', 'Metrics', 'Replicates, by model'),
    row(':--', ':--', '--:', '--:', ':--', ':--'),
    ...[...Map.groupBy(groups, ({ table }) => table)].map(([table, of]) =>
      row(
        `\`${table.id}\``,
        table.title,
        rows(table.rows),
        table.positives ?? '–',
        table.metrics.join(', '),
        of.map(({ model, replicates }) => `\`${model}\` ${rows(replicates)}`).join(', '),
      ),
    ),
  ];
}

function figureLines(cells: readonly HardCell[], bars: readonly Bar[]): string[] {
  const missed = bars.filter(({ reached }) => !reached).length;
  return [
    '### Their promises, cell by cell',
    '',
    `${bars.length - missed} of ${bars.length} promises are kept. **Bold figures are the ${missed} that are not kept.**`,
    '',
    'Counts are per 1,000 pull requests, with 95 % intervals. "Its drop" is the mean drop of the harmless change, with its standard error.',
    'Behind each count of catches stands the mean drop, as a multiple of the one that was aimed at. Counts in italics are no promise: there is',
    'no history, or in more than a tenth of the replicates nothing of that kind can do as much harm as the report prints.',
    '',
    row(
      ...['Table', 'Model', 'Metric', 'Harmless change', 'Its drop', 'False alarms', 'with a history'],
      ...['Printed, median', 'with a history', 'Caught: noise', 'with a history', 'Caught: mix-up', 'with a history'],
    ),
    row(':--', ':--', ':--', ':--', ...new Array<string>(9).fill('--:')),
    ...cells.map(({ group, metric, kind, drop, first, later }) =>
      row(
        ...[`\`${group.table.id}\``, `\`${group.model}\``, `\`${metric}\``, KINDS[kind]],
        `${drop.mean.toFixed(4)} ± ${drop.error.toFixed(4)}`,
        ...[first, later].map(({ alarms }) => (areFew(alarms) ? told(alarms) : `**${told(alarms)}**`)),
        ...[first, later].map(({ printed }) => (printed === null ? 'none' : printed.toFixed(3))),
        ...(['noise', 'mix-up'] as const).flatMap((harm) => [
          caughtBy(harm, first, false),
          caughtBy(harm, later, true),
        ]),
      ),
    ),
  ];
}

function caughtBy(harm: Harm['id'], of: HardCell['first'], isToBeKept: boolean): string {
  const found = of.caught.find((each) => each.harm === harm);
  if (!found || found.count.n === 0) return '–';
  const text = `${told(found.count)}, ${Number.isFinite(found.realised) ? `${found.realised.toFixed(2)}×` : '–'}`;
  if (!isToBeKept || !isPromised(of, found)) return `_${text}_`;
  return isKept(found.count) ? text : `**${text}**`;
}
