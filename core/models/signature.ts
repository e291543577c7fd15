import { z } from 'zod';

/** What a model was trained on, as far as new rows have to be like it. MLflow's word for it. */
export const signatureSchema = z.strictObject({
  dataset: z.string().max(200),
  target: z.string().max(1000),
  /** Names of the classes in the order of their probabilities; empty for a regression. */
  classes: z.array(z.string()).max(256),
  columns: z.array(z.strictObject({ name: z.string().max(1000), kind: z.enum(['numeric', 'categorical', 'date']) })),
  decimal: z.enum(['.', ',']).optional(),
  thousands: z.enum([',', '.', ' ', "'"]).optional(),
});
export type ModelSignature = z.infer<typeof signatureSchema>;
