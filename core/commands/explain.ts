import { z } from 'zod';
import { defineCommand } from './command.ts';
import { MODEL_NAMES } from './options.ts';

export const explain = defineCommand({
  id: 'explain',
  summary: 'show which features a trained model needs: gain, permutation importance, SHAP values',
  doors: ['cli'],
  options: () =>
    z.strictObject({
      model: z.string().min(1).describe(MODEL_NAMES),
      data: z
        .string()
        .min(1)
        .describe('The table to explain it on. Of the table it was trained on, only the test rows count.'),
      out: z.string().min(1).optional().describe('A CSV file to write, with all features.'),
      top: z.int().min(1).default(20).describe('Number of features to print.'),
      metric: z
        .string()
        .min(1)
        .optional()
        .describe('The metric that permutation importance measures. Default: the primary metric.'),
      repeats: z.int().min(1).max(1000).default(5).describe('Number of shuffles per column.'),
      rows: z.int().min(1).default(200).describe('Largest number of rows to compute SHAP values for.'),
      seed: z.int().default(42).describe('Seed of the shuffles, and of the choice of rows.'),
    }),
  examples: [
    ['mlops explain --model models/churn_random_forest.model --data data/churn.csv', 'the twenty most needed features'],
    [
      'mlops explain --model latest:churn --data data/churn.csv --out features.csv --repeats 20',
      'all features, as CSV',
    ],
  ],
  load: () => import(/* webpackMode: "eager" */ './explain/explain-work.ts'),
});
