import { z } from 'zod';

/** Where the evidence and the model of a run are; a sentence where one is not there. */
export const runLocationsSchema = z.strictObject({ evidence: z.string(), model: z.string() });
export type RunLocations = z.infer<typeof runLocationsSchema>;
