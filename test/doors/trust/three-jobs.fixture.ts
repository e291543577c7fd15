import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Permissions, PullRequest } from '../../rig/state.ts';
import type { SeenJob, Team } from './team.fixture.ts';

type Result = 'success' | 'failure' | 'cancelled' | 'skipped';
type JobName = 'plan' | 'base' | 'train' | 'publish';

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly with?: Readonly<Record<string, string>> }[];
}

const { jobs } = parse(readFileSync(new URL('../../../.github/workflows/gate.yml', import.meta.url), 'utf8')) as {
  readonly jobs: Readonly<Record<JobName, Job>>;
};

/** What became of a job, as `needs` tells it. */
interface Ended {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
}
export type NeedsOf = Readonly<Record<'plan' | 'base' | 'train', Ended>>;

/** What the jobs of one workflow run came to. */
export interface SeenGate {
  readonly green: boolean;
  readonly publish: SeenJob;
  readonly needs: NeedsOf;
  readonly runId: number;
  /** Of every job, by `plan`, `train-0` and so on. */
  readonly seen: Readonly<Record<string, SeenJob>>;
}

export interface GateOptions {
  readonly event?: 'push' | 'pull_request';
  readonly pullRequest?: PullRequest;
  readonly attempt?: number;
  readonly runId?: number;
  /** What the other jobs came to, where only `publish` runs. */
  readonly needs?: NeedsOf;
  /** Steps before ours in the jobs that train. */
  readonly setUp?: Parameters<Team['job']>[0]['steps'];
}

/**
 * Runs the jobs of `.github/workflows/gate.yml` as GitHub does: each with the permissions and the inputs of the file, and the outputs of
 * the jobs before it. Conditions of jobs are written down here once more.
 */
export async function runGate(team: Team, options: GateOptions = {}): Promise<SeenGate> {
  const { pullRequest, event = pullRequest ? 'pull_request' : 'push', attempt = 1 } = options;
  const needs: Record<string, Ended> = { ...options.needs };
  const seen: Record<string, SeenJob> = {};
  let runId = options.runId;

  const start = async (
    name: JobName,
    title: string,
    matrix: Readonly<Record<string, unknown>> = {},
    checkout?: string,
  ) => {
    const { permissions, steps } = jobs[name];
    const granted = Object.fromEntries(
      Object.entries(permissions).map(([key, access]) => [key.replace('-', '_'), access]),
    );
    const values: Record<string, string> = { 'toJSON(needs)': JSON.stringify(needs, null, 2) };
    for (const [key, value] of Object.entries(matrix)) values[`matrix.${key}`] = String(value);
    const given = Object.entries(steps.at(-1)!.with ?? {}).flatMap(([key, text]) => {
      const value = String(text).replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => values[expression] ?? '');
      return value === '' ? [] : [[key, value]];
    });
    const job = await team.job({
      ...{ event, job: name, attempt, permissions: granted as Permissions, inputs: Object.fromEntries(given) },
      ...(event === 'push' && { headBranch: 'main' }),
      ...(pullRequest && { pullRequest }),
      ...(runId !== undefined && { runId }),
      ...(checkout !== undefined && { checkout }),
      ...(options.setUp && (name === 'train' || name === 'base') && { steps: options.setUp }),
    });
    runId = job.runId;
    seen[title] = job;
    return job;
  };
  const end = (name: JobName, all: readonly SeenJob[]) => {
    const told = all.flatMap(({ outputs }) => Object.entries(outputs));
    const mapped = told.filter(([output, value]) => value !== '' && output in jobs[name].outputs!);
    needs[name] = {
      result: all.every(({ green }) => green) ? 'success' : 'failure',
      outputs: Object.fromEntries(mapped),
    };
  };
  const legs = async (name: 'base' | 'train', list: string, checkout?: string) => {
    const all: SeenJob[] = [];
    for (const leg of JSON.parse(list) as { leg: number }[])
      all.push(await start(name, `${name}-${leg.leg}`, leg, checkout));
    end(name, all);
  };

  if (!options.needs) {
    end('plan', [await start('plan', 'plan')]);
    const { outputs: plan, result } = needs.plan!;
    needs.base = SKIPPED;
    needs.train = SKIPPED;
    if (result === 'success' && plan['train-base'] !== '[]') await legs('base', plan['train-base']!, plan.base);
    const mayTrain = result === 'success' && ['success', 'skipped'].includes(needs.base.result);
    if (mayTrain && plan.train !== '[]') await legs('train', plan.train!);
  }
  const publish = await start('publish', 'publish');
  return { green: publish.green, publish, needs: needs as unknown as NeedsOf, seen, runId: publish.runId };
}

const SKIPPED: Ended = { result: 'skipped', outputs: {} };
