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
    'Behind each count of catches stands the mean drop, as a multiple of the one that was aimed at. Counts in italics are no promise: in more',
    'than a tenth of the replicates nothing of that kind can do as much harm as the report prints.',
    '',
    row(
      ...['Table', 'Model', 'Metric', 'Harmless change', 'False alarms', 'Its drop'],
      ...['Printed, median', 'Caught: noise', 'Caught: mix-up'],
    ),
    row(':--', ':--', ':--', ':--', '--:', '--:', '--:', '--:', '--:'),
    ...cells.map((cell) =>
      row(
        `\`${cell.group.table.id}\``,
        `\`${cell.group.model}\``,
        `\`${cell.metric}\``,
        KINDS[cell.kind],
        areFew(cell.alarms) ? told(cell.alarms) : `**${told(cell.alarms)}**`,
        `${cell.drop.mean.toFixed(4)} ± ${cell.drop.error.toFixed(4)}`,
        cell.printed === null ? 'none' : cell.printed.toFixed(3),
        caughtBy('noise', cell),
        caughtBy('mix-up', cell),
      ),
    ),
  ];
}

function caughtBy(harm: Harm['id'], cell: HardCell): string {
  const found = cell.caught.find((each) => each.harm === harm);
  if (!found || found.count.n === 0) return '–';
  const text = `${told(found.count)}, ${Number.isFinite(found.realised) ? `${found.realised.toFixed(2)}×` : '–'}`;
  if (!isPromised(cell, found)) return `_${text}_`;
  return isKept(found.count) ? text : `**${text}**`;
}
