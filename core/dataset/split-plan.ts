import { z } from 'zod';

/** How rows are parted, as `split` in `mlops.yml` says. */
export const splitPlanSchema = z.object({
  folds: z.int(),
  /** Column whose equal values stay in one fold. */
  group: z.string().nullable(),
  /** Column that orders rows: each fold is predicted by a model of earlier rows. */
  time: z.string().nullable(),
  /** Time left out between the rows learned from and those predicted: days of a date, else in the column's own unit. */
  gap: z.number(),
});
export type SplitPlan = Readonly<z.infer<typeof splitPlanSchema>>;
