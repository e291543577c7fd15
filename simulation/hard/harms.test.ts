import { describe, expect, it } from 'vitest';
import { compareModels } from '../../core/comparison/compare-models.ts';
import type { RowSet } from '../../core/evidence/evidence.ts';
import { createRandom } from '../../core/random/random.ts';
import { type HardGroup, hardGroups } from './hard-plan.ts';
import { evaluatedOf, trainedRuns } from './hard-replicate.ts';
import { harms, luckOf, strengthFor } from './harms.ts';
import { fewRows, rowsInTime } from './made-rows.ts';

const groupOf = (name: string, sample: HardGroup['table']['sample']): HardGroup => {
  const group = hardGroups.find((each) => each.name === name)!;
  return { ...group, runs: group.runs.slice(0, 1), table: { ...group.table, sample } };
};
const many = {
  classes: groupOf('made-50-10-logistic_regression', () => fewRows(createRandom(1, 'many'), 2000, 500)),
  values: groupOf('time-600-0.5-linear_regression', () => rowsInTime(createRandom(1, 'many'), 2000, 0.5)),
};

describe('a harm', () => {
  it.each(
    harms.flatMap((harm) => [
      [harm.id, 'classes', harm, ['accuracy', 'f1', 'roc_auc']] as const,
      [harm.id, 'values', harm, ['r2', 'mae']] as const,
    ]),
  )('of %s to %s does as much as it is asked for, on other rows too', async (_, kind, harm, metrics) => {
    const group = many[kind];
    const { runs, rowSet } = evaluatedOf(group, 0, await trainedRuns(group, 0));
    const [run] = runs;
    const dropsWith = (seed: number, strength: number) => {
      const luck = luckOf(createRandom(seed, 'luck'), rowSet, 'none', 0);
      const repeats = harm.predictions(run!.predictions!.evidence.repeats, rowSet, luck, strength);
      const after = { run: run!.run, predictions: { rowSet, evidence: { ...run!.predictions!.evidence, repeats } } };
      return compareModels(run!, after, metrics).differences;
    };
    const meansOf = (draws: readonly number[], strength: number) => {
      const all = draws.map((seed) => dropsWith(seed, strength));
      return (metric: string) => all.reduce((sum, drops) => sum + drops.get(metric)!.drop, 0) / all.length;
    };
    const strengths = harm.strengths[group.source.task];
    const seeds = strengths.length > 1 && kind === 'classes' ? [1, 2, 3] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const known = strengths.map((each) => meansOf(seeds, each));
    for (const metric of metrics) {
      const drops = known.map((means) => means(metric));
      const found = meansOf(
        seeds.map((seed) => 100 + seed),
        strengthFor(0.05, harm, strengths, drops)!,
      )(metric);
      expect(found, metric).toBeGreaterThan(0.042);
      expect(found, metric).toBeLessThan(0.058);
    }
  });
});

describe('strengthFor', () => {
  it('reads off between two strengths, along a power of them', () => {
    expect(strengthFor(0.02, { power: 1 }, [1], [0.1])).toBeCloseTo(0.2);
    expect(strengthFor(0.025, { power: 2 }, [1, 2], [0.1, 0.4])).toBeCloseTo(0.5);
    expect(strengthFor(0.225, { power: 2 }, [1, 2], [0.1, 0.4])).toBeCloseTo(1.5);
    expect(strengthFor(0.4, { power: 2 }, [1, 2], [0.1, 0.4])).toBe(2);
    expect(strengthFor(0, { power: 2 }, [1, 2], [0.1, 0.4])).toBe(0);
  });
  it('steps over a strength that does less than one before', () => {
    expect(strengthFor(0.3, { power: 1 }, [1, 2, 3], [0.2, 0.1, 0.4])).toBeCloseTo(2);
  });
  it.each([0.5, Number.NaN, -0.1])('finds none for %d', (drop) => {
    expect(strengthFor(drop, { power: 2 }, [1, 2], [0.1, 0.4])).toBeNull();
  });
});

describe('luckOf', () => {
  const n = 30_000;
  const rowSet = (parts: Partial<RowSet>) =>
    ({ folds: Uint8Array.from({ length: n }, (_, i) => i % 5), ...parts }) as RowSet;
  const pairs = Uint32Array.from({ length: n }, (_, i) => i >> 1);
  const correlation = (normals: Float64Array, other: (i: number) => number) =>
    normals.reduce((sum, value, i) => sum + value * normals[other(i)]!, 0) / n;
  it('takes the other row from the same fold', () => {
    const { folds, ...rest } = rowSet({});
    const { others } = luckOf(createRandom(1, 'luck'), { folds, ...rest }, 'none', 0);
    expect(others.every((other, row) => folds[other] === folds[row])).toBe(true);
  });
  it('is the same for a seed', () => {
    const luck = () => luckOf(createRandom(1, 'luck'), rowSet({ clusters: pairs }), 'site', 0);
    expect(luck()).toEqual(luck());
  });
  it.each([
    ['none', 0],
    ['site', 0.5],
    ['copies', 1],
  ] as const)('of rows bound by %s is alike by %d within a cluster', (bond, alike) => {
    const { normals } = luckOf(createRandom(2, 'luck'), rowSet({ clusters: pairs }), bond, 0);
    expect(correlation(normals, (i) => i ^ 1)).toBeCloseTo(alike, 1);
    expect(correlation(normals, (i) => i)).toBeCloseTo(1, 1);
  });
  it('follows the order of the file in time, whatever the order of keys', () => {
    const positions = createRandom(3, 'order').shuffle(Uint32Array.from({ length: n }, (_, i) => i));
    const { normals } = luckOf(createRandom(3, 'luck'), rowSet({ positions }), 'time', 0.8);
    const inTime = new Float64Array(n);
    positions.forEach((position, row) => {
      inTime[position] = normals[row]!;
    });
    expect(correlation(inTime, (i) => (i + 1) % n)).toBeCloseTo(0.8, 1);
  });
});
