import { describe, expect, it } from 'vitest';
import { metrics } from './index.ts';
import type { MetricInput } from './metric.ts';

const regression = {
  target: Float64Array.of(3.1, -0.5, 2, 7.25, 4, 4),
  score: Float64Array.of(2.5, 0, 2, 8, 3.5, 4.5),
  weights: Float64Array.of(1, 2, 0.5, 1, 3, 1),
};
const scores = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.2, 0.9, 0.6, 0.05);
const binary = {
  target: Float64Array.of(0, 0, 1, 1, 0, 1, 0, 0, 1, 0),
  score: scores,
  predictedClass: scores.map((score) => Number(score > 0.38)),
  weights: Float64Array.of(1, 2, 1, 0.5, 1, 3, 1, 1, 2, 1),
};
const shares = [
  [6, 2, 1, 1],
  [1, 2, 5, 2],
  [0, 1, 8, 1],
  [2, 2, 4, 2],
  [1, 6, 2, 1],
  [3, 5, 1, 1],
  [4, 3, 2, 1],
  [1, 1, 5, 3],
  [0, 10, 0, 0],
];
const multiclass = {
  target: Float64Array.of(0, 1, 2, 2, 1, 0, 2, 3, 1),
  score: Float64Array.from(shares, (row) => Math.max(...row) / 10),
  predictedClass: Float64Array.from(shares, (row) => row.indexOf(Math.max(...row))),
  probabilities: Float64Array.from(shares.flat(), (share) => share / 10),
  weights: Float64Array.of(1, 2, 0.5, 1, 3, 1, 2, 1, 1.5),
};

function input(part: Partial<MetricInput> & { target: Float64Array }, nClasses: number): MetricInput {
  const score = part.score ?? part.predictedClass!;
  return { nClasses, score, predictedClass: part.predictedClass ?? score, ...part };
}
function unweighted<Part extends { weights: Float64Array }>({ weights: _, ...rest }: Part): Omit<Part, 'weights'> {
  return rest;
}

// Golden values: scikit-learn 1.9.1, first plain, then with `sample_weight=weights`.
describe('metrics equal those of scikit-learn', () => {
  // `sklearn.metrics.<r2_score, root_mean_squared_error, mean_absolute_error, mean_absolute_percentage_error,
  // median_absolute_error, explained_variance_score>(target, prediction)`.
  it.each([
    ['r2', 0.9489345461484638, 0.9484437350359138],
    ['rmse', 0.5279678020485719, 0.5338539126015656],
    ['mae', 0.47500000000000003, 0.5117647058823529],
    ['mape', 0.2578327771598072, 0.32905843093633447],
    ['median_ae', 0.5, 0.5],
    ['explained_variance', 0.951084536607086, 0.9485000704192291],
  ])('%s', (id, plain, weighted) => {
    expect(metrics.get(id).compute(input(unweighted(regression), 0))).toBeCloseTo(plain, 12);
    expect(metrics.get(id).compute(input(regression, 0))).toBeCloseTo(weighted, 12);
  });

  // `max_error(target, prediction)`: it knows no weights.
  it('max_error', () => {
    expect(metrics.get('max_error').compute(input(unweighted(regression), 0))).toBe(0.75);
  });

  // `<name>_score(target, prediction or decision)`, `log_loss`, `brier_score_loss`, `matthews_corrcoef`; `_macro` and
  // `_weighted` with `average="macro"` and `"weighted"`, `zero_division=0`. ece, which scikit-learn does not have:
  // b = np.clip(np.ceil(p * 15) - 1, 0, 14).astype(int); np.abs(np.bincount(b, w * (y - p), 15)).sum() / w.sum()
  it.each([
    ['roc_auc', 0.7083333333333334, 0.6923076923076923],
    ['average_precision', 0.5595238095238095, 0.6078658183921342],
    ['log_loss', 0.6404115733338647, 0.6775390125156913],
    ['brier', 0.21650000000000005, 0.23592592592592593],
    ['f1', 0.6, 0.6875],
    ['precision', 0.5, 0.5789473684210527],
    ['recall', 0.75, 0.8461538461538461],
    ['f1_macro', 0.6, 0.6164772727272727],
    ['precision_macro', 0.625, 0.6644736842105263],
    ['recall_macro', 0.625, 0.6373626373626373],
    ['f1_weighted', 0.6, 0.6138468013468014],
    ['precision_weighted', 0.65, 0.6676413255360624],
    ['recall_weighted', 0.6, 0.6296296296296297],
    ['accuracy', 0.6, 0.6296296296296297],
    ['balanced_accuracy', 0.625, 0.6373626373626373],
    ['mcc', 0.25, 0.30061629390242617],
    ['cohen_kappa', 0.23076923076923084, 0.2702702702702702],
    ['ece', 0.23, 0.2518518518518518],
  ])('%s of a binary target', (id, plain, weighted) => {
    expect(metrics.get(id).compute(input(unweighted(binary), 2))).toBeCloseTo(plain, 12);
    expect(metrics.get(id).compute(input(binary, 2))).toBeCloseTo(weighted, 12);
  });

  // As above, with `average="macro"` where the name says nothing; `roc_auc_score(target, probabilities, multi_class="ovr")`,
  // `log_loss` and `brier_score_loss(target, probabilities, labels=[0, 1, 2, 3])`. ece: the lines above with
  // p = probabilities.max(axis=1) and y = (target == decision).
  it.each([
    ['f1', 0.4345238095238095, 0.38125],
    ['precision', 0.41666666666666663, 0.3712121212121212],
    ['recall', 0.45833333333333326, 0.4052197802197802],
    ['f1_macro', 0.4345238095238095, 0.38125],
    ['precision_macro', 0.41666666666666663, 0.3712121212121212],
    ['recall_macro', 0.45833333333333326, 0.4052197802197802],
    ['f1_weighted', 0.5238095238095238, 0.5375],
    ['precision_weighted', 0.5, 0.5501165501165501],
    ['recall_weighted', 0.5555555555555556, 0.5384615384615384],
    ['accuracy', 0.5555555555555556, 0.5384615384615384],
    ['balanced_accuracy', 0.45833333333333326, 0.4052197802197802],
    ['mcc', 0.36417852036461484, 0.3059360730593607],
    ['cohen_kappa', 0.3571428571428572, 0.3004484304932735],
    ['roc_auc_ovr', 0.8779761904761905, 0.839709885256444],
    ['log_loss', 0.8653229960267133, 0.9166817123833458],
    ['brier', 0.4822222222222222, 0.506923076923077],
    ['ece', 0.3, 0.3],
  ])('%s of four classes', (id, plain, weighted) => {
    expect(metrics.get(id).compute(input(unweighted(multiclass), 4))).toBeCloseTo(plain, 12);
    expect(metrics.get(id).compute(input(multiclass, 4))).toBeCloseTo(weighted, 12);
  });
});

describe('metrics at their edges', () => {
  const one = (label: number) => input({ target: Float64Array.of(label, label), score: Float64Array.of(0.2, 0.9) }, 2);
  const decided = (target: number[], predictedClass: number[]) =>
    input({ target: Float64Array.from(target), predictedClass: Float64Array.from(predictedClass) }, 2);
  const third = new Float64Array(3).fill(1 / 3);
  const threeClasses = input({ target: Float64Array.of(0, 1, 2), score: third }, 3);
  const strayClass = input({ target: Float64Array.of(0, 0, 1), predictedClass: Float64Array.of(0, 2, 1) }, 3);
  it.each([
    ['roc_auc of one class', 'roc_auc', one(1), Number.NaN],
    ['average precision without positives', 'average_precision', one(0), Number.NaN],
    ['f1 without positives', 'f1', one(0), Number.NaN],
    [
      'precision without a positive decision',
      'precision',
      input({ target: Float64Array.of(0, 1), predictedClass: Float64Array.of(0, 0) }, 2),
      0,
    ],
    ['r2 of one row', 'r2', input({ target: Float64Array.of(1), score: Float64Array.of(1) }, 0), Number.NaN],
    [
      'r2 of a constant target missed',
      'r2',
      input({ target: Float64Array.of(1, 1), score: Float64Array.of(1, 2) }, 0),
      0,
    ],
    ['r2 of a constant target met', 'r2', input({ target: Float64Array.of(1, 1), score: Float64Array.of(1, 1) }, 0), 1],
    [
      'roc_auc of one score for all',
      'roc_auc',
      input({ target: Float64Array.of(0, 1, 1), score: Float64Array.of(0.5, 0.5, 0.5) }, 2),
      0.5,
    ],
    // log_loss([1, 0], [1e-13, 1e-13], labels=[0, 1]): a sure miss costs 29.93.
    [
      'log_loss of a sure miss and a sure hit',
      'log_loss',
      input({ target: Float64Array.of(1, 0), score: Float64Array.of(0, 0) }, 2),
      14.966803104461347,
    ],
    ['log_loss of three classes without probabilities', 'log_loss', threeClasses, Number.NaN],
    ['brier of three classes without probabilities', 'brier', threeClasses, Number.NaN],
    ['roc_auc_ovr without probabilities', 'roc_auc_ovr', threeClasses, Number.NaN],
    [
      'roc_auc_ovr without a row of some class',
      'roc_auc_ovr',
      { ...threeClasses, target: Float64Array.of(0, 1, 1), probabilities: new Float64Array(9).fill(1 / 3) },
      Number.NaN,
    ],
    // balanced_accuracy_score([0, 0, 1], [0, 2, 1]) and recall_score(…, average="macro", zero_division=0)
    ['balanced accuracy with a class that is only decided for', 'balanced_accuracy', strayClass, 0.75],
    ['macro recall with a class that is only decided for', 'recall_macro', strayClass, 0.5],
    // matthews_corrcoef([0, 1], [1, 1]) is 0, and so is that of ([1, 1], [1, 1]), which is NaN here.
    ['mcc of one decision for all', 'mcc', decided([0, 1], [1, 1]), 0],
    ['mcc of one class', 'mcc', decided([1, 1], [1, 1]), Number.NaN],
    ['kappa of one class', 'cohen_kappa', decided([1, 1], [1, 1]), Number.NaN],
    ['kappa of decisions against the target', 'cohen_kappa', decided([0, 1], [1, 0]), -1],
    // mean_absolute_percentage_error([0, 1], [0.5, 1])
    [
      'mape with a target of zero',
      'mape',
      input({ target: Float64Array.of(0, 1), score: Float64Array.of(0.5, 1) }, 0),
      1125899906842624,
    ],
    // median_absolute_error([0, 0, 0], [1, 2, 4], sample_weight=[1, 1, 2])
    [
      'the median between two rows, by weight',
      'median_ae',
      input(
        {
          target: new Float64Array(3),
          score: Float64Array.of(1, 2, 4),
          weights: Float64Array.of(1, 1, 2),
        },
        0,
      ),
      3,
    ],
    [
      'the largest error among rows that count',
      'max_error',
      input({ target: new Float64Array(2), score: Float64Array.of(1, 9), weights: Float64Array.of(1, 0) }, 0),
      1,
    ],
    // explained_variance_score([1, 1], [1, 2]) and ([1, 1], [2, 2])
    [
      'explained variance of a constant target',
      'explained_variance',
      input({ target: Float64Array.of(1, 1), score: Float64Array.of(1, 2) }, 0),
      0,
    ],
    [
      'explained variance of a constant target and a constant error',
      'explained_variance',
      input({ target: Float64Array.of(1, 1), score: Float64Array.of(2, 2) }, 0),
      1,
    ],
    // np.ceil(0.2 * 15) - 1 is 2: the upper edge belongs to a bin, the lower does not, and 0 is in the first.
    [
      'ece at the edges of bins',
      'ece',
      input({ target: Float64Array.of(1, 0, 0), score: Float64Array.of(0.2, 0.15, 0) }, 2),
      (0.8 - 0.15) / 3,
    ],
  ])('%s', (_, id, rows, expected) => {
    const value = metrics.get(id).compute(rows);
    if (Number.isNaN(expected)) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(expected, 12);
  });

  it.each(metrics.all.map(({ id, targetTypes }) => [id, targetTypes] as const))(
    '%s of no rows is NaN',
    (id, targetTypes) => {
      const none = new Float64Array(0);
      const nClasses = targetTypes.includes('continuous') ? 0 : targetTypes.includes('binary') ? 2 : 3;
      expect(metrics.get(id).compute(input({ target: none, score: none }, nClasses))).toBeNaN();
    },
  );

  it("auc's weight in a mean over folds is its number of pairs, and its degrees of freedom the rarer class's", () => {
    const target = Float64Array.of(0, 0, 0, 1, 1);
    expect(metrics.get('roc_auc').foldWeight!(target)).toBe(6);
    expect(metrics.get('roc_auc').degreesOfFreedom!(target)).toBe(1);
  });
});
