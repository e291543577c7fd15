import { describe, expect, it } from 'vitest';
import { gradientBoosting } from '../gradient-boosting.ts';
import { inlineWorkers } from '../inline-workers.ts';
import type { FittedModel } from '../model.ts';
import { rowHashes } from '../row-hashes.ts';
import { treesIn } from '../trees/trees-in.fixture.ts';
import { numeric, uniformRows } from '../uniform-rows.fixture.ts';
import { boosted } from './boosted.fixture.ts';
import { heldOutRows } from './held-out-rows.ts';

const { columns, noise } = uniformRows(400, 3);
const features = numeric(columns);
const value = noise.map((e, i) => 10 * columns[0]![i]! * columns[1]![i]! + 3 * e);
const keys = Float64Array.from(noise, (e) => Math.floor(e * 2 ** 50));
const hashes = rowHashes({ features, target: keys, nClasses: 0, keys });
const classes = (nClasses: number) => value.map((y) => Math.min(nClasses - 1, Math.floor((y * nClasses) / 10)));
const STOP = { early_stopping: true, n_iter_no_change: 3, n_estimators: 200, validation_fraction: 0.25, tol: 2e-3 };

const nTrees = (model: FittedModel) => treesIn(model).ensemble.roots.length - 1;

describe('early stopping', () => {
  it.each([{ nClasses: 0 }, { nClasses: 2 }, { nClasses: 3 }])(
    'of $nClasses classes ends as soon as so many rounds have not brought the mean loss of the rows held out down by tol',
    async ({ nClasses }) => {
      const target = nClasses === 0 ? value : classes(nClasses);
      const data = { features, target, nClasses, keys };
      const rounds = nTrees(await boosted(data, STOP)) / (nClasses === 3 ? 3 : 1);
      const held = heldOutRows(hashes, Float64Array.from(target), nClasses, 0.25)!;
      const patient = { ...STOP, n_iter_no_change: 1000 };
      const losses: number[] = [];
      for (let n_estimators = 1; n_estimators <= rounds; n_estimators++) {
        const predicted = (await boosted(data, { ...patient, n_estimators })).predict(features);
        const ofRow = (y: number, row: number) =>
          nClasses === 0 ? (y - predicted[row]!) ** 2 / 2 : -Math.log(predicted[row * nClasses + y]!);
        const sum = target.reduce((total, y, row) => total + (held[row] ? 0 : ofRow(y, row)), 0);
        losses.push(sum / held.filter((learned) => !learned).length);
      }
      /** Whether the three losses up to a round are all hardly better than the one before them. */
      const isStuck = (round: number) =>
        round >= 4 && losses.slice(round - 3, round).every((loss) => loss >= losses[round - 4]! - STOP.tol);
      expect(rounds).toBeLessThan(200);
      for (let round = 1; round < rounds; round++) expect(isStuck(round)).toBe(false);
      expect(isStuck(rounds)).toBe(true);
    },
  );

  it.each([
    { title: 'values', nClasses: 0, change: (y: number) => 1e6 * y },
    { title: 'two classes', nClasses: 2, change: (y: number) => 1 - y },
  ])('of $title learns nothing from the rows held out', async ({ nClasses, change }) => {
    const target = Float64Array.from(nClasses === 0 ? value : classes(nClasses));
    const held = heldOutRows(hashes, target, nClasses, 0.25)!;
    // As many rows of either class change sides, all with hashes so small that they are held out on that side too.
    const last = [0, 1].map((label) =>
      hashes.reduce((most, hash, row) => (!held[row] && target[row] === label ? Math.max(most, hash) : most), 0),
    );
    const moves = (row: number) => !held[row] && (nClasses === 0 || hashes[row]! <= Math.min(...last));
    const room = [0, 1].map((label) => target.filter((y, row) => moves(row) && y === label).length);
    const left = [Math.min(...room), Math.min(...room)];
    const other = target.map((y, row) => {
      if (!moves(row) || (nClasses > 0 && left[y]!-- <= 0)) return y;
      return change(y);
    });
    expect(other).not.toEqual(target);
    expect(heldOutRows(hashes, other, nClasses, 0.25)).toEqual(held);
    const stop = { ...STOP, n_estimators: 12, n_iter_no_change: 12 };
    const model = await boosted({ features, target, nClasses, keys }, stop);
    expect((await boosted({ features, target: other, nClasses, keys }, stop)).state).toEqual(model.state);
  });

  it.each([0, 2, 3])(
    'of %d classes ends at the same round however its rounds are split into calls',
    async (nClasses) => {
      const target = Float64Array.from(nClasses === 0 ? value : classes(nClasses));
      const data = { features, target, nClasses, keys };
      const whole = await boosted(data, STOP);
      const rounds = nTrees(whole) / Math.max(1, nClasses - Number(nClasses === 2));
      for (const steps of [1, 3, rounds - 1, rounds, rounds + 1]) {
        const fit = await gradientBoosting.start(data, STOP, { seed: 1, workers: inlineWorkers, warn: () => {} });
        expect(fit.steps).toBe(STOP.n_estimators);
        while (fit.done < fit.steps) await fit.advance(steps);
        expect([fit.done, fit.steps]).toEqual([rounds, rounds]);
        expect(fit.finish().state).toEqual(whole.state);
      }
    },
  );

  it('never stops, and holds nothing out, where the share is less than a row', async () => {
    const few = numeric(columns.map((column) => column.subarray(0, 4)));
    const params = { ...STOP, n_estimators: 30, validation_fraction: 0.1, min_samples_leaf: 1 };
    const model = await boosted({ features: few, target: value.slice(0, 4) }, params);
    expect(nTrees(model)).toBe(30);
  });
});

describe('heldOutRows', () => {
  it('takes the share of each class with the smallest hashes, whatever their order', () => {
    const target = Float64Array.from({ length: 100 }, (_, row) => Number(row % 5 === 0));
    const own = Uint32Array.from({ length: 100 }, (_, row) => (row * 37) % 101);
    const learned = heldOutRows(own, target, 2, 0.3)!;
    for (const label of [0, 1]) {
      const rows = [...target.keys()].filter((row) => target[row] === label);
      const [held, kept] = [rows.filter((row) => !learned[row]), rows.filter((row) => learned[row])];
      expect(held).toHaveLength(0.3 * rows.length);
      expect(Math.max(...held.map((row) => own[row]!))).toBeLessThan(Math.min(...kept.map((row) => own[row]!)));
    }
    const back = heldOutRows(own.slice().reverse(), target.slice().reverse(), 2, 0.3)!;
    expect(back.reverse()).toEqual(learned);
  });

  it('leaves each class a row to learn from', () => {
    expect(heldOutRows(Uint32Array.of(1, 2, 3), Float64Array.of(0, 1, 1), 2, 0.9)).toEqual(Uint8Array.of(1, 0, 1));
    expect(heldOutRows(Uint32Array.of(1), Float64Array.of(0), 0, 0.9)).toBeNull();
  });
});
