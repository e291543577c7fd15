import { CATBOOST, LIGHTGBM, OURS, SCIKIT_LEARN, XGBOOST } from './boosting-parameters.ts';
import { churn, fraud, higgs, house } from './look-alikes.ts';
import type { Suite } from './suite.ts';
import { compareTraining, type Target, TRAINING_NOTES, type TrainingCase } from './training.ts';

const FOREST: Target = { mustHold: 0.25, stretch: 0.1 };
const BOOSTING_SMALL: Target = { mustHold: 0.7, stretch: 0.35 };
const BOOSTING_LARGE: Target = { mustHold: 0.9, stretch: 0.55 };
const BESIDE_OTHERS: Target = { mustHold: 1, stretch: 0.75 };

const houses = (quick: boolean) => house({ train: quick ? 2000 : 16_512, test: quick ? 500 : 4128 });
const frauds = (quick: boolean) => fraud({ train: quick ? 5000 : 10_000, test: quick ? 5000 : 50_000 });
const collisions = (missing: number) => (quick: boolean) =>
  higgs({ train: quick ? 5000 : 1_000_000, test: quick ? 2000 : 200_000 }, missing);
const customers = (quick: boolean) => churn({ train: quick ? 1000 : 7043, test: quick ? 1000 : 7043 });

const CASES: readonly TrainingCase[] = [
  forest('forest, 16,512 × 13, values, 100 trees', houses, 'RandomForestRegressor', { n_estimators: 100 }),
  forest('forest, 10,000 × 30, 0.2 % positive, 100 trees', frauds, 'RandomForestClassifier', { n_estimators: 100 }),
  forest('forest, 1,000,000 × 28, 4 trees of 5 features a split', collisions(0), 'RandomForestClassifier', {
    n_estimators: 4,
    max_features: 5,
  }),
  boosting('boosting, 16,512 × 13, values', houses, 'HistGradientBoostingRegressor', BOOSTING_SMALL),
  boosting('boosting, 10,000 × 30, 0.2 % positive', frauds, 'HistGradientBoostingClassifier', BOOSTING_SMALL),
  boosting('boosting, 7,043 × 19, 15 categorical', customers, 'HistGradientBoostingClassifier', BOOSTING_SMALL),
  boosting('boosting, 1,000,000 × 28', collisions(0), 'HistGradientBoostingClassifier', BOOSTING_LARGE),
  boosting('boosting, 1,000,000 × 28, 10 % missing', collisions(0.1), 'HistGradientBoostingClassifier', BOOSTING_LARGE),
];

/** Training of trees beside scikit-learn, LightGBM, XGBoost and CatBoost. */
export const treesSuite: Suite = {
  id: 'trees',
  title: 'Training of forests and boosting',
  packages: ['scikit-learn==1.9.1', 'lightgbm==4.7.0', 'xgboost-cpu==3.2.0', 'catboost==1.2.10'],
  async run(bench) {
    return [
      ...TRAINING_NOTES,
      '',
      'Boosting has 100 trees of 31 leaves, learning rate 0.1, at least 20 rows per leaf, up to 255 bins and no early stopping. XGBoost runs `hist` and grows leaf by leaf; it knows no least rows per leaf of classes. CatBoost grows leaf by leaf too (`Lossguide`, not the symmetric trees that are its default), from all rows, with `Plain` boosting and no noise. Nobody adds a penalty to leaves. Categories are native on all sides. LightGBM and XGBoost need a hessian of at least 0.3 in a leaf; ours needs that where a class is rare, and less elsewhere. scikit-learn splits down to 10⁻³, which costs it time and score where classes are rare.',
      '',
      ...compareTraining(bench, CASES, [1, 2]),
    ];
  },
};

function forest(
  title: string,
  table: TrainingCase['table'],
  estimator: string,
  params: Readonly<Record<string, unknown>>,
): TrainingCase {
  return {
    title,
    table,
    model: 'random_forest',
    params,
    peers: [{ name: 'scikit-learn', estimator, params, target: FOREST }],
  };
}

function boosting(title: string, table: TrainingCase['table'], estimator: string, target: Target): TrainingCase {
  return {
    title,
    table,
    model: 'gradient_boosting',
    params: OURS,
    peers: [
      { name: 'scikit-learn', estimator, params: SCIKIT_LEARN, target },
      { name: 'LightGBM', estimator: 'LightGBM', params: LIGHTGBM, target: BESIDE_OTHERS },
      { name: 'XGBoost', estimator: 'XGBoost', params: XGBOOST, target: BESIDE_OTHERS },
      { name: 'CatBoost', estimator: 'CatBoost', params: CATBOOST, target: BESIDE_OTHERS },
    ],
  };
}
