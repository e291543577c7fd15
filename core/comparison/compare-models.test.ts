import { describe, expect, it } from 'vitest';
import type { RowSet } from '../evidence/evidence.ts';
import { decodeEvidence, decodeRowSet } from '../evidence/evidence-codec.ts';
import { keptRows } from '../evidence/kept-rows.ts';
import { publishEvidence } from '../evidence/published-evidence.ts';
import { compareModels, type EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';

/** The side as a reader has it whose evidence comes from the branch: without targets. */
function asPublished({ run, predictions }: EvaluatedRun): EvaluatedRun {
  const [rows, evidence] = [...publishEvidence(predictions!).files.values()] as [Uint8Array, Uint8Array];
  return { run, predictions: { rowSet: decodeRowSet(rows), evidence: decodeEvidence(evidence) } };
}

const classed = (classes: string[], target: (row: number) => number): RowSet =>
  someRows(300, { classes, scale: null, target: Float64Array.from({ length: 300 }, (_, row) => target(row)) });

describe("compareModels without the baseline's targets", () => {
  it.each([
    ['a regression', someRows(300), 'r2'],
    ['a classification', classed(['No', 'Yes'], (row) => Number(row % 3 === 0)), 'roc_auc'],
  ])('says of the same rows what it says with them: %s', (_title, rowSet, metric) => {
    const before = anEvaluatedRun(rowSet, { noise: 0.1 });
    const after = anEvaluatedRun(rowSet, { noise: 0.3, seeds: [2] });
    const expected = compareModels(before, after, [metric]);
    expect(compareModels(asPublished(before), after, [metric])).toEqual(expected);
    expect(expected.pairing).toBe('key');
    expect(expected.differences.has(metric)).toBe(true);
    expect(expected.counts).not.toHaveProperty('targetsUnknown');
  });

  it('says that relabelled rows are not seen, when the rows are not exactly the same', () => {
    const rowSet = someRows(300);
    const relabelled = someRows(300, { target: rowSet.target!.map((y, row) => (row < 4 ? y + 1 : y)) });
    const { counts } = compareModels(asPublished(anEvaluatedRun(rowSet)), anEvaluatedRun(relabelled), ['r2']);
    expect(counts).toMatchObject({ shared: 300, relabelled: 0, targetsUnknown: true });
  });

  it('counts the rows of a small slice exactly, and those of the whole by a mid-p', () => {
    const codes = Uint8Array.from({ length: 300 }, (_, row) => Number(row < 250));
    const rowSet = classed(['No', 'Yes'], (row) => row % 2);
    const sliced = { ...rowSet, slices: [{ column: 'plan', values: ['a', 'b'], codes }] };
    const side = (wrong: readonly number[]): EvaluatedRun => {
      const { run, predictions } = anEvaluatedRun(sliced);
      const [repeat] = predictions!.evidence.repeats;
      const decisions = Uint8Array.from(sliced.target!, (label, row) => (wrong.includes(row) ? 1 - label : label));
      const evidence = { ...predictions!.evidence, repeats: [{ ...repeat!, decisions }] };
      return { run, predictions: { rowSet: sliced, evidence } };
    };
    const [before, after] = [side([]), side([250, 251, 252, 253, 254, 255])];
    const leastPValue = (slice?: { column: string; value: string }) =>
      compareModels(before, after, ['accuracy'], slice).differences.get('accuracy')!.leastPValue;
    // 2⁻⁶, and half of it.
    expect(leastPValue({ column: 'plan', value: 'a' })).toBe(0.015625);
    expect(leastPValue()).toBe(0.0078125);
  });

  it('sees a class that the baseline did not know', () => {
    const before = classed(['No', 'Yes'], (row) => row % 2);
    const after = classed(['Maybe', 'No', 'Yes'], (row) => (row === 7 ? 0 : 1 + (row % 2)));
    const { counts, differences } = compareModels(asPublished(anEvaluatedRun(before)), anEvaluatedRun(after), [
      'accuracy',
    ]);
    expect(counts).toMatchObject({ shared: 300, relabelled: 1, targetsUnknown: true });
    expect(differences.get('accuracy')!.baseline).toBeGreaterThan(0);
  });
});

describe('compareModels without stored predictions', () => {
  /** The side as a reader has it that keeps no predictions: hashes of its rows alone. */
  const withoutPredictions = ({ run, predictions }: EvaluatedRun): EvaluatedRun => ({
    ...{ run, predictions: null },
    rows: keptRows(predictions!.rowSet),
  });

  it('looks every row up all the same, and compares what was recorded', () => {
    const rowSet = someRows(300);
    const target = rowSet.target!.map((y, row) => (row < 4 ? y + 1 : y));
    const fewer = someRows(290, { keys: rowSet.keys.slice(0, 290), target: target.slice(0, 290) });
    const before = withoutPredictions(anEvaluatedRun(rowSet));
    for (const after of [anEvaluatedRun(fewer), withoutPredictions(anEvaluatedRun(fewer))]) {
      const { counts, pairing, differences } = compareModels(before, after, ['r2']);
      expect(counts).toMatchObject({ baselineRows: 300, shared: 290, gone: 10, relabelled: 4, added: 0 });
      expect(counts).not.toHaveProperty('targetsUnknown');
      expect(pairing).toBe('unpaired');
      expect(differences.get('r2')).toMatchObject({ drop: 0, parts: null });
    }
  });

  it('counts rows that were left out for their class', () => {
    const before = anEvaluatedRun(classed(['No', 'Yes'], (row) => row % 2));
    const { run, predictions } = before;
    const after = { run: { ...run, data: { ...run.data, ofNewClasses: 30 } }, predictions };
    expect(compareModels(before, after, []).counts).toMatchObject({ ofNewClasses: 30, candidateRows: 330, added: 0 });
  });
});

describe('compareModels of numbers whose squares overflow', () => {
  const plain = someRows(300);
  /** The same predictions in a unit so small that the numbers are this large. */
  const scaled = ({ run, predictions }: EvaluatedRun, sd: number): EvaluatedRun => {
    const rowSet = someRows(300, { target: plain.target!.map((y) => y * sd), scale: { mean: 0, sd } });
    return { run, predictions: { rowSet, evidence: { ...predictions!.evidence, rowSet: rowSet.id } } };
  };
  const compared = (sd: number, metric: string, repeats = 2) =>
    compareModels(
      scaled(anEvaluatedRun(plain, { noise: 0.1, seeds: [1, 2].slice(0, repeats) }), sd),
      scaled(anEvaluatedRun(plain, { noise: 0.1, seeds: [3, 4].slice(0, repeats) }), sd),
      [metric],
    ).differences.get(metric);

  it.each([1e145, 1e155, 1e165])('does not know how noisy they are: %d', (sd) => {
    const unknown = {
      standardError: null,
      baselineError: null,
      df: 1,
      leastPValue: null,
      boundError: null,
      parts: null,
    };
    for (const repeats of [1, 2]) {
      expect(compared(sd, 'mae', repeats)).toMatchObject(unknown);
      expect(compared(sd, 'mae', repeats)).not.toHaveProperty('repeated');
    }
  });
  it.each(['mape', 'mae', 'rmse', 'r2'])('tells them as any others up to the largest target: %s', (metric) => {
    const difference = compared(1e60, metric)!;
    const numbers = [difference.standardError, difference.df, difference.baselineError, difference.drop];
    expect(numbers.every((each) => Number.isFinite(each))).toBe(true);
    expect(difference.standardError).toBeGreaterThan(0);
  });
});
