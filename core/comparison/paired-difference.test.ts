import { describe, expect, it } from 'vitest';
import { UNTESTED } from '../dataset/evaluation-set.ts';
import { toFloat16 } from '../evidence/float16.ts';
import { metrics } from '../metrics/index.ts';
import { dropOf } from './drop-of.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { holm } from './holm.ts';
import { pairRows } from './pair-rows.ts';
import { type Difference, pairedDifference } from './paired-difference.ts';

function difference(
  metric: string,
  rowSet: ReturnType<typeof someRows>,
  before: Parameters<typeof anEvaluatedRun>[1],
  after: Parameters<typeof anEvaluatedRun>[1],
): Difference {
  const pairing = pairRows(rowSet, rowSet, true);
  return pairedDifference(
    metrics.get(metric),
    pairing,
    anEvaluatedRun(rowSet, before).predictions!,
    anEvaluatedRun(rowSet, after).predictions!,
  );
}

describe('pairedDifference', () => {
  const rowSet = someRows(400);

  it('of a mean is the standard error of the mean of the row differences, to the last rounding of float16', () => {
    const found = difference('mae', rowSet, { error: 0.5 }, { error: 0.6 });
    // Row errors are 0.5|z| and 0.6|z|: the mean difference is 0.1·mean|z|, its SE 0.1·sd|z|/√n, √(1 − 2/π) = 0.6028.
    expect(found.drop).toBeCloseTo(0.1 * 0.798, 1);
    expect(found.standardError).toBeCloseTo((0.1 * 0.603) / 20, 3);
    expect(found.df).toBe(399);
  });

  it('counts the rows that models of both sides predicted, not those which one only learned from', () => {
    const partly = someRows(400, { folds: rowSet.folds.map((fold, row) => (row < 150 ? UNTESTED : fold)) });
    const [all, some] = [anEvaluatedRun(rowSet).predictions!, anEvaluatedRun(partly).predictions!];
    for (const [before, after] of [[some, all] as const, [all, some] as const]) {
      const pairing = pairRows(before.rowSet, after.rowSet, true);
      expect(pairing.baseline).toHaveLength(400);
      expect(pairedDifference(metrics.get('mae'), pairing, before, after).df).toBe(249);
    }
  });

  it('is zero with zero error between a run and itself, for every metric of a regression', () => {
    for (const metric of ['r2', 'rmse', 'mae']) {
      expect(difference(metric, rowSet, {}, {})).toMatchObject({ drop: 0, standardError: 0 });
    }
  });

  it('is none where sums differ by rounding alone, and neither is its error', () => {
    const classed = someRows(400, {
      ...{ classes: ['0', '1'], scale: null },
      target: Float64Array.from({ length: 400 }, (_, i) => Number(i % 20 === 0)),
    });
    // Of a target in picometres everything is small, and nothing rounding.
    const small = someRows(400, { scale: { mean: 0, sd: 1e-12 }, target: rowSet.target!.map((y) => y * 1e-12) });
    const side = (rows: typeof small, bits: (row: number) => number) => ({
      rowSet: rows,
      evidence: {
        ...anEvaluatedRun(rows).predictions!.evidence,
        repeats: [
          {
            predictions: Uint16Array.from(rows.target!, (_, row) => bits(row)),
            decisions: new Uint8Array(rows.classes.length === 0 ? 0 : 400),
          },
        ],
      },
    });
    const found = (metric: string, rows: typeof small, after: (row: number) => number) =>
      pairedDifference(
        metrics.get(metric),
        pairRows(rows, rows, true),
        side(rows, () => toFloat16(-29)),
        side(rows, after),
      );
    const certain = (row: number) => toFloat16(row % 20 === 0 ? -29 : -30);
    expect(found('log_loss', classed, certain)).toMatchObject({ drop: 0, standardError: 0 });
    const worse = found('mae', small, (row) => toFloat16(row % 2 === 0 ? -29 : -30));
    expect(worse.drop).toBeGreaterThan(1e-13);
    expect(worse.standardError).toBeGreaterThan(0);
  });

  it('changes its sign, and nothing else, when the sides are swapped', () => {
    const one = difference('rmse', rowSet, { error: 0.5 }, { error: 0.52 });
    const other = difference('rmse', rowSet, { error: 0.52 }, { error: 0.5 });
    expect(one.drop).toBeGreaterThan(0);
    expect(other.drop).toBeCloseTo(-one.drop, 12);
    expect(other.standardError).toBeCloseTo(one.standardError!, 12);
  });

  it('finds the drop of a ranked metric within folds', () => {
    const n = 500;
    const classed = someRows(n, {
      classes: ['0', '1'],
      scale: null,
      target: Float64Array.from({ length: n }, (_, i) => Number(i % 3 === 0)),
    });
    const found = difference('roc_auc', classed, { error: 0.5 }, { error: 2 });
    expect(found.drop).toBeGreaterThan(0.1);
    expect(found.df).toBeLessThanOrEqual(166);
  });

  it('pairs the draws of a bootstrap: its error is far below that of two that know nothing of each other', () => {
    const found = difference('median_ae', rowSet, { error: 0.5 }, { error: 0.51 });
    const alone = difference('median_ae', rowSet, { error: 0.5, seeds: [1] }, { error: 0.5, noise: 0.5, seeds: [2] });
    expect(found.drop).toBeGreaterThan(0);
    expect(found.standardError).toBeGreaterThan(0);
    expect(found.standardError).toBeLessThan(alone.standardError! / 5);
    expect(difference('median_ae', rowSet, { error: 0.5 }, { error: 0.51 })).toEqual(found);
    expect(difference('median_ae', rowSet, {}, {})).toMatchObject({ drop: 0, standardError: 0 });
  });

  it('draws the same rows on both sides also where their folds differ', () => {
    const moved = someRows(400, { folds: Uint8Array.from({ length: 400 }, (_, i) => (i + 1) % 5) });
    const pairing = pairRows(rowSet, moved, true);
    const same = pairedDifference(
      metrics.get('median_ae'),
      pairing,
      anEvaluatedRun(rowSet).predictions!,
      anEvaluatedRun(moved).predictions!,
    );
    expect(same).toMatchObject({ drop: 0, standardError: 0 });
  });

  describe('of rows in groups', () => {
    const MOVED = 1 + 5 / 4;
    /** The same difference in the folds of the baseline, and in folds that have nothing to do with them, which widen it by `MOVED`. */
    const inFolds = (metric: string, changes: Parameters<typeof someRows>[1]) => {
      const before = someRows(400, changes);
      const sides = (moved: number) => {
        const after = someRows(400, { ...changes, folds: Uint8Array.from({ length: 400 }, (_, i) => (i + moved) % 5) });
        return pairedDifference(
          metrics.get(metric),
          pairRows(before, after, true),
          anEvaluatedRun(before, { error: 0.5 }).predictions!,
          anEvaluatedRun(after, { error: 0.6 }).predictions!,
        );
      };
      return { same: sides(0), moved: sides(1) };
    };
    const pairsUpTo = (row: number) => Uint32Array.from({ length: 400 }, (_, i) => (i < row ? i - (i % 2) : i));

    it.each([
      ['all', 400, 1 + 0.5 * (5 / 4)],
      ['half', 200, 1 + 0.25 * (5 / 4)],
      ['none', 0, 1],
    ])('is wider by the half of what unrelated folds add: %s of the rows', (_, grouped, wider) => {
      const { same, moved } = inFolds('mae', { clusters: pairsUpTo(grouped) });
      expect(same.standardError! ** 2 / moved.standardError! ** 2).toBeCloseTo(wider / MOVED, 10);
    });

    it('prints a drop that is wider by as much', () => {
      const classes = { classes: ['0', '1'], scale: null, target: Float64Array.from({ length: 400 }, (_, i) => i % 2) };
      const { same, moved } = inFolds('accuracy', { ...classes, clusters: pairsUpTo(400) });
      expect(moved.hits.rise).toBeGreaterThan(0);
      expect(same.hits.rise / moved.hits.rise).toBeCloseTo((1 + 0.5 * (5 / 4)) / MOVED, 10);
      expect(same.hits.fall / moved.hits.fall).toBeCloseTo((1 + 0.5 * (5 / 4)) / MOVED, 10);
    });
  });

  it('of a metric without a standard error has none', () => {
    const found = difference('max_error', rowSet, { error: 0.5 }, { error: 0.6 });
    expect(found.drop).toBeGreaterThan(0);
    expect(found.standardError).toBeNull();
  });

  it('sees the probabilities of all classes where the evidence has them', () => {
    const n = 300;
    const three = someRows(n, {
      classes: ['a', 'b', 'c'],
      scale: null,
      target: Float64Array.from({ length: n }, (_, i) => i % 3),
    });
    // Stored logits x, 0 and 0 are σ(x), ½ and ½, together σ(x) + 1: the row's own share is σ(x) / (σ(x) + 1).
    const predictions = (x: number) => {
      const run = anEvaluatedRun(three).predictions!;
      const probabilities = [0, 1, 2].map((k) =>
        Uint16Array.from(three.target!, (label) => toFloat16(label === k ? x + (label % 2) / 8 : 0)),
      );
      return { ...run, evidence: { ...run.evidence, repeats: [{ ...run.evidence.repeats[0]!, probabilities }] } };
    };
    const found = pairedDifference(
      metrics.get('log_loss'),
      pairRows(three, three, true),
      predictions(2),
      predictions(1),
    );
    const loss = (x: number) => Math.log(2 + Math.exp(-x));
    expect(found.baseline).toBeCloseTo((2 * loss(2) + loss(2.125)) / 3, 10);
    expect(found.drop).toBeCloseTo((2 * (loss(1) - loss(2)) + loss(1.125) - loss(2.125)) / 3, 10);
    expect(found.standardError).toBeGreaterThan(0);
  });

  it('holds the noise of seeds without counting it twice', () => {
    const noisy = { error: 0.5, noise: 0.3 };
    const found = difference('r2', rowSet, { ...noisy, seeds: [1, 2] }, { ...noisy, seeds: [3, 4] });
    const deterministic = difference(
      'r2',
      rowSet,
      { error: 0.5, noise: 0.3, seeds: [1] },
      { error: 0.5, noise: 0.3, seeds: [3] },
    );
    expect(found.standardError).toBeGreaterThan(0);
    // Two repeats on each side average the noise: the error must be below that of one fit against one fit.
    expect(found.standardError).toBeLessThan(deterministic.standardError! * 1.2);
  });

  it.each([
    ['other folds, chosen without regard to the old ones', (i: number) => Math.floor(i / 5) % 5, 1.5],
    ['one row in ten in another fold', (i: number) => (i % 10 === 0 ? 1 : i % 5), Math.sqrt(1 + (0.1 / 0.8) * 1.25)],
    ['the same folds', (i: number) => i % 5, 1],
  ])('is wider where the candidate has %s', (_, foldOf, wider) => {
    const moved = someRows(400, { folds: Uint8Array.from({ length: 400 }, (_, i) => foldOf(i)) });
    const [baseline, after] = [anEvaluatedRun(rowSet, { error: 0.5 }), anEvaluatedRun(rowSet, { error: 0.6 })];
    const candidate = { ...after.predictions!, rowSet: moved };
    const pairing = pairRows(rowSet, moved, true);
    const found = pairedDifference(metrics.get('mae'), pairing, baseline.predictions!, candidate);
    const same = pairedDifference(metrics.get('mae'), pairing, baseline.predictions!, after.predictions!);
    expect(found.drop).toBeCloseTo(same.drop, 12);
    expect(found.standardError! / same.standardError!).toBeCloseTo(wider, 10);
  });

  it('gives false alarms at the rate it promises when only the seed differs', () => {
    let alarms = 0;
    let squares = 0;
    let errors = 0;
    for (let trial = 0; trial < 200; trial++) {
      const seeds = [1, 2, 3, 4].map((i) => trial * 4 + i + 1000);
      const found = difference(
        'r2',
        someRows(150),
        { noise: 0.3, seeds: seeds.slice(0, 2) },
        { noise: 0.3, seeds: seeds.slice(2) },
      );
      if (found.drop / found.standardError! > 1.645) alarms++;
      squares += found.drop ** 2 / 200;
      errors += found.standardError! / 200;
    }
    expect(alarms).toBeLessThanOrEqual(20);
    expect(alarms).toBeGreaterThan(0);
    // The error it states is the spread that is there: twice the noise of seeds would be a third too much.
    expect(errors / Math.sqrt(squares)).toBeGreaterThan(0.85);
    expect(errors / Math.sqrt(squares)).toBeLessThan(1.2);
  });
});

describe('dropOf', () => {
  it.each([
    ['r2', 0.8, 0.7, 0.1],
    ['rmse', 0.5, 0.6, 0.1],
    ['roc_auc', 0.8, 0.9, -0.1],
    ['mae', 0.6, 0.5, -0.1],
  ])('of %s from %d to %d is %d', (metric, before, after, drop) => {
    expect(dropOf(metrics.get(metric), before, after)).toBeCloseTo(drop, 12);
  });
});

describe('holm', () => {
  // statsmodels 0.14: multipletests([.01, .04, .03, .005], method="holm")[1]
  it('equals statsmodels', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    for (const [i, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[i]).toBeCloseTo(p, 12);
  });
  it('leaves one p-value as it is and none as none', () => {
    expect(holm([0.2])).toEqual([0.2]);
    expect(holm([])).toEqual([]);
  });
});
