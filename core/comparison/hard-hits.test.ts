import { describe, expect, it } from 'vitest';
import { metrics } from '../metrics/index.ts';
import type { MetricInput } from '../metrics/metric.ts';
import { createRandom } from '../random/random.ts';
import { hardHits, NO_HITS } from './hard-hits.ts';

/** Rows in five folds, every fifth positive, of which a model sees as much as `signal` says. */
function rowsOf(n: number, signal: number, times = 1) {
  const random = createRandom(1, 'hard hits', n);
  const distinct = n / times;
  const target = Float64Array.from({ length: distinct }, (_, row) => Number(row % 5 === 0));
  const score = target.map((label) => 1 / (1 + Math.exp(1 - signal * (label - 0.5) - random.normal())));
  const repeated = (values: Float64Array) => Float64Array.from({ length: n }, (_, row) => values[row % distinct]!);
  const input: MetricInput = {
    ...{ nClasses: 2, target: repeated(target), score: repeated(score) },
    predictedClass: repeated(score.map((each) => Number(each > 0.5))),
  };
  const folds = Uint8Array.from(input.target, (_, row) => Math.floor((row % distinct) / 5) % 5);
  const clusters = times > 1 ? Uint32Array.from(folds, (_, row) => row % distinct) : null;
  return { predicted: { all: [input], folds, nFolds: 5 }, resampling: { seed: '00', strata: folds, clusters } };
}

const hitsOf = (id: string, { predicted, resampling }: ReturnType<typeof rowsOf>, counted = 40) =>
  hardHits(metrics.get(id), predicted, resampling, counted);

describe('how noisy a drop is that hits a few rows hard', () => {
  it('of accuracy is what rows that are mixed up tell', () => {
    const rows = rowsOf(2000, 3);
    const { target, predictedClass } = rows.predicted.all[0]!;
    const shareOf = (label: number, decided: number) =>
      target.reduce((sum, each, row) => sum + Number(each === label && predictedClass[row] === decided), 0) / 2000;
    const named = shareOf(0, 1) + shareOf(1, 1);
    // A row that is decided like any other one: named positive with that chance.
    const lost = shareOf(1, 1) * (1 - named) + shareOf(0, 0) * named;
    const won = shareOf(1, 0) * named + shareOf(0, 1) * (1 - named);
    const expected = (lost + won) / (lost - won) / 2000;
    const { rise, fall } = hitsOf('accuracy', rows, 20);
    expect(rise / expected).toBeGreaterThan(0.98);
    expect(rise / expected).toBeLessThan(1.02);
    expect(fall).toBe(1 / 2000);
  });
  it('of roc_auc is what a quarter of the rows tells: were all mixed up, it would be 1.60 / n', () => {
    expect(500 * hitsOf('roc_auc', rowsOf(500, 3), 20).rise).toBeCloseTo(2.68988, 4);
  });
  it.each(['accuracy', 'f1', 'roc_auc'])('of %s falls with the number of rows', (id) => {
    const [few, many] = [hitsOf(id, rowsOf(500, 3)).rise, hitsOf(id, rowsOf(4000, 3)).rise];
    expect(few / many).toBeGreaterThan(5.5);
    expect(few / many).toBeLessThan(11);
  });
  it('of copies is as of the rows that there are without them', () => {
    const [once, copied] = [hitsOf('roc_auc', rowsOf(500, 3)), hitsOf('roc_auc', rowsOf(2000, 3, 4))];
    expect(copied.rise / once.rise).toBeGreaterThan(0.75);
    expect(copied.rise / once.rise).toBeLessThan(1.35);
    expect(copied.fall).toBeCloseTo(once.fall, 12);
  });
  it('is the same for the same rows, whatever their id', () => {
    const { predicted, resampling } = rowsOf(500, 3);
    const named = (seed: string) => hitsOf('roc_auc', { predicted, resampling: { ...resampling, seed } });
    expect(named('00')).toEqual(named('ff'));
  });
  it('is that of rows that count 1 or 0 where there is nothing to lose', () => {
    const rows = rowsOf(500, 3);
    const [input] = rows.predicted.all;
    const blind = { ...input!, score: input!.score.map(() => 0.5), predictedClass: new Float64Array(500) };
    const blinded = { ...rows, predicted: { ...rows.predicted, all: [blind] } };
    expect(hitsOf('accuracy', blinded)).toEqual({ rise: 1 / 500, fall: 1 / 500 });
    expect(hitsOf('roc_auc', blinded).rise).toBe(0);
  });
  it('is not known of values, and of metrics without influence', () => {
    const rows = rowsOf(500, 3);
    expect(hitsOf('ece', rows)).toBe(NO_HITS);
    const values = { ...rows.predicted.all[0]!, nClasses: 0 };
    expect(hitsOf('r2', { ...rows, predicted: { ...rows.predicted, all: [values] } })).toBe(NO_HITS);
  });
});
