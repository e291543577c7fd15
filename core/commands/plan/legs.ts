import { z } from 'zod';
import { SIDES } from '../../ports/claims.ts';

/** As many jobs as a matrix can have. */
export const MOST_LEGS = 256;

/** A job that trains one dataset. */
export const legSchema = z.strictObject({
  /** From 0, among those of its side. */
  leg: z
    .int()
    .min(0)
    .max(MOST_LEGS - 1),
  dataset: z.string(),
  side: z.enum(SIDES),
});
export type Leg = z.infer<typeof legSchema>;
