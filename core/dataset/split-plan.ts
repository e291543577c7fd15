import { z } from 'zod';

/** How rows are split into folds: `split` in `mlops.yml`. */
export const splitPlanSchema = z.object({
  folds: z.int(),
  /** Column whose equal values stay in one fold. */
  group: z.string().nullable(),
  /** Column that orders rows in time: each fold is predicted by a model trained on earlier rows only. */
  time: z.string().nullable(),
  /** Gap between training rows and the fold: days if the column holds dates, else in the column's own unit. */
  gap: z.number(),
  /** What becomes of rows with equal features: each on its own, or together; absent: what suits the table. Of a split without group and time. */
  duplicates: z.enum(['auto', 'spread', 'group']).optional(),
});
export type SplitPlan = Readonly<z.infer<typeof splitPlanSchema>>;
