import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryJson } from './rest-answers.ts';
import type { Permissions, PullRequest, Repository, State, WorkflowRun } from './state.ts';

export interface StartOptions {
  readonly repository: Repository;
  readonly event: string;
  /** The branch; of a pull request's run the head's. By default the default branch, or what `pullRequest` says. */
  readonly headBranch?: string;
  readonly headSha: string;
  readonly headRepository?: Repository;
  /** Of a `pull_request` run: its payload and `GITHUB_SHA` come from it. */
  readonly pullRequest?: PullRequest;
  readonly path?: string;
  readonly attempt?: number;
  /** Starts another attempt of a run that is there. */
  readonly runId?: number;
  readonly permissions?: Permissions;
  readonly actor?: string;
  /** Added to the payload of the event. */
  readonly payload?: object;
}

export interface StartedRun {
  readonly runId: number;
  readonly token: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The variables of one of its jobs. */
  readonly env: Readonly<Record<string, string>>;
}

const READ_ALL: Permissions = { contents: 'read', pull_requests: 'read', actions: 'read' };

/** Starts a workflow run, or another attempt of one, and one job in it. */
export function startWorkflowRun(
  state: State,
  options: StartOptions,
  world: {
    readonly api: string;
    readonly web: string;
    readonly results: string;
    readonly folder: string;
    createToken(repository: Repository, permissions: Permissions): string;
    createRuntimeToken(runId: number, attempt: number): string;
  },
): StartedRun {
  const { repository, event, pullRequest, attempt = 1, actor = 'octocat' } = options;
  const path = options.path ?? '.github/workflows/mlops.yml';
  const headBranch = options.headBranch ?? pullRequest?.head.ref ?? repository.defaultBranch;
  const ref = pullRequest ? `refs/pull/${pullRequest.number}/merge` : `refs/heads/${headBranch}`;
  const sha = pullRequest?.mergeSha ?? options.headSha;
  const runId = options.runId ?? state.nextId();
  const known = state.runs.get(runId);
  if (known) known.attempt = attempt;
  else {
    const run: WorkflowRun = {
      id: runId,
      repository,
      event,
      headBranch,
      headSha: options.headSha,
      headRepository: options.headRepository ?? pullRequest?.head.repository ?? repository,
      path,
      login: actor,
      createdAt: new Date().toISOString(),
      attempt,
    };
    state.runs.set(runId, run);
  }
  const token = world.createToken(repository, options.permissions ?? READ_ALL);
  const payload = {
    repository: repositoryJson(repository, world.web),
    sender: { login: actor },
    ...(pullRequest ? pullRequestPayload(pullRequest, actor, world.web) : {}),
    ...(event === 'push' ? { ref, after: options.headSha, deleted: false } : {}),
    ...options.payload,
  };
  const eventPath = join(world.folder, `event-${runId}-${attempt}.json`);
  writeFileSync(eventPath, JSON.stringify(payload));
  const env = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: actor,
    GITHUB_API_URL: world.api,
    GITHUB_BASE_REF: pullRequest?.base.ref ?? '',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_HEAD_REF: pullRequest?.head.ref ?? '',
    GITHUB_JOB: 'job',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|pull)\//, ''),
    GITHUB_REPOSITORY: repository.fullName,
    GITHUB_REPOSITORY_ID: String(repository.id),
    GITHUB_REPOSITORY_OWNER: repository.owner,
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_RUN_ID: String(runId),
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: world.web,
    GITHUB_SHA: sha,
    GITHUB_TOKEN: token,
    GITHUB_WORKFLOW: 'workflow',
    GITHUB_WORKFLOW_REF: `${repository.fullName}/${path}@${ref}`,
    GITHUB_WORKFLOW_SHA: sha,
    ACTIONS_RESULTS_URL: world.results,
    ACTIONS_RUNTIME_TOKEN: world.createRuntimeToken(runId, attempt),
    ACTIONS_RUNTIME_URL: world.results,
  };
  return { runId, token, payload, env };
}

function pullRequestPayload({ number, base, head }: PullRequest, actor: string, web: string): object {
  const evaluatedRun = (of: PullRequest['head']) => ({
    ref: of.ref,
    sha: of.sha,
    repo: of.repository && repositoryJson(of.repository, web),
  });
  return {
    action: 'synchronize',
    number,
    pull_request: { number, state: 'open', user: { login: actor }, base: evaluatedRun(base), head: evaluatedRun(head) },
  };
}
