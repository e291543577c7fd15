import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log1p } from '../../stats/elementary.ts';
import { denseColumns } from '../linear-algebra.ts';
import { type LogisticRows, logisticLoss } from './logistic-loss.ts';
import { spreadBlocks } from './row-blocks.ts';
import { someWeights, wholeTable } from './table.fixture.ts';

const PENALTY = 3;

function someRows(nClasses: 2 | 3): LogisticRows {
  const { features, target } = wholeTable(nClasses);
  const weights = someWeights.map((weight) => weight + 0.25);
  const classWeights = Float64Array.of(2, 1, 0.5).subarray(0, nClasses);
  return { columns: denseColumns(features), labels: target, nClasses, weights, classWeights, penalty: PENALTY };
}

/** The same in plain TypeScript: scores, probabilities, loss and gradient row by row. */
function plainLoss(rows: LogisticRows, point: Float64Array) {
  const { columns, labels, nClasses, classWeights } = rows;
  const weights = labels.map((label, row) => classWeights[label]! * rows.weights![row]!);
  const p = columns.length;
  const sets = nClasses === 2 ? 1 : nClasses;
  const gradient = new Float64Array(point.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    const scores = Array.from({ length: sets }, (_, set) => {
      let score = point[set * (p + 1) + p]!;
      for (let j = 0; j < p; j++) score += point[set * (p + 1) + j]! * columns[j]![row]!;
      return score;
    });
    const logits = sets === 1 ? [0, scores[0]!] : scores;
    const largest = Math.max(...logits);
    const parts = logits.map((logit) => exp(logit - largest));
    const sum = parts.reduce((all, part) => all + part, 0);
    const share = weights[row]! / total;
    loss += share * (log1p(sum - 1) + largest - logits[labels[row]!]!);
    for (let set = 0; set < sets; set++) {
      const label = sets === 1 ? 1 : set;
      const residual = share * (parts[label]! / sum - Number(labels[row] === label));
      for (let j = 0; j < p; j++) gradient[set * (p + 1) + j]! += residual * columns[j]![row]!;
      gradient[set * (p + 1) + p]! += residual;
    }
  }
  for (const [i, c] of point.entries()) {
    if (i % (p + 1) === p) continue;
    loss += (PENALTY * c * c) / (2 * total);
    gradient[i]! += (PENALTY * c) / total;
  }
  return { loss, gradient };
}

const overAll = (rows: LogisticRows) => {
  const loss = logisticLoss(rows);
  return loss.over(spreadBlocks(loss.nBlocks, loss.nBlocks));
};

describe.each([2, 3] as const)('the loss of %d classes', (nClasses) => {
  const rows = someRows(nClasses);
  const objective = overAll(rows);
  const length = (nClasses === 2 ? 1 : 3) * 6;

  it('and its gradient are what plain TypeScript makes of them, however large the scores', () => {
    const size = fc.constantFrom(0, 1e-9, 0.1, 1, 30, 2000);
    const direction = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(size, direction, (scale, values) => {
        const point = Float64Array.from(values, (value) => value * scale);
        const gradient = new Float64Array(length);
        const loss = objective.evaluate(point, gradient);
        const plain = plainLoss(rows, point);
        expect(Math.abs(loss - plain.loss)).toBeLessThanOrEqual(1e-13 * Math.max(1, plain.loss));
        for (const [i, g] of gradient.entries()) {
          expect(Math.abs(g - plain.gradient[i]!)).toBeLessThanOrEqual(1e-13 * Math.max(1, scale));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is infinite or not a number, never wrong, where scores leave the range of a double', () => {
    const gradient = new Float64Array(length);
    const point = new Float64Array(length).map((_, i) => (i % 2 === 0 ? 1e308 : -1e308));
    expect(Number.isFinite(objective.evaluate(point, gradient))).toBe(false);
  });
});

describe('the curvature of two classes', () => {
  it('undoes a product with the second derivatives', () => {
    const rows = someRows(2);
    const objective = overAll(rows);
    const point = Float64Array.of(1, -0.5, 0.25, 0, 2, -0.3);
    const vector = Float64Array.of(1, 2, -3, 4, -5, 6);
    const product = new Float64Array(6);
    const step = 1e-4;
    const [above, below] = [new Float64Array(6), new Float64Array(6)];
    objective.evaluate(
      point.map((value, i) => value + step * vector[i]!),
      above,
    );
    objective.evaluate(
      point.map((value, i) => value - step * vector[i]!),
      below,
    );
    for (let i = 0; i < 6; i++) product[i] = (above[i]! - below[i]!) / (2 * step);
    objective.curvature(point)!(product);
    for (let i = 0; i < 6; i++) expect(product[i]).toBeCloseTo(vector[i]!, 5);
  });

  it('is unknown where rows are few beside columns', () => {
    const columns = Array.from({ length: 100 }, (_, j) =>
      Float64Array.from({ length: 50 }, (_, row) => Number(row === j)),
    );
    const labels = Float64Array.from({ length: 50 }, (_, row) => row % 2);
    const objective = overAll({
      ...{ columns, labels, nClasses: 2, weights: null },
      ...{ classWeights: Float64Array.of(1, 1), penalty: 1 },
    });
    expect(objective.curvature(new Float64Array(101))).toBeNull();
  });
});
