import { z } from 'zod';
import { defineCommand } from './command.ts';
import { MODEL_NAMES } from './options.ts';

export const predict = defineCommand({
  id: 'predict',
  summary: 'predict the rows of a table with a trained model',
  doors: ['cli'],
  options: () =>
    z.strictObject({
      model: z.string().min(1).describe(MODEL_NAMES),
      data: z.string().min(1).describe('The table, in any format that training reads.'),
      out: z.string().min(1).optional().describe('The CSV file to write. Default: standard output.'),
      explain: z
        .boolean()
        .default(false)
        .describe('Add SHAP values to each row, for tree models: `shap_base` and `shap_<feature>`.'),
    }),
  examples: [
    ['mlops predict --model models/churn_random_forest.model --data new.csv', 'predictions, to standard output'],
    [
      'mlops predict --model latest:churn --data new.csv --out predictions.csv --explain',
      'with the newest model, explained',
    ],
  ],
  load: () => import(/* webpackMode: "eager" */ './predict/predict-work.ts'),
});
