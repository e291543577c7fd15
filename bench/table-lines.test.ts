import { describe, expect, it } from 'vitest';
import { meanOfParts, type TableContest } from './table-contest.ts';
import { tableLines } from './table-lines.ts';

const score = (difference: number, standardError: number) => ({ value: 0.8 - difference, difference, standardError });
const aContest = (changes: Partial<TableContest>): TableContest => ({
  ...{ from: 'a/b.csv', rows: 1200, metric: 'r2', ours: 0.8, notes: [] },
  theirs: { target: score(0.01, 0.02) },
  ...changes,
});
const lineOf = (lines: readonly string[], start: string) => lines.find((line) => line.startsWith(start));

describe('tableLines', () => {
  it('has a line per table, in bold what lies more than one standard error below', () => {
    const lines = tableLines([
      aContest({ notes: ['copies', 'ids'] }),
      aContest({ from: 'a/words.csv', theirs: { target: score(-0.03, 0.02), 'one-hot': score(-0.02, 0.02) } }),
    ]);
    expect(lines.slice(-2)).toEqual([
      '| `a/b.csv` | 1,200 | ok | r2 | 0.800 | 0.790 | +0.010 ± 0.020 | – | – | copies, ids |',
      '| `a/words.csv` | 1,200 | ok | r2 | 0.800 | 0.830 | **−0.030 ± 0.020** | 0.820 | −0.020 ± 0.020 | – |',
    ]);
  });

  it('counts how far the differences lie, a table without words beside the same forest in both', () => {
    const theirs = [-0.05, -0.03, 0.03, 0.05].map((difference) => ({ target: score(difference, 0.02) }));
    const lines = tableLines([
      ...theirs.map((each) => aContest({ theirs: each })),
      aContest({ theirs: { target: score(-0.05, 0.02), 'one-hot': score(0, 0) } }),
    ]);
    expect(lineOf(lines, '| TargetEncoder |')).toBe('| TargetEncoder | 5 | 3 | 2 | 2 | 1 |');
    expect(lineOf(lines, '| one-hot |')).toBe('| one-hot | 5 | 2 | 1 | 2 | 1 |');
  });

  it('means the differences of a metric over its tables', () => {
    const lines = tableLines([0.01, 0.03].map((each) => aContest({ theirs: { target: score(each, 0.02) } })));
    // numpy.std([.01, .03], ddof=1) / numpy.sqrt(2) = 0.01
    expect(lineOf(lines, '| r2 | TargetEncoder |')).toBe('| r2 | TargetEncoder | 2 | +0.0200 ± 0.0100 |');
  });

  it('says what kept a table from being trained', () => {
    const lines = tableLines([aContest({}), { from: 'a/c.csv', error: 'error: a | b' }]);
    expect(lines.at(-1)).toBe('| `a/c.csv` | | error: a \\| b | | | | | | | |');
    expect(lines).toContain('1 of 2 were read and trained without an edit.');
  });
});

it('takes the mean of differences over ways to part the rows, and the standard error of one of them', () => {
  const parts = [-0.05, 0.01].map((difference, i) =>
    aContest({ ours: 0.7 + 0.1 * i, theirs: { target: score(difference, 0.03 + 0.01 * i) } }),
  );
  const { ours, theirs } = meanOfParts(parts);
  expect(ours).toBeCloseTo(0.75, 12);
  expect(theirs.target!.difference).toBeCloseTo(-0.02, 12);
  // numpy.sqrt(numpy.mean([.03**2, .04**2]))
  expect(theirs.target!.standardError).toBeCloseTo(0.035355339059327376, 12);
});
