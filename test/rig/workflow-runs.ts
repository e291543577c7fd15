import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventOptions, happen } from './events.ts';
import { startJob } from './jobs.ts';
import type { CheckRun, Permissions, Repository, State, WorkflowRun } from './state.ts';

export interface StartOptions extends EventOptions {
  readonly path?: string;
  /** Of the workflow. */
  readonly name?: string;
  /** The job's name, which is also its check's. */
  readonly job?: string;
  readonly attempt?: number;
  /** Starts another attempt of a run that is there, or another job in it. What its event told stays as it was. */
  readonly runId?: number;
  readonly permissions?: Permissions;
}

export interface StartedRun {
  readonly runId: number;
  readonly token: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The job, to be finished. */
  readonly job: CheckRun;
  /** The variables of the job. */
  readonly env: Readonly<Record<string, string>>;
}

const READ_ALL: Permissions = { contents: 'read', pull_requests: 'read', actions: 'read' };

interface World {
  readonly api: string;
  readonly web: string;
  /** Address of the artifact service; null on servers that have none. */
  readonly results: string | null;
  readonly folder: string;
  readonly retentionDays: number;
  createToken(repository: Repository, permissions: Permissions, runId: number): string;
  createRuntimeToken(runId: number, attempt: number): string;
}

/** Starts a workflow run, or another attempt of one, and one job in it. */
export function startWorkflowRun(state: State, options: StartOptions, world: World): StartedRun {
  const { repository, attempt = 1 } = options;
  const run = runOf(state, options, world.web);
  run.attempt = attempt;
  const job = startJob(state, run, options.job ?? 'job');
  const token = world.createToken(repository, grantedTo(run, options.permissions ?? READ_ALL), run.id);
  const eventPath = join(world.folder, `event-${run.id}-${attempt}-${job.id}.json`);
  writeFileSync(eventPath, JSON.stringify(run.told.payload));
  const env = { ...variablesOf(run, options, world), GITHUB_EVENT_PATH: eventPath, GITHUB_TOKEN: token };
  return { runId: run.id, token, payload: run.told.payload, job, env };
}

/** A pull request of a fork or of Dependabot may read at most, whatever its workflow asks for. */
function grantedTo({ event, repository, headRepository, login }: WorkflowRun, asked: Permissions): Permissions {
  const isForeign = headRepository !== repository || login === 'dependabot[bot]';
  if (event !== 'pull_request' || !isForeign) return asked;
  return Object.fromEntries(
    Object.entries(asked).map(([name, access]) => [name, access === 'write' ? 'read' : access]),
  );
}

function runOf(state: State, options: StartOptions, web: string): WorkflowRun {
  const { repository, event, actor = 'octocat', path = '.github/workflows/mlops.yml', name = 'workflow' } = options;
  const known = options.runId === undefined ? undefined : state.runs.get(options.runId);
  if (known) return known;
  const others = [...state.runs.values()].filter((one) => one.repository === repository && one.path === path);
  const run: WorkflowRun = {
    id: options.runId ?? state.nextId(),
    repository,
    event,
    ...happen(state, options, web),
    path,
    name,
    number: others.length + 1,
    login: actor,
    createdAt: state.now().toISOString(),
    attempt: 1,
  };
  state.runs.set(run.id, run);
  return run;
}

function variablesOf(run: WorkflowRun, options: StartOptions, world: World): Readonly<Record<string, string>> {
  const { repository, event, told } = run;
  const { ref, sha } = told;
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: run.login,
    GITHUB_API_URL: world.api,
    GITHUB_BASE_REF: told.baseRef,
    GITHUB_EVENT_NAME: event,
    GITHUB_HEAD_REF: told.headRef,
    GITHUB_JOB: options.job ?? 'job',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: repository.fullName,
    GITHUB_REPOSITORY_ID: String(repository.id),
    GITHUB_REPOSITORY_OWNER: repository.owner,
    GITHUB_RETENTION_DAYS: String(world.retentionDays),
    GITHUB_RUN_ATTEMPT: String(run.attempt),
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_NUMBER: String(run.number),
    GITHUB_SERVER_URL: world.web,
    GITHUB_SHA: sha,
    GITHUB_WORKFLOW: run.name,
    GITHUB_WORKFLOW_REF: `${repository.fullName}/${run.path}@${ref}`,
    GITHUB_WORKFLOW_SHA: sha,
    ...(world.results !== null && {
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: world.results,
      ACTIONS_RUNTIME_TOKEN: world.createRuntimeToken(run.id, run.attempt),
      ACTIONS_RUNTIME_URL: world.results,
    }),
  };
}
