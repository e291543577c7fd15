import { describe, expect, it } from 'vitest';
import { minimise, type Objective } from './lbfgs.ts';

const divideBy = (sizes: readonly number[]) => (vector: Float64Array) => {
  for (const [i, size] of sizes.entries()) vector[i]! /= size;
};
/** Σ sizeᵢ·(xᵢ − 1)²/2, its second derivatives known or not. */
const bowl = (sizes: readonly number[], known: boolean): Objective => ({
  evaluate(point, gradient) {
    let value = 0;
    for (const [i, size] of sizes.entries()) {
      gradient[i] = size * (point[i]! - 1);
      value += 0.5 * gradient[i]! * (point[i]! - 1);
    }
    return value;
  },
  curvature: () => (known ? divideBy(sizes) : null),
});

const counted = (objective: Objective) => {
  const counts = { evaluations: 0 };
  const evaluate: Objective['evaluate'] = (point, gradient) => {
    counts.evaluations++;
    return objective.evaluate(point, gradient);
  };
  return { counts, objective: { ...objective, evaluate } };
};
const SIZES = [1e-3, 1, 30, 1e4];
const options = { maxIterations: 500, tolerance: 1e-9 };

describe('minimise', () => {
  it('with the true second derivatives is there in one step', () => {
    const { counts, objective } = counted(bowl(SIZES, true));
    const { point, converged } = minimise(objective, new Float64Array(4), options);
    expect(converged).toBe(true);
    expect([...point]).toEqual([1, 1, 1, 1]);
    expect(counts.evaluations).toBe(2);
  });

  it('without any finds the same', () => {
    const { point, converged } = minimise(bowl(SIZES, false), new Float64Array(4), options);
    expect(converged).toBe(true);
    for (const value of point) expect(value).toBeCloseTo(1, 5);
  });

  it('does not look behind a step that is sure to end at the minimum', () => {
    const { counts, objective } = counted(bowl([1, 2, 3, 4], false));
    // Second derivatives off by 1 or 2 %: the gradient shrinks fifty times or more with each step.
    const rough = { ...objective, curvature: () => divideBy([1.02, 1.98, 3.03, 3.92]) };
    const { point, converged, nSteps } = minimise(rough, new Float64Array(4), { ...options, tolerance: 1e-4 });
    expect({ converged, nSteps, evaluations: counts.evaluations }).toEqual({
      converged: true,
      nSteps: 3,
      evaluations: 3,
    });
    const gradient = new Float64Array(4);
    objective.evaluate(point, gradient);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-4);
  });

  it('says when the steps run out', () => {
    const few = { maxIterations: 2, tolerance: 1e-9 };
    expect(minimise(bowl(SIZES, false), new Float64Array(4), few)).toMatchObject({ converged: false, nSteps: 2 });
  });

  it('stays where it is when nothing is better, or nothing is a number', () => {
    expect(minimise(bowl(SIZES, false), Float64Array.of(1, 1, 1, 1), options).point).toEqual(
      Float64Array.of(1, 1, 1, 1),
    );
    const nowhere: Objective = {
      evaluate: (_, gradient) => gradient.fill(Number.NaN)[0]!,
      curvature: () => null,
    };
    expect(minimise(nowhere, new Float64Array(2), options)).toEqual({
      point: new Float64Array(2),
      converged: false,
      nSteps: 0,
    });
  });

  it('comes down a wall that grows as e^x', () => {
    const objective: Objective = {
      evaluate([x], gradient) {
        gradient[0] = Math.exp(x!) - 1;
        return Math.exp(x!) - x!;
      },
      curvature: () => null,
    };
    expect(minimise(objective, Float64Array.of(30), options).point[0]).toBeCloseTo(0, 6);
  });
});
