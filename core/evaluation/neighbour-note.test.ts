import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decided } from '../models/predictions.ts';
import { createRandom } from '../random/random.ts';
import { anEvaluationSet, aTable } from './evaluation-set.fixture.ts';
import { neighbourCorrelation, neighbourNote } from './neighbour-note.ts';

describe('neighbourCorrelation', () => {
  it('is the autocorrelation at lag 1', () => {
    // statsmodels 0.15.0: acf([1., 2, 4, 3, 5, 4, 6, 8, 7, 9], nlags=1)[1]
    const { correlation, pairs } = neighbourCorrelation(Float64Array.of(1, 2, 4, 3, 5, 4, 6, 8, 7, 9), null);
    expect(correlation).toBeCloseTo(0.5400656814449918, 12);
    expect(pairs).toBe(9);
  });
  it('leaves out neighbours that are known to resemble each other', () => {
    const losses = Float64Array.of(1, 1, -1, -1, 1, 1, -1, -1);
    const clusters = Uint32Array.of(0, 0, 1, 1, 2, 2, 3, 3);
    expect(neighbourCorrelation(losses, clusters)).toEqual({ correlation: -7 / 8, pairs: 3 });
  });
  it('of losses that do not vary is unknown', () => {
    expect(neighbourCorrelation(new Float64Array(9).fill(2), null).correlation).toBeNaN();
  });
  it('does not depend on the unit, nor on the end the file begins with', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { minLength: 3, maxLength: 60 }), (losses) => {
        const { correlation } = neighbourCorrelation(Float64Array.from(losses), null);
        if (Number.isNaN(correlation)) return;
        expect(Math.abs(correlation)).toBeLessThanOrEqual(1 + 1e-9);
        const back = Float64Array.from(losses.toReversed(), (loss) => 3 * loss + 1);
        expect(neighbourCorrelation(back, null).correlation).toBeCloseTo(correlation, 9);
      }),
    );
  });
});

describe('neighbourNote', () => {
  const n = 400;
  const table = aTable(n, 1, 'continuous');
  const evaluationSet = anEvaluationSet(table);
  /** Predictions whose absolute errors are an AR(1) with this φ, around 10. */
  const withErrors = (phi: number) => {
    const random = createRandom(2, 'errors');
    let last = 0;
    const outputs = evaluationSet.target.values.map((y) => {
      last = phi * last + random.normal();
      return y + 10 + last;
    });
    return [decided({ outputs, nClasses: 0 })];
  };

  it('says how much errors resemble those before them, and what to do', () => {
    const [note, ...others] = neighbourNote(evaluationSet, withErrors(0.6));
    expect(note).toMatch(
      /^errors of rows next to each other in the file resemble each other \(correlation 0\.[56]\d\)/,
    );
    expect(note).toContain('`split.time`');
    expect(others).toEqual([]);
  });
  it.each([
    ['independent errors', evaluationSet, withErrors(0)],
    // 4/√400 = .2
    ['a correlation that may be chance', evaluationSet, withErrors(0.17)],
    ['equal errors', evaluationSet, [decided({ outputs: evaluationSet.target.values, nClasses: 0 })]],
    ['an order of time', anEvaluationSet(table, { plan: { time: 'signal' } }), withErrors(0.6)],
    ['groups side by side', { ...evaluationSet, clusters: new Uint32Array(n) }, withErrors(0.6)],
  ])('says nothing of %s', (_, rows, repeats) => expect(neighbourNote(rows, repeats)).toEqual([]));
  it('looks at the mean over repeats', () => {
    expect(neighbourNote(evaluationSet, [...withErrors(0.6), ...withErrors(0)])).toHaveLength(1);
  });
});
