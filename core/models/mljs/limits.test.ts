import { describe, expect, it, vi } from 'vitest';
import { ConfigError } from '../../errors/app-error.ts';
import { inlineWorkers } from '../inline-workers.ts';
import type { ModelPlugin } from '../model.ts';
import { mljsDecisionTree } from './decision-tree.ts';
import { numeric } from './fit.fixture.ts';
import { checkLimits } from './limits.ts';
import { mljsLogisticRegression } from './logistic-regression.ts';
import { mljsRandomForest } from './random-forest.ts';

const zeros = (n: number) => new Float64Array(n);
const some = { features: numeric([[0]]), target: zeros(1), nClasses: 0 };
const context = { seed: 1, workers: inlineWorkers, warn: () => {} };

async function refused(plugin: ModelPlugin, n: number, p: number, nClasses: number, params: object) {
  const features = numeric(Array.from({ length: p }, () => zeros(n)));
  const error = await plugin.fit({ features, target: zeros(n), nClasses }, { ...params }, context).catch((e) => e);
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).problems;
}

describe('checkLimits', () => {
  it.each([
    { plugin: mljsRandomForest, n: 4000, p: 12, nClasses: 0, params: {}, most: 2000, time: 'about 3.2 min' },
    { plugin: mljsRandomForest, n: 8000, p: 12, nClasses: 0, params: {}, most: 2000, time: 'about 13 min' },
    { plugin: mljsRandomForest, n: 2001, p: 12, nClasses: 2, params: {}, most: 2000, time: 'about 72 s' },
    { plugin: mljsRandomForest, n: 11, p: 1, nClasses: 2, params: { max_rows: 10 }, most: 10, time: 'about 0.00018 s' },
    { plugin: mljsDecisionTree, n: 100_000, p: 5, nClasses: 2, params: {}, most: 12_000, time: 'about 25 min' },
    {
      plugin: mljsLogisticRegression,
      n: 200_000,
      p: 10,
      nClasses: 2,
      params: { max_iter: 1e6 },
      most: 50_000,
      time: 'about 14 h',
    },
  ])('of $plugin.id for $n × $p refuses, and says how long it would take', async (row) => {
    const { plugin, n, most, time } = row;
    expect(await refused(plugin, n, row.p, row.nClasses, row.params)).toEqual([
      {
        place: `models.${plugin.id}.max_rows`,
        message: `a fit on this many rows would take ${time}`,
        found: `${n} training rows`,
        allowed: `at most ${most}`,
        next: expect.stringMatching(/^use (random_forest|logistic_regression), which is fast, or raise max_rows$/),
      },
    ]);
  });

  it.each([mljsRandomForest, mljsDecisionTree, mljsLogisticRegression])('of $id refuses weights', async (plugin) => {
    const data = { ...some, nClasses: plugin.tasks.includes('regression') ? 0 : 2, weights: Float64Array.of(1) };
    await expect(plugin.fit(data, {}, context)).rejects.toThrow(/cannot weight rows/);
  });

  it.each([
    { seconds: 9.9, said: [] },
    { seconds: 10.4, said: [['m takes about 10 s a fit; random_forest is fast']] },
    { seconds: 600, said: [['m takes about 10 min a fit; random_forest is fast']] },
  ])('warns of a fit of $seconds seconds: $said', ({ seconds, said }) => {
    const warn = vi.fn();
    checkLimits('m', some, { maxRows: 5, seconds, instead: 'random_forest' }, { warn });
    expect(warn.mock.calls).toEqual(said);
  });
});
