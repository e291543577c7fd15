import { mean, standardError } from './spread.ts';
import { ENCODINGS, type Failure, PARTINGS, type PeerScore, type TableContest } from './table-contest.ts';

const TITLES = { target: 'TargetEncoder', 'one-hot': 'one-hot' } as const;

/** The section's lines: what was done, how the differences spread, and a line per table. */
export function tableLines(all: readonly (TableContest | Failure)[]): string[] {
  const read = all.filter((each): each is TableContest => !('error' in each));
  return [
    `${all.length} tables that packages ship, none of them edited. Each goes through \`mlops init\` and \`mlops train --model random_forest\`. scikit-learn's forest, with its defaults, gets the columns that ours learns from, as ours reads them, and the same folds. Words are given to it in two ways: by \`TargetEncoder\` and one-hot. The rows are parted into folds in ${PARTINGS} ways, and figures are means over them. The ± is the standard error of the difference in one of the ways, over the rows that both predicted and over seeds, by the rule that the gate compares two runs by.`,
    '',
    `${read.length} of ${all.length} were read and trained without an edit.`,
    '',
    '| Beside scikit-learn, words by | Tables | More than one ± below | More than two below | More than one above | More than two above |',
    '| :-- | --: | --: | --: | --: | --: |',
    ...ENCODINGS.map((encoding) => spreadLine(read, encoding)),
    '',
    `With one way to part the rows, two forests that are equally good differ by more than one ± downwards on about one table in six by chance, and by more than two on about one in forty. Means over ${PARTINGS} ways do so less often.`,
    '',
    "| Metric | Words by | Tables | Ours less scikit-learn's, mean over tables |",
    '| :-- | :-- | --: | --: |',
    ...meanLines(read),
    '',
    '| Table | Rows | `init` | Metric | Ours | TargetEncoder | Ours less theirs | one-hot | Ours less theirs | What `init` names |',
    '| :-- | --: | :-- | :-- | --: | --: | --: | --: | --: | :-- |',
    ...all.map(tableLine),
  ];
}

function tableLine(each: TableContest | Failure): string {
  if ('error' in each) return `| \`${each.from}\` | | ${each.error.replaceAll('|', '\\|')} | | | | | | | |`;
  const { from, rows, metric, ours, theirs, notes } = each;
  const cells = ENCODINGS.map((encoding) => {
    const peer = theirs[encoding];
    return peer ? `${shown(peer.value)} | ${differenceOf(peer)}` : '– | –';
  });
  return `| \`${from}\` | ${rows.toLocaleString('en-US')} | ok | ${metric} | ${shown(ours)} | ${cells.join(' | ')} | ${notes.join(', ') || '–'} |`;
}

/** Bold where ours is more than one standard error below. */
function differenceOf({ difference, standardError: error }: PeerScore): string {
  const text = `${signed(difference, 3)} ± ${error.toFixed(3)}`;
  return difference < -error ? `**${text}**` : text;
}

function spreadLine(read: readonly TableContest[], encoding: (typeof ENCODINGS)[number]): string {
  const distances = besides(read, encoding).map(({ difference, standardError: error }) =>
    error > 0 ? difference / error : Math.sign(difference),
  );
  const beyond = (limit: number) => distances.filter((d) => (limit < 0 ? d < limit : d > limit)).length;
  return `| ${TITLES[encoding]} | ${distances.length} | ${[-1, -2, 1, 2].map(beyond).join(' | ')} |`;
}

/** Per metric the mean difference over its tables, with the standard error of that mean over them. */
function meanLines(read: readonly TableContest[]): string[] {
  return [...Map.groupBy(read, ({ metric }) => metric)].flatMap(([metric, of]) =>
    ENCODINGS.map((encoding) => {
      const differences = besides(of, encoding).map(({ difference }) => difference);
      return `| ${metric} | ${TITLES[encoding]} | ${differences.length} | ${signed(mean(differences), 4)} ± ${standardError(differences).toFixed(4)} |`;
    }),
  );
}

/** A table without words stands beside the same forest in both. */
function besides(read: readonly TableContest[], encoding: (typeof ENCODINGS)[number]): PeerScore[] {
  return read.flatMap(({ theirs }) => theirs[encoding] ?? theirs.target ?? []);
}

function shown(value: number): string {
  return value.toFixed(3).replace('-', '−');
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
