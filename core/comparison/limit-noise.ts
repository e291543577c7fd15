import { z } from 'zod';
import type { Gates } from '../gates/gates.ts';
import { metrics as allMetrics } from '../metrics/index.ts';
import type { Run } from '../tracking/run.ts';
import { allowedDrop } from './allowed-drop.ts';
import type { ModelComparison } from './compare-models.ts';
import { type GateNoise, limitAt, mostDrop, smallestDrop } from './detectable-drop.ts';
import { halvedBy } from './propose-limit.ts';

/** How noisy one metric of the model that gates judge is, in the metric's unit. */
const limitNoiseSchema = z.strictObject({
  metric: z.string(),
  value: z.number().nullable(),
  /** The same model trained again with another seed; both 0 where nothing is random. */
  sameAgain: z.strictObject({ drop: z.number(), standardError: z.number().nullable() }).nullable(),
  /** Of the mean over repeats, from the fit's own randomness. */
  seedError: z.number(),
  /** Of the paired rows, after a small change, without what seeds add. */
  rowError: z.number(),
  /** Of both together. */
  standardError: z.number(),
  /** The smallest true drop that is caught nine times in ten, with the limit as it is written (or 0); null: none that there can be. */
  smallestDrop: z.number().nullable(),
  /** `max_drop` in `mlops.yml`; null where there is none. */
  written: z.union([z.number(), z.string()]).nullable(),
  /** Whether a limit is proposed for it: the primary metric, and those that have one. */
  isLimited: z.boolean(),
  /** Null: the smallest limit that can be decided would allow any drop. */
  proposed: z.number().nullable(),
  smallestAtProposed: z.number().nullable(),
  halvedBy: z.strictObject({ rows: z.number(), repeats: z.number().nullable() }),
});
export type LimitNoise = z.infer<typeof limitNoiseSchema>;

/** The noise of one dataset. */
export const datasetNoiseSchema = z.strictObject({
  dataset: z.string(),
  /** The model that the gates judge; null where there is none. */
  model: z.string().nullable(),
  rows: z.int(),
  repeats: z.int(),
  /** Empty where the model gives no predictions row by row. */
  gates: z.array(limitNoiseSchema),
});
export type DatasetNoise = z.infer<typeof datasetNoiseSchema>;

/** Metrics that have a limit, or will have one: the primary metric should. */
export function limitedMetrics({ byMetric }: Gates, metrics: readonly string[]): readonly string[] {
  const limited = metrics.filter((id) => byMetric[id]?.max_drop !== undefined);
  return [...new Set([metrics[0]!, ...limited])];
}

/**
 * The noise of each metric of a model whose limits can be tested.
 *
 * @param options.nLimits how many limits a pull request has in all, for Holm's correction.
 */
export function limitNoise(
  run: Run,
  compared: {
    /** With the same model under another seed. */
    readonly reseeded: ModelComparison;
    /** With the same model after a small change. */
    readonly changed: ModelComparison;
  },
  options: { readonly gates: Gates; readonly metrics: readonly string[]; readonly nLimits: number },
): LimitNoise[] {
  const { gates, metrics, nLimits } = options;
  const limited = limitedMetrics(gates, metrics);
  return metrics.flatMap((metric): LimitNoise[] => {
    const noise = compared.changed.differences.get(metric);
    if (!noise?.parts || noise.standardError === null) return [];
    const { standardError, parts } = noise;
    const again = compared.reseeded.differences.get(metric);
    const own = run.metrics[metric];
    const value = own?.outOfFold.value ?? null;
    const written = gates.byMetric[metric]?.max_drop ?? null;
    // What was compared is a change that moves rows, as the earlier ones of a pull request are.
    const most = mostDrop(allMetrics.get(metric), noise.baseline);
    const known: GateNoise = { ...noise, standardError, earlier: [standardError], most };
    const proposed = limitAt(known, nLimits);
    const possible = (limit: number) => {
      const drop = smallestDrop(known, limit, nLimits);
      return drop <= most ? drop : null;
    };
    return [
      {
        metric,
        value,
        sameAgain: again ? { drop: again.drop, standardError: again.standardError } : null,
        seedError: own?.seedNoise ? Math.sqrt(own.seedNoise.variance) : 0,
        rowError: Math.sqrt(Math.max(0, parts.rows - parts.seedsInRows)),
        standardError,
        smallestDrop: possible(written === null ? 0 : allowedDrop(written, noise).drop),
        written,
        isLimited: limited.includes(metric),
        proposed,
        smallestAtProposed: proposed === null ? null : possible(proposed),
        halvedBy: halvedBy(parts, run.split.repeats),
      },
    ];
  });
}
