import { OURS, SCIKIT_LEARN } from './boosting-parameters.ts';
import type { OurModel, PeerModel } from './out-of-fold.ts';
import type { DataTable } from './table-file.ts';

/** One of our models and the model of scikit-learn that it is to be as good as. */
export interface Contest extends OurModel, PeerModel {
  readonly title: string;
  readonly beside: string;
}

const TREES = { n_estimators: 100 };

/** The contests that a table allows. */
export function contestsOf({ nClasses, columns }: DataTable): readonly Contest[] {
  const kind = nClasses === 0 ? 'Regressor' : 'Classifier';
  const hasWords = columns.some(({ nCategories }) => nCategories > 0);
  const forest = { title: 'forest', model: 'random_forest', params: TREES, peerParams: TREES };
  const estimator = `RandomForest${kind}`;
  const linear = { model: 'linear_regression', encoding: 'dense' } as const;
  return [
    { ...forest, beside: hasWords ? `${estimator}, codes` : estimator, estimator, encoding: 'codes' },
    ...(hasWords ? [{ ...forest, beside: `${estimator}, one-hot`, estimator, encoding: 'one-hot' as const }] : []),
    {
      title: 'boosting',
      model: 'gradient_boosting',
      params: OURS,
      beside: `HistGradientBoosting${kind}`,
      estimator: `HistGradientBoosting${kind}`,
      peerParams: SCIKIT_LEARN,
      encoding: 'native',
    },
    ...(nClasses === 0
      ? [
          plain('linear, alpha 0', { ...linear, params: { alpha: 0 } }, 'LinearRegression', {}),
          plain('linear', { ...linear, params: {} }, 'Ridge', {}),
        ]
      : [
          plain('logistic', { model: 'logistic_regression', encoding: 'dense', params: {} }, 'LogisticRegression', {
            max_iter: 1000,
          }),
        ]),
  ];
}

function plain(
  title: string,
  ours: Pick<Contest, 'model' | 'encoding' | 'params'>,
  estimator: string,
  peerParams: Contest['peerParams'],
): Contest {
  return { title, ...ours, beside: estimator, estimator, peerParams };
}
