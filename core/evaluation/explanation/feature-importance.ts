import { z } from 'zod';

/** How much a model needs one feature, measured in three ways; null where a way does not apply. */
const featureImportanceSchema = z.strictObject({
  feature: z.string(),
  /** Share of what the splits gained; null where the model has none. */
  gain: z.number().nullable(),
  /** How much worse the metric gets with the column shuffled, in the unit of the metric. */
  permutation: z
    .strictObject({
      mean: z.number(),
      standardDeviation: z.number(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
    })
    .nullable(),
  /** Mean |SHAP|: of the value, of the positive class, or of each of more classes. */
  shap: z.array(z.number()).nullable(),
});
export type FeatureImportance = z.infer<typeof featureImportanceSchema>;

/** Which features a model needs. */
export const modelImportancesSchema = z.strictObject({
  title: z.string(),
  /** What permutation importance is measured in; null where it cannot be measured. */
  metric: z.string().nullable(),
  /** All features, the most needed first. */
  importances: z.array(featureImportanceSchema),
  /** What a reader has to know of the numbers. */
  notes: z.array(z.string()),
});
export type ModelImportances = z.infer<typeof modelImportancesSchema>;
