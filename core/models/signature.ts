import { z } from 'zod';

const missing = z.array(z.string().max(100)).max(100);

/** What a model was trained on, as far as new rows have to be like it. MLflow's word for it. */
export const signatureSchema = z.strictObject({
  dataset: z.string().max(200),
  target: z.string().max(1000),
  /** Names of the classes in the order of their probabilities; empty for a regression. */
  classes: z.array(z.string()).max(256),
  columns: z.array(
    z.strictObject({
      name: z.string().max(1000),
      kind: z.enum(['numeric', 'categorical', 'date']),
      /** Texts that mean that a value of this column is missing, where the dataset says so. */
      missing: missing.optional(),
      /** How its dates are written, where that has to be said. */
      format: z.string().max(100).optional(),
    }),
  ),
  /** Texts that mean "missing" in all other columns; the reader's default where it is absent. */
  missing: missing.optional(),
  decimal: z.enum(['.', ',']).optional(),
  thousands: z.enum([',', '.', ' ', "'"]).optional(),
});
export type ModelSignature = z.infer<typeof signatureSchema>;
