import { fitPreprocessor } from '../core/preprocessing/preprocessor.ts';
import { createTable } from '../core/table/table.ts';
import { higgs, house } from './look-alikes.ts';
import type { Suite } from './suite.ts';
import type { DataTable } from './table-file.ts';
import { compareTraining, TRAINING_NOTES, type TrainingCase } from './training.ts';

const rows = (train: number, test: number) => (quick: boolean) => ({
  train: quick ? 1000 : train,
  test: quick ? 1000 : test,
});
const few = rows(8000, 50_000);
const many = rows(1_000_000, 200_000);

const CASES: readonly TrainingCase[] = [
  logistic('logistic regression, 8,000 × 28', (quick) => higgs(few(quick)), { mustHold: 1.5, stretch: 0.8 }),
  logistic('logistic regression, 1,000,000 × 28', (quick) => higgs(many(quick)), { mustHold: 1.2, stretch: 0.6 }),
  linear('linear regression, 16,512 × 13', (quick) => house(rows(16_512, 4128)(quick))),
  linear('linear regression, 1,000,000 × 13', (quick) => house(many(quick))),
];

/** Training of linear models beside scikit-learn. */
export const linearSuite: Suite = {
  id: 'linear',
  title: 'Training of linear models',
  packages: ['scikit-learn==1.9.1'],
  async run(bench) {
    const { kernels } = bench.python('blas_kernels.py', {}) as { readonly kernels: readonly string[] };
    return [
      ...TRAINING_NOTES,
      '',
      `Columns are standardised in advance on both sides. Logistic regression has the penalty C = 1 on both sides; each side has its own solver and tolerance. Kernels of their BLAS: ${kernels.join(', ')}.`,
      '',
      ...compareTraining(bench, CASES, [1, 2]),
    ];
  },
};

function logistic(
  title: string,
  table: TrainingCase['table'],
  target: TrainingCase['peers'][number]['target'],
): TrainingCase {
  return {
    title,
    table: (quick) => standardised(table(quick)),
    model: 'logistic_regression',
    params: {},
    peers: [{ name: 'scikit-learn', estimator: 'LogisticRegression', params: { max_iter: 1000 }, target }],
  };
}

function linear(title: string, table: TrainingCase['table']): TrainingCase {
  return {
    title,
    table: (quick) => standardised(table(quick)),
    model: 'linear_regression',
    params: { alpha: 0 },
    peers: [{ name: 'scikit-learn', estimator: 'LinearRegression', params: {}, target: null }],
  };
}

/** The table behind our own preprocessor, so that both sides learn from the same numbers. */
function standardised(data: DataTable): DataTable {
  const table = createTable(data.columns.map(({ name, values }) => ({ kind: 'numeric', name, values })));
  const names = data.columns.map(({ name }) => name);
  const training = Uint32Array.from({ length: data.trainRows }, (_, row) => row);
  const { columns } = fitPreprocessor(table, names, training, 'dense').transform(table);
  return {
    ...data,
    columns: columns.map((column) => {
      if (column.kind !== 'numeric') throw new Error(`${column.name} is not a number`);
      return { name: column.name, nCategories: 0, values: column.values };
    }),
  };
}
