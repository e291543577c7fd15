import { z } from 'zod';
import { budgets } from '../budgets/index.ts';
import { metrics } from '../metrics/index.ts';
import { trainers } from '../trainers/index.ts';

const modelId = z.enum(trainers.ids);

/** A fraction of the metric's own unit, or a share of the baseline's value: `0.01`, `2%`. */
const maxDrop = z
  .union([
    z.number().nonnegative(),
    z.string().regex(/^\d+(\.\d+)?\s*%$/, 'expected a number or a percentage such as "2%"'),
  ])
  .describe('Largest drop against the baseline: in the metric’s unit (0.01), or as a share of the baseline (2%).');

const gateSchema = z.strictObject({
  min: z.number().optional().describe('Floor: the pooled out-of-fold value must not be below it.'),
  max: z.number().optional().describe('Ceiling: the pooled out-of-fold value must not be above it.'),
  max_drop: maxDrop.optional(),
  require: z
    .literal('non_inferior')
    .optional()
    .describe(
      'Pass only when the 95 % upper bound of the drop is within max_drop; by default a drop must be proved to fail.',
    ),
});

export type Gate = z.infer<typeof gateSchema>;

const budgetSchema = z.strictObject({
  max: z.number().positive().optional().describe('The most it may cost.'),
  max_rise: z
    .string()
    .regex(/^\d+(\.\d+)?\s*%$/, 'expected a percentage such as "20%"')
    .optional()
    .describe('How much more it may cost than the baseline, as a share of that: `20%`. Times want a wide one.'),
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
    slices: z.strictObject(perMetric).optional().describe('Rules for every slice of `slices`, by metric.'),
    model: modelId.optional().describe('The model the gates judge; default: the one with the best primary metric.'),
  })
  .describe('Rules a change must keep to be merged, by metric.');
