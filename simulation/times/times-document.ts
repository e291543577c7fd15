import { availableParallelism, cpus, loadavg } from 'node:os';
import { exactInterval } from '../binomial.ts';
import type { MeasuredCell, MeasuredPair } from './measure-times.ts';
import { LIMIT, ROWS, TREES } from './times-plan.ts';

const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

/** The lines that the simulation writes of times. */
export function timesLines(cells: readonly MeasuredCell[]): string[] {
  const [load] = loadavg();
  return [
    `A \`random_forest\` of ${TREES} trees on ${ROWS} rows, five folds, \`max_rise: ${100 * LIMIT}%\`. Measured on ${availableParallelism()} threads of ${cpus()[0]!.model}, where a load average of ${load!.toFixed(1)} says that other work went on. Shares in per cent, with 95 % intervals.`,
    '',
    row(
      ...['Change', 'Pairs', 'Two processes differ by more than 20 %', 'Timed in turn: past the limit'],
      ...['the gate fails', 'is inconclusive', 'Ratio in turn, median (range)', 'apart, median (range)'],
    ),
    row(':--', '--:', '--:', '--:', '--:', '--:', '--:', '--:'),
    ...cells.map(({ cell, pairs }) =>
      row(
        ...[cell.name, pairs.length, share(pairs, ({ apart }) => apart > 1 + LIMIT)],
        share(pairs, ({ inTurn }) => inTurn > 1 + LIMIT),
        share(pairs, ({ outcome }) => outcome === 'fail'),
        share(pairs, ({ outcome }) => outcome === 'inconclusive'),
        ...[spread(pairs.map(({ inTurn }) => inTurn)), spread(pairs.map(({ apart }) => apart))],
      ),
    ),
  ];
}

function share(all: readonly MeasuredPair[], of: (one: MeasuredPair) => boolean): string {
  const hits = all.filter(of).length;
  const [low, high] = exactInterval(hits, all.length);
  const percent = (p: number) => (100 * p).toFixed(0);
  return `${percent(hits / all.length)} (${percent(low)}–${percent(high)})`;
}

function spread(ratios: readonly number[]): string {
  const sorted = ratios.toSorted((a, b) => a - b);
  const [low, middle, high] = [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
  return `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}
