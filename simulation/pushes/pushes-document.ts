import { exactInterval } from '../binomial.ts';
import { PUSHES, REPLICATES, ROWS } from './pushes-plan.ts';
import type { CountedCell, PushedOften } from './simulate-pushes.ts';

const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

/** The lines that the simulation writes of pull requests that are pushed again. */
export function pushLines(cells: readonly CountedCell[]): string[] {
  return [
    `${ROWS} rows, ${REPLICATES} pull requests in each line, ${PUSHES} pushes of each. Shares in per cent, with 95 % intervals.`,
    '',
    row(
      ...['Metric', 'Limit, in SE', 'New in a push', 'One push passes'],
      ...['One of ten passes, each on its own', 'by the rule', 'A repair passes at once'],
    ),
    row(':--', '--:', '--:', '--:', '--:', '--:', '--:'),
    ...cells.map(({ cell: { metric, limit, news }, all }) =>
      row(
        ...[`\`${metric}\``, limit, news],
        ...[share(all, ({ once }) => once), share(all, ({ alone }) => alone)],
        share(all, ({ remembered }) => remembered),
        share(
          all.filter(({ repaired }) => repaired !== undefined),
          ({ repaired }) => repaired === true,
        ),
      ),
    ),
  ];
}

function share(all: readonly PushedOften[], of: (one: PushedOften) => boolean): string {
  const hits = all.filter(of).length;
  const [low, high] = exactInterval(hits, all.length);
  const percent = (p: number) => (100 * p).toFixed(0);
  return `${percent(hits / all.length)} (${percent(low)}–${percent(high)})`;
}
