import { tmpdir } from 'node:os';
import { context as github } from '@actions/github';
import { z } from 'zod';
import { AppError } from '../core/errors/app-error.ts';
import type { History } from '../core/ports/history.ts';
import { VERSION } from '../core/version.ts';
import { type Client, createClient, type RepositoryName } from '../github/client.ts';
import { isEnterpriseServer } from '../github/enterprise-server.ts';
import { type EndedRun, readEndedRun, readEvent, type WorkflowEvent } from '../github/event.ts';
import { createGithubHistory } from '../github/github-history.ts';
import { workflowLog } from './workflow-log.ts';

/** What a job that trains or judges knows of where it runs. */
export interface JobContext extends Surroundings {
  readonly event: WorkflowEvent;
}

/** What every job knows of where it runs, whatever started it. */
export interface Surroundings {
  readonly octokit: Client;
  readonly repository: RepositoryName;
  readonly history: History;
  readonly repositoryId: number;
  /** The workflow's file, and the job's name in it. */
  readonly workflow: string;
  readonly job: string;
  /** False on a GitHub Enterprise Server. */
  readonly hasArtifacts: boolean;
  readonly token: string | undefined;
  /** The login of who started the workflow. */
  readonly actor: string;
  readonly sha: string;
  readonly branch: string | null;
  readonly defaultBranch: string;
  /** Only those who were let in can read the repository. What is not known to be private is not. */
  readonly isPrivate: boolean;
  readonly serverUrl: string;
  readonly runUrl: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly workspace: string;
  readonly temp: string;
}

const environment = z.object({
  ACTIONS_RESULTS_URL: z.string().default(''),
  GITHUB_EVENT_NAME: z.string().min(1),
  GITHUB_HEAD_REF: z.string().default(''),
  GITHUB_JOB: z.string().default(''),
  GITHUB_REPOSITORY_ID: z.coerce.number().int().positive().optional(),
  GITHUB_WORKFLOW_REF: z.string().default(''),
  GITHUB_WORKSPACE: z.string().min(1),
  RUNNER_TEMP: z.string().default(''),
});
const payloadSchema = z.object({
  repository: z.object({ id: z.int(), default_branch: z.string(), private: z.boolean().default(false) }),
});

/**
 * Reads the variables and the payload that the runner gives a job.
 *
 * @throws AppError when this is no job of a workflow, and for events that are refused.
 */
export function readContext(env: NodeJS.ProcessEnv, token: string | undefined): JobContext {
  const surroundings = readSurroundings(env, token);
  const { ref, sha, actor } = github;
  return { ...surroundings, event: readEvent({ ...eventIn(surroundings), ref, sha, actor }) };
}

/** The workflow run whose end started this job. @throws GithubError for every other event. */
export function endedRunIn(surroundings: Surroundings): EndedRun {
  return readEndedRun(eventIn(surroundings));
}

function eventIn({ repository: { owner, repo }, repositoryId }: Surroundings) {
  const { eventName, payload } = github;
  return { eventName, payload, repository: `${owner}/${repo}`, repositoryId };
}

/** @throws AppError when this is no job of a workflow. */
export function readSurroundings(env: NodeJS.ProcessEnv, token: string | undefined): Surroundings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new AppError({
      message: 'this does not run as a step of a workflow',
      found: parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; '),
      next: 'use it as `uses: org/mlops-action@v1`, or run `mlops` on a laptop',
    });
  }
  const vars = parsed.data;
  const { repo: repository, payload, sha, ref, actor, serverUrl, runId, runAttempt } = github;
  const fullName = `${repository.owner}/${repository.repo}`;
  const known = payloadSchema.safeParse(payload).data?.repository;
  const repositoryId = vars.GITHUB_REPOSITORY_ID ?? known?.id ?? 0;
  const octokit = createClient({
    token: token ?? '',
    apiUrl: github.apiUrl,
    userAgent: `mlops-action/${VERSION}`,
    debug: workflowLog.debug,
  });
  const defaultBranch = known?.default_branch ?? 'main';
  return {
    octokit,
    repository,
    history: createGithubHistory(octokit, repository),
    repositoryId,
    workflow: workflowPath(vars.GITHUB_WORKFLOW_REF, fullName),
    job: vars.GITHUB_JOB,
    hasArtifacts: vars.ACTIONS_RESULTS_URL !== '' && !isEnterpriseServer(serverUrl),
    token,
    actor,
    sha,
    branch: vars.GITHUB_HEAD_REF || ref.replace(/^refs\/heads\//, '') || null,
    defaultBranch,
    isPrivate: known?.private ?? false,
    serverUrl,
    runUrl: `${serverUrl}/${fullName}/actions/runs/${runId}`,
    runId,
    runAttempt: runAttempt || 1,
    workspace: vars.GITHUB_WORKSPACE,
    temp: vars.RUNNER_TEMP || tmpdir(),
  };
}

/** `org/repo/.github/workflows/mlops.yml@refs/heads/main` without repository and ref. */
function workflowPath(workflowRef: string, repository: string): string {
  return workflowRef.slice(repository.length + 1).replace(/@.*$/s, '');
}
