import { exp, log } from '../../stats/elementary.ts';

/** 1/(1 + e^(a·s + b)), after Platt. */
export interface Sigmoid {
  readonly a: number;
  readonly b: number;
}

const MOST_STEPS = 100;
const TOLERANCE = 1e-12;

/**
 * Platt's scaling (1999) by Newton's method with backtracking (Lin, Lin & Weng 2007), labels drawn in by his prior: as
 * `sklearn.calibration._sigmoid_calibration` does, to the precision of its solver.
 *
 * @param scores finite: log-odds here. @param labels 0 or 1 each.
 */
export function fitSigmoid(scores: Float64Array, labels: Float64Array): Sigmoid {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  let a = 0;
  let b = log((negatives + 1) / (positives + 1));
  let value = loss({ a, b });
  for (let step = 0; step < MOST_STEPS; step++) {
    const sums = derivatives({ a, b });
    const { ga, gb, haa, hab, hbb } = sums;
    if (Math.abs(ga) < TOLERANCE * labels.length && Math.abs(gb) < TOLERANCE * labels.length) break;
    const determinant = haa * hbb - hab * hab;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(-hab * ga + haa * gb) / determinant;
    let size = 1;
    let next = { a: a + da, b: b + db };
    while (size > 1e-10 && !(loss(next) <= value + 1e-4 * size * (ga * da + gb * db))) {
      size /= 2;
      next = { a: a + size * da, b: b + size * db };
    }
    if (size <= 1e-10) break;
    ({ a, b } = next);
    value = loss(next);
  }
  return { a, b };

  function loss(sigmoid: Sigmoid): number {
    let sum = 0;
    for (const [row, score] of scores.entries()) {
      const z = sigmoid.a * score + sigmoid.b;
      const t = labels[row]! > 0 ? high : low;
      sum += z >= 0 ? t * z + log(1 + exp(-z)) : (t - 1) * z + log(1 + exp(z));
    }
    return sum;
  }

  function derivatives(sigmoid: Sigmoid) {
    // A little on the diagonal keeps the matrix of second derivatives invertible where all scores are one.
    const sums = { ga: 0, gb: 0, haa: 1e-12, hab: 0, hbb: 1e-12 };
    for (const [row, score] of scores.entries()) {
      const p = sigmoidAt(sigmoid, score);
      const weight = p * (1 - p);
      const residual = (labels[row]! > 0 ? high : low) - p;
      sums.ga += score * residual;
      sums.gb += residual;
      sums.haa += score * score * weight;
      sums.hab += score * weight;
      sums.hbb += weight;
    }
    return sums;
  }
}

export function sigmoidAt({ a, b }: Sigmoid, score: number): number {
  const z = a * score + b;
  return z >= 0 ? exp(-z) / (1 + exp(-z)) : 1 / (1 + exp(z));
}
