import { z } from 'zod';
import { type Leg, legSchema, MOST_LEGS } from '../core/commands/plan/legs.ts';
import { AppError, ConfigError } from '../core/errors/app-error.ts';
import type { Side } from '../core/ports/claims.ts';

/** The jobs of the three-job workflow by what they do, as its file calls them. */
export const JOB_OF: Readonly<Record<Side, string>> = { candidate: 'train', base: 'base' };
const PLAN = 'plan';

/** What the jobs before this one came to, as GitHub tells it: no job can change the outputs of another one. */
export interface Needs {
  /** The base commit; null: nothing is compared with one. */
  readonly base: string | null;
  readonly legs: Readonly<Record<Side, readonly Leg[]>>;
  /**
   * SHA-256 of the artifact that each leg uploaded, in the order of the legs.
   *
   * @throws AppError where the job of that side did not succeed, or a leg has told none.
   */
  digestsOf(side: Side): readonly string[];
}

const ALL_NEEDS = ['$', '{{ toJSON(needs) }}'].join('');

const jobSchema = z.object({
  result: z.enum(['success', 'failure', 'cancelled', 'skipped']),
  outputs: z.record(z.string(), z.string()).default({}),
});
const needsSchema = z.record(z.string(), jobSchema);
type Job = z.infer<typeof jobSchema>;

const planSchema = z.object({
  base: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64}|)$/),
  train: z.array(legSchema).max(MOST_LEGS),
  'train-base': z.array(legSchema).max(MOST_LEGS),
});

/** The name of the output in which a leg tells the digest of its artifact. Legs of a matrix share one map, so each has its own. */
export function legOutput(leg: number): string {
  return `leg-${leg}`;
}

/**
 * Reads the input `needs`.
 *
 * @throws AppError where it is not what `toJSON(needs)` gives, or the job `plan` did not succeed.
 */
export function readNeeds(text: string | undefined): Needs {
  const parsed = needsSchema.safeParse(jsonIn(text ?? ''));
  if (!parsed.success)
    throw new ConfigError({
      place: 'input needs',
      message: 'is not what the jobs before this one came to',
      next: `give it as \`needs: ${ALL_NEEDS}\``,
    });
  const jobs = parsed.data;
  const plan = planned(jobs[PLAN]);
  const legs = { candidate: plan.train, base: plan['train-base'] };
  return {
    base: plan.base === '' ? null : plan.base,
    legs,
    digestsOf: (side) => digestsOf(jobs[JOB_OF[side]], legs[side], JOB_OF[side]),
  };
}

function planned(job: Job | undefined): z.infer<typeof planSchema> {
  if (job?.result !== 'success') throw unfinished(PLAN, job);
  const { base = '', train = '', 'train-base': trainBase = '' } = job.outputs;
  const parsed = planSchema.safeParse({ base, train: jsonIn(train), 'train-base': jsonIn(trainBase) });
  if (parsed.success) return parsed.data;
  throw new AppError({
    message: `the job ${PLAN} has no plan among its outputs`,
    found: Object.keys(job.outputs).join(', ') || 'no output',
    allowed: 'base, train, train-base',
    next: 'map the outputs of its step to outputs of the job, as the workflow of docs/three-jobs.md does',
  });
}

function digestsOf(job: Job | undefined, legs: readonly Leg[], name: string): readonly string[] {
  // Without a leg there is nothing to run, and GitHub skips the job.
  if (legs.length === 0 && (job === undefined || job.result === 'skipped')) return [];
  if (job?.result !== 'success') throw unfinished(name, job);
  const digests = legs.map(({ leg }) => job.outputs[legOutput(leg)]);
  const silent = legs.filter((_, i) => !/^[0-9a-f]{64}$/.test(digests[i] ?? ''));
  if (silent.length === 0) return digests as string[];
  throw new AppError({
    message: `the job ${name} did not report every dataset that was planned`,
    found: `nothing of ${silent.map(({ dataset }) => dataset).join(', ')}`,
    allowed: `one report each of ${legs.map(({ dataset }) => dataset).join(', ')}`,
    next: 're-run all jobs of this workflow run, not only those that failed',
  });
}

function unfinished(name: string, job: Job | undefined): AppError {
  return new AppError({
    message: `the job ${name} did not succeed, so nothing is judged`,
    found: job?.result ?? `no job ${name} among \`needs\``,
    allowed: 'success',
    next: `read the log of the job ${name}`,
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
