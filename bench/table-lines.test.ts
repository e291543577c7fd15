import { describe, expect, it } from 'vitest';
import type { TableContest } from './table-contest.ts';
import { tableLines } from './table-lines.ts';

/** Scores of five ways to part the rows whose difference from .8 is `difference` ± `error`. */
const below = (difference: number, error: number) =>
  [-2, -1, 0, 1, 2].map((step) => 0.8 - difference + (step * error * Math.sqrt(5)) / Math.sqrt(2.5));
const aContest = (changes: Partial<TableContest>): TableContest => ({
  ...{ from: 'a/b.csv', rows: 1200, metric: 'r2', ours: [0.8, 0.8, 0.8, 0.8, 0.8], notes: [] },
  theirs: { target: below(0.01, 0.02) },
  ...changes,
});
const lineOf = (lines: readonly string[], start: string) => lines.find((line) => line.startsWith(start));
const named = (contests: readonly Partial<TableContest>[]) =>
  contests.map((each, i) => aContest({ from: `a/${i}.csv`, ...each }));

describe('tableLines', () => {
  it('has a line per table, in bold what lies more than one standard error below', () => {
    const lines = tableLines([
      aContest({ notes: ['copies', 'ids'] }),
      aContest({ from: 'a/words.csv', theirs: { target: below(-0.03, 0.02), 'one-hot': below(-0.02, 0.04) } }),
    ]);
    // 2 * scipy.stats.t.sf(1.5, 4) = 0.208, of the smaller of two p-values; the other is scipy.stats.t.cdf(.5, 4) = 0.678.
    expect(lines.slice(-2)).toEqual([
      '| `a/b.csv` | 1,200 | ok | r2 | 0.800 | 0.790 | +0.0100 ± 0.0200 | 0.678 | – | – | – | copies, ids |',
      '| `a/words.csv` | 1,200 | ok | r2 | 0.800 | 0.830 | **−0.0300 ± 0.0200** | 0.208 | 0.820 | −0.0200 ± 0.0400 | 0.643 | – |',
    ]);
  });

  it('counts how far the differences lie, a table without words beside the same forest in both', () => {
    const theirs = [-0.2, -0.03, 0.03, 0.05].map((difference) => ({ target: below(difference, 0.02) }));
    const lines = tableLines(
      named([
        ...theirs.map((each) => ({ theirs: each })),
        { theirs: { target: below(-0.05, 0.02), 'one-hot': below(0, 0.02) } },
      ]),
    );
    // 5 * scipy.stats.t.sf(1, 4) = 0.93 by chance
    expect(lineOf(lines, '| TargetEncoder |')).toBe('| TargetEncoder | 5 | 3 | 1 | 1 | 2 |');
    expect(lineOf(lines, '| one-hot |')).toBe('| one-hot | 5 | 2 | 1 | 1 | 2 |');
  });

  it('is sure of a difference that is always the same, and of none where there is none', () => {
    const [same, less] = named([{ theirs: { target: below(0, 0) } }, { theirs: { target: below(-0.01, 0) } }]);
    const lines = tableLines([same!, less!]);
    expect(lines.at(-2)).toContain('+0.0000 ± 0.0000 | 0.500');
    expect(lines.at(-1)).toContain('**−0.0100 ± 0.0000** | < 0.001');
  });

  it('means the differences of a metric over its tables', () => {
    const lines = tableLines(named([0.01, 0.03].map((each) => ({ theirs: { target: below(each, 0.02) } }))));
    // numpy.std([.01, .03], ddof=1) / numpy.sqrt(2) = 0.01
    expect(lineOf(lines, '| r2 | TargetEncoder |')).toBe('| r2 | TargetEncoder | 2 | +0.0200 ± 0.0100 |');
  });

  it('says what kept a table from being trained', () => {
    const lines = tableLines([aContest({}), { from: 'a/c.csv', error: 'error: a | b' }]);
    expect(lines.at(-1)).toBe('| `a/c.csv` | | error: a \\| b | | | | | | | | | |');
    expect(lines).toContain('1 of 2 were read and trained without an edit.');
  });
});
