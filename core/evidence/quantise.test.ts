import { describe, expect, it } from 'vitest';
import { anEvaluationSet, aTable } from '../evaluation/evaluation-set.fixture.ts';
import type { PooledMetric } from '../evaluation/uncertainty/pooled-metric.ts';
import { seedNoise } from '../evaluation/uncertainty/seed-noise.ts';
import { certain, decided, ofPositive } from '../models/predictions.ts';
import { dequantise, dequantiseProbabilities, quantise, rowSetOf } from './quantise.ts';

describe('quantise and dequantise', () => {
  it("keep a regression's predictions to a thousandth of the target's spread", () => {
    const evaluationSet = anEvaluationSet(aTable(100, 1, 'continuous'));
    const rowSet = rowSetOf(evaluationSet);
    const outputs = evaluationSet.target.values.map((y) => y * 1.1 + 0.3);
    const stored = quantise(rowSet, decided({ outputs, nClasses: 0 }), false);
    expect(stored.decisions).toHaveLength(0);
    for (const [i, value] of dequantise(stored.predictions, rowSet.scale).entries()) {
      expect(Math.abs(value - outputs[evaluationSet.order[i]!]!)).toBeLessThan(0.003 * rowSet.scale!.sd);
    }
  });
  it('keep probabilities, also those of 0 and 1, and the decisions', () => {
    const evaluationSet = anEvaluationSet(aTable(50));
    const rowSet = rowSetOf(evaluationSet);
    const positive = Float64Array.from({ length: 50 }, (_, i) => i / 49);
    const stored = quantise(rowSet, decided(ofPositive(positive)), false);
    expect(stored.probabilities).toBeUndefined();
    const back = dequantise(stored.predictions, null);
    for (const [i, row] of evaluationSet.order.entries()) {
      expect(Math.abs(back[i]! - positive[row]!)).toBeLessThan(0.001);
      expect(stored.decisions[i]).toBe(Number(positive[row]! > 0.5));
    }
  });
  it('keep the probabilities of all classes as ones that add up to 1, also where one is certain', () => {
    const evaluationSet = anEvaluationSet(aTable(50));
    const rowSet = rowSetOf(evaluationSet);
    const outputs = Float64Array.from(
      Array.from({ length: 50 }, (_, i) => (i === 0 ? [0, 0, 1] : [i / 98, i / 98, 1 - i / 49])).flat(),
    );
    const back = dequantiseProbabilities(quantise(rowSet, decided({ outputs, nClasses: 3 }), true).probabilities!);
    for (const [i, row] of evaluationSet.order.entries()) {
      expect(back[3 * i]! + back[3 * i + 1]! + back[3 * i + 2]!).toBeCloseTo(1, 12);
      for (const k of [0, 1, 2]) expect(Math.abs(back[3 * i + k]! - outputs[3 * row + k]!)).toBeLessThan(0.001);
    }
  });
  it('keep no probabilities of classes that were predicted without', () => {
    const rowSet = rowSetOf(anEvaluationSet(aTable(50)));
    const stored = quantise(rowSet, certain(new Float64Array(50).fill(2), 3), true);
    expect(stored.probabilities).toBeUndefined();
    expect(new Set(stored.decisions)).toEqual(new Set([2]));
    expect(new Set(dequantise(stored.predictions, null)).size).toBe(1);
  });
  it("round once more on the other side's scale, where it differs", () => {
    const bits = Uint16Array.of(0x3c01);
    const [own] = dequantise(bits, { mean: 0, sd: 1 });
    const [other] = dequantise(bits, { mean: 0, sd: 1 }, { mean: 5, sd: 1 });
    expect(other).not.toBe(own);
    expect(Math.abs(other! - own!)).toBeLessThan(0.005);
  });
});

describe('seedNoise', () => {
  const repeat = (...values: number[]): PooledMetric => ({
    value: 0,
    deviations: null,
    draws: null,
    df: 1,
    bias: 0,
    folds: values.map((value) => ({ value, weight: 1 / values.length })),
  });
  it('is half the squared differences between two repeats, over folds, for their mean', () => {
    // Two folds of weight ½, differences .2 and .4: (¼·½·.04 + ¼·½·.16)/2 = .0125.
    const noise = seedNoise([repeat(0.5, 0.9), repeat(0.7, 0.5)])!;
    expect(noise.variance).toBeCloseTo(0.0125, 12);
    // Satterthwaite: (.005 + .02)²/(.005² + .02²) = 1.4706.
    expect(noise.df).toBeCloseTo(1.4706, 4);
  });
  it('is null without repeats and 0 when they agree', () => {
    expect(seedNoise([repeat(1, 2)])).toBeNull();
    expect(seedNoise([repeat(1, 2), repeat(1, 2)])).toMatchObject({ variance: 0 });
  });
  it('leaves out folds where the metric is undefined', () => {
    expect(seedNoise([repeat(0.5, Number.NaN), repeat(0.7, 0.1)])!.variance).toBeCloseTo((0.25 * 0.02) / 2, 12);
  });
});
