import { z } from 'zod';

/** A `Problem` in a document. */
export const problemSchema = z.object({
  message: z.string(),
  file: z.string().optional(),
  place: z.string().optional(),
  found: z.string().optional(),
  allowed: z.string().optional(),
  next: z.string().optional(),
});
