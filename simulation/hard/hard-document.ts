import type { Bar, Count } from '../bars.ts';
import { type HardCell, isTold } from './hard-bars.ts';
import type { HardGroup, HarmlessKind } from './hard-plan.ts';

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
  const missed = bars.filter(({ reached }) => !reached);
  return [
    '### Their promises, cell by cell',
    '',
    'Counts are per 1,000 pull requests, with 95 % intervals. "Its drop" is the mean drop of the harmless change, with its standard error.',
    'In brackets behind a count of catches: the mean drop, as a multiple of the one that was aimed at. "Too large": in most replicates',
    'nothing of that kind can do as much harm as the report prints, so that nothing is promised.',
    '',
    row(
      'Table',
      'Model',
      'Metric',
      'Harmless change',
      'False alarms',
      'Its drop',
      'Printed, median',
      'Caught: noise',
      'Caught: mix-up',
    ),
    row(':--', ':--', ':--', ':--', '--:', '--:', '--:', '--:', '--:'),
    ...cells.map((cell) =>
      row(
        `\`${cell.group.table.id}\``,
        `\`${cell.group.model}\``,
        `\`${cell.metric}\``,
        KINDS[cell.kind],
        told(cell.alarms),
        `${cell.drop.mean.toFixed(4)} ± ${cell.drop.error.toFixed(4)}`,
        cell.printed === null ? 'none' : cell.printed.toFixed(3),
        caughtBy('noise', cell),
        caughtBy('mix-up', cell),
      ),
    ),
    '',
    `${bars.length - missed.length} of ${bars.length} promises are kept.${missed.length > 0 ? ' Not kept:' : ''}`,
    ...(missed.length > 0 ? ['', ...missed.map(({ text }) => `- ${text}`)] : []),
  ];
}

function caughtBy(harm: string, cell: HardCell): string {
  const found = cell.caught.find((each) => each.harm === harm);
  if (!found) return '–';
  return isTold(cell, found) ? `${told(found.count)} [${found.realised.toFixed(2)}]` : 'too large';
}
