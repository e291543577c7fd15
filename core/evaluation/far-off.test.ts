import { describe, expect, it } from 'vitest';
import { decided } from '../models/predictions.ts';
import { anEvaluationSet, aTable } from './evaluation-set.fixture.ts';
import { farOffWarnings } from './far-off.ts';

const evaluationSet = anEvaluationSet(aTable(50, 1, 'continuous'));
const { values } = evaluationSet.target;
const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
const spread = values.reduce((sum, y) => sum + (y - mean) ** 2, 0);
/** Predictions that are all wrong by as much, so that r2 is 1 − squared error / spread. */
const withR2 = (r2: number) =>
  decided({ outputs: values.map((y) => y + Math.sqrt(((1 - r2) * spread) / values.length)), nClasses: 0 });

describe('farOffWarnings', () => {
  it.each([0.9, 0, -0.99])('says nothing of an r2 of %d', (r2) => {
    expect(farOffWarnings(evaluationSet, [withR2(r2)])).toEqual([]);
  });

  it.each([
    [-1.5, '-1.5'],
    [-10_328, '-10328'],
  ])('warns of an r2 of %d, also in one repeat', (r2, text) => {
    const [warning, ...others] = farOffWarnings(evaluationSet, [withR2(0.5), withR2(r2)]);
    expect(warning).toContain(`out-of-fold r2 is ${text}:`);
    expect(others).toEqual([]);
  });

  it('says nothing of classes', () => {
    const classes = anEvaluationSet(aTable(50));
    const outputs = Float64Array.from({ length: 100 }, (_, i) => i % 2);
    expect(farOffWarnings(classes, [decided({ outputs, nClasses: 2 })])).toEqual([]);
  });
});
