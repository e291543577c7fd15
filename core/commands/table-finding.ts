import { z } from 'zod';

/** What the data check found in a table, and what to do; null: nothing has to be done, or `mlops.yml` does it. */
export const tableFinding = z.strictObject({
  check: z.string(),
  columns: z.array(z.string()),
  message: z.string(),
  next: z.string().nullable(),
});
