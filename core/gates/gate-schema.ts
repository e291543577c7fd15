import { z } from 'zod';
import { budgets } from '../budgets/index.ts';
import { metrics } from '../metrics/index.ts';
import { trainers } from '../trainers/index.ts';

const modelId = z.enum(trainers.ids);

/** A fraction of the metric's own unit, or a share of the baseline's value: `0.01`, `2%`. */
const maxDrop = z
  .union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?\s*%$/, 'a percentage such as "2%"')])
  .describe(
    'Largest allowed drop compared with the baseline: in the unit of the metric (0.01) or as a share of the baseline value (2%).',
  );

const gateSchema = z.strictObject({
  min: z.number().optional().describe('Smallest allowed out-of-fold value.'),
  max: z.number().optional().describe('Largest allowed out-of-fold value.'),
  max_drop: maxDrop.optional(),
  require: z
    .literal('non_inferior')
    .optional()
    .describe(
      'Pass only if the 95 % upper bound of the drop is within `max_drop`. By default the gate fails only if the drop is proven.',
    ),
});

export type Gate = z.infer<typeof gateSchema>;

const budgetSchema = z.strictObject({
  max: z.number().positive().optional().describe('Largest allowed value.'),
  max_rise: z
    .string()
    .regex(/^\d+(\.\d+)?\s*%$/, 'a percentage such as "20%"')
    .optional()
    .describe(
      'Largest allowed rise compared with the baseline, as a share: `20%`. A limit on a time trains both models once more, in turn.',
    ),
});

export type BudgetGate = z.infer<typeof budgetSchema>;

const perMetric = Object.fromEntries(metrics.ids.map((id) => [id, gateSchema.optional()])) as Record<
  string,
  z.ZodOptional<typeof gateSchema>
>;

const perBudget = Object.fromEntries(
  budgets.all.map(({ id, summary, unit }) => [id, budgetSchema.optional().describe(`Budget, in ${unit}: ${summary}.`)]),
) as Record<string, z.ZodOptional<typeof budgetSchema>>;

export const gatesSchema = z
  .strictObject({
    ...perMetric,
    ...perBudget,
    slices: z.strictObject(perMetric).optional().describe('Gates for every slice in `slices`, by metric.'),
    model: modelId.optional().describe('Model that the gates apply to; default: the one with the best primary metric.'),
  })
  .describe('Rules that a change must meet to be merged, by metric.');
