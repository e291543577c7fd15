import { z } from 'zod';
import { driftTests } from './tests/index.ts';

const distances = driftTests.all.filter(({ kind }) => kind === 'distance').map(({ id }) => `\`${id}\``);
type TestId = (typeof driftTests.ids)[number];
const suiting = (kind: 'numeric' | 'categorical') =>
  z.enum(driftTests.all.filter(({ columnKinds }) => columnKinds.includes(kind)).map(({ id }) => id as TestId));

/** `drift` in `mlops.yml`, of the project and of a dataset. */
export const driftSchema = z.strictObject({
  reference: z
    .string()
    .min(1)
    .optional()
    .describe('Path of the table to compare with. Default: the table of the dataset.'),
  current: z.string().min(1).optional().describe('Path of the table to check for drift. Default: `generator.current`.'),
  max_share: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('The largest share of columns that may have drifted. Without it, drift is shown and not judged.'),
  fail: z.boolean().optional().describe('Stop a merge when more columns drifted. Default: `true`.'),
  numeric: suiting('numeric').optional().describe('Test of columns of numbers. Default: `wasserstein`.'),
  categorical: suiting('categorical')
    .optional()
    .describe('Test of columns of categories, and of numbers with five values at most. Default: `jensenshannon`.'),
  thresholds: z
    .partialRecord(
      z.enum(driftTests.ids),
      z
        .number()
        .positive()
        .describe(
          `Threshold of this test. A distance (${distances.join(', ')}) counts from it upwards, a p-value below.`,
        ),
    )
    .optional()
    .describe("Thresholds by test, where they are not the test's own."),
});
export type DriftFile = z.infer<typeof driftSchema>;
