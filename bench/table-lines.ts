import { holm } from '../core/comparison/holm.ts';
import { studentTSurvival } from '../core/stats/student-t.ts';
import { mean, standardError } from './spread.ts';
import { ENCODINGS, type Failure, type TableContest } from './table-contest.ts';

type Encoding = (typeof ENCODINGS)[number];
const TITLES = { target: 'TargetEncoder', 'one-hot': 'one-hot' } as const;
const CERTAIN = 0.05;

/** Ours less scikit-learn's on one table, a mean over ways to part its rows. */
interface Difference {
  readonly from: string;
  readonly theirs: number;
  readonly difference: number;
  readonly standardError: number;
  /** That ours is not below, one-sided, by Student's t; after Holm's correction over all tables. */
  readonly adjusted: number;
}

/** The section's lines: what was done, how the differences spread, and a line per table. */
export function tableLines(all: readonly (TableContest | Failure)[]): string[] {
  const read = all.filter((each): each is TableContest => !('error' in each));
  const seeds = read[0]?.ours.length ?? 0;
  const known = new Map(ENCODINGS.map((encoding) => [encoding, differences(read, encoding)]));
  const byChance = (read.length * studentTSurvival(1, seeds - 1)).toFixed(0);
  return [
    `${all.length} tables that packages ship, none of them edited. Each goes through \`mlops init\` and \`mlops train --model random_forest\`. Then our forest and scikit-learn's, both with their defaults, learn from the same columns, as ours reads them. The rows are parted into five folds in ${seeds} ways, each with another seed of the models. Words are given to scikit-learn's in two ways: by \`TargetEncoder\` and one-hot. The ± is the standard error of the mean difference over these ${seeds} ways: it speaks of folds and seeds, not of other rows. p is the chance of such a difference where ours is not below, by Student's t with ${seeds - 1} degrees of freedom, after Holm's correction over all tables.`,
    '',
    `${read.length} of ${all.length} were read and trained without an edit.`,
    '',
    `| Beside scikit-learn, words by | Tables | Below by more than one ± | Expected by chance | Below with p < ${CERTAIN} | Above by more than one ± |`,
    '| :-- | --: | --: | --: | --: | --: |',
    ...ENCODINGS.map((encoding) => spreadLine([...known.get(encoding)!.values()], TITLES[encoding], byChance)),
    '',
    "| Metric | Words by | Tables | Ours less scikit-learn's, mean over tables |",
    '| :-- | :-- | --: | --: |',
    ...[...Map.groupBy(read, ({ metric }) => metric)].flatMap(([metric, of]) =>
      ENCODINGS.map((encoding) => meanLine(metric, encoding, of, known.get(encoding)!)),
    ),
    '',
    'In bold: below by more than one ±.',
    '',
    '| Table | Rows | `init` | Metric | Ours | TargetEncoder | Ours less theirs | p | one-hot | Ours less theirs | p | What `init` names |',
    '| :-- | --: | :-- | :-- | --: | --: | --: | --: | --: | --: | --: | :-- |',
    ...all.map((each) => tableLine(each, known)),
  ];
}

function tableLine(
  each: TableContest | Failure,
  known: ReadonlyMap<Encoding, ReadonlyMap<string, Difference>>,
): string {
  if ('error' in each) return `| \`${each.from}\` | | ${each.error.replaceAll('|', '\\|')} | | | | | | | | | |`;
  const { from, rows, metric, ours, theirs, notes } = each;
  const cells = ENCODINGS.map((encoding) =>
    theirs[encoding] ? differenceCells(known.get(encoding)!.get(from)!) : '– | – | –',
  );
  return `| \`${from}\` | ${rows.toLocaleString('en-US')} | ok | ${metric} | ${shown(mean(ours))} | ${cells.join(' | ')} | ${notes.join(', ') || '–'} |`;
}

function differenceCells({ theirs, difference, standardError: error, adjusted }: Difference): string {
  const text = `${signed(difference, 4)} ± ${error.toFixed(4)}`;
  return `${shown(theirs)} | ${difference < -error ? `**${text}**` : text} | ${adjusted < 0.001 ? '< 0.001' : adjusted.toFixed(3)}`;
}

function spreadLine(of: readonly Difference[], title: string, byChance: string): string {
  const below = of.filter(({ difference, standardError: error }) => difference < -error);
  const above = of.filter(({ difference, standardError: error }) => difference > error);
  const proved = of.filter(({ adjusted }) => adjusted < CERTAIN);
  return `| ${title} | ${of.length} | ${below.length} | ${byChance} | ${proved.length} | ${above.length} |`;
}

/** The mean difference of a metric over its tables, with the standard error of that mean over them. */
function meanLine(
  metric: string,
  encoding: Encoding,
  of: readonly TableContest[],
  known: ReadonlyMap<string, Difference>,
): string {
  const values = of.map(({ from }) => known.get(from)!.difference);
  return `| ${metric} | ${TITLES[encoding]} | ${values.length} | ${signed(mean(values), 4)} ± ${standardError(values).toFixed(4)} |`;
}

/** By table; one without words stands beside the same forest in both. */
function differences(read: readonly TableContest[], encoding: Encoding): ReadonlyMap<string, Difference> {
  const found = read.map(({ from, ours, theirs }) => {
    const peer = (theirs[encoding] ?? theirs.target)!;
    const each = ours.map((value, i) => value - peer[i]!);
    const [difference, error] = [mean(each), standardError(each)];
    const t = error > 0 ? -difference / error : -Math.sign(difference) * Number.POSITIVE_INFINITY || 0;
    return { from, theirs: mean(peer), difference, standardError: error, p: studentTSurvival(t, ours.length - 1) };
  });
  const adjusted = holm(found.map(({ p }) => p));
  return new Map(found.map(({ p: _, ...each }, i) => [each.from, { ...each, adjusted: adjusted[i]! }]));
}

function shown(value: number): string {
  return value.toFixed(3).replace('-', '−');
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
