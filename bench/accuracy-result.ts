import type { AccuracyTable } from './accuracy-table.ts';
import type { Contest } from './contests.ts';
import { scoreName } from './score.ts';
import { mean, median, standardError } from './spread.ts';
import type { DataTable } from './table-file.ts';

/** One line, and what the summary needs of it; undefined where the original raises. */
export interface Result {
  readonly title: string;
  readonly line: string;
  readonly holds?: boolean;
  /** The difference in standard errors, positive where ours is better; undefined where no seed tells them apart. */
  readonly t?: number;
}

/** Per model of ours how often it holds, and how far apart the two are. */
export function summary(results: readonly Result[]): string[] {
  return [
    '| Ours | Comparisons | Not below | Difference in standard errors of the pairs, median |',
    '| :-- | --: | --: | --: |',
    ...[...new Set(results.map(({ title }) => title))].map((title) => {
      const all = results.filter((result) => result.title === title && result.holds !== undefined);
      const ts = all.flatMap(({ t }) => (t === undefined ? [] : [t]));
      const middle = ts.length === 0 ? '–' : median(ts).toFixed(2);
      return `| ${title} | ${all.length} | ${all.filter(({ holds }) => holds).length} | ${middle} |`;
    }),
  ];
}

/** The line of one contest on one table; `theirs`: scores by seed, or why there are none. */
export function resultOf(
  one: AccuracyTable,
  data: DataTable,
  { title, beside }: Contest,
  ours: readonly number[],
  theirs: readonly number[] | string,
): Result {
  const name = one.score ?? scoreName(data.nClasses);
  const start = `| ${one.name} | ${title} | ${beside} | ${name} | ${shown(ours)} |`;
  if (typeof theirs === 'string')
    return { title, line: `${start} raises: ${theirs.replaceAll('|', '\\|').slice(0, 120)} | – | – |` };
  const differences = ours.map((value, seed) => value - theirs[seed]!);
  const error = standardError(differences);
  // An error is better when it is smaller.
  const gain = mean(differences) * (name === 'rmse' ? -1 : 1);
  // What the rounding of sums in another order makes is no difference.
  const holds = gain >= -standardError(theirs) - 1e-9;
  const difference = `${mean(differences) < 0 ? '−' : '+'}${Math.abs(mean(differences)).toFixed(4)} ± ${error.toFixed(4)}`;
  return {
    title,
    line: `${start} ${shown(theirs)} | ${difference} | ${holds ? 'yes' : '**no**'} |`,
    holds,
    ...(differences.some((each) => Math.abs(each) > 1e-5) && error > 0 && { t: gain / error }),
  };
}

function shown(values: readonly number[]): string {
  return `${mean(values).toFixed(4)} ± ${standardError(values).toFixed(4)}`;
}
