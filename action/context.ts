import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import type { History } from '../core/comparison/history.ts';
import { AppError } from '../core/errors/app-error.ts';
import type { EvidenceStore } from '../core/evaluation/evidence.ts';
import { createEvidenceStore } from '../core/evaluation/evidence-files.ts';
import type { Run } from '../core/tracking/run.ts';
import { formatRun } from '../core/tracking/run-codec.ts';
import { VERSION } from '../core/version.ts';
import { type Client, createClient, type RepositoryName } from '../github/client.ts';
import { readEvent, type WorkflowEvent } from '../github/event.ts';
import { createGithubHistory } from '../github/github-history.ts';
import { createVoucher, type Provenance } from '../github/provenance.ts';

/** What a job knows of where it runs. */
export interface JobContext {
  readonly event: WorkflowEvent;
  readonly octokit: Client;
  readonly repository: RepositoryName;
  readonly history: History;
  readonly vouch: (run: Run) => Promise<Provenance>;
  readonly token: string | undefined;
  readonly sha: string;
  readonly branch: string | null;
  readonly defaultBranch: string;
  readonly serverUrl: string;
  readonly runUrl: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly workspace: string;
  readonly temp: string;
}

const environment = z.object({
  GITHUB_EVENT_NAME: z.string().min(1),
  GITHUB_EVENT_PATH: z.string().min(1),
  GITHUB_SHA: z.string().regex(/^[0-9a-f]{40,64}$/),
  GITHUB_REF: z.string().default(''),
  GITHUB_HEAD_REF: z.string().default(''),
  GITHUB_REPOSITORY: z.string().regex(/^[^/]+\/[^/]+$/),
  GITHUB_REPOSITORY_ID: z.coerce.number().int().positive().optional(),
  GITHUB_ACTOR: z.string().default(''),
  GITHUB_API_URL: z.string().min(1),
  GITHUB_SERVER_URL: z.string().min(1),
  GITHUB_RUN_ID: z.coerce.number().int().positive(),
  GITHUB_RUN_ATTEMPT: z.coerce.number().int().positive().default(1),
  GITHUB_WORKFLOW_REF: z.string().default(''),
  GITHUB_WORKSPACE: z.string().min(1),
  RUNNER_TEMP: z.string().default(''),
});

/**
 * Reads the variables and the payload that the runner gives a job.
 *
 * @throws AppError when this is no job of a workflow.
 */
export function readContext(env: NodeJS.ProcessEnv, token: string | undefined): JobContext {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new AppError({
      message: 'this does not run as a step of a workflow',
      found: parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; '),
      next: 'use it as `uses: org/mlops-action@v1`, or run `mlops` on a laptop',
    });
  }
  const vars = parsed.data;
  const payload: unknown = JSON.parse(readFileSync(vars.GITHUB_EVENT_PATH, 'utf8'));
  const known = z.object({ repository: z.object({ id: z.int(), default_branch: z.string() }) }).safeParse(payload)
    .data?.repository;
  const [owner, repo] = vars.GITHUB_REPOSITORY.split('/') as [string, string];
  const repository = { owner, repo };
  const repositoryId = vars.GITHUB_REPOSITORY_ID ?? known?.id ?? 0;
  const octokit = createClient({
    token: token ?? '',
    apiUrl: vars.GITHUB_API_URL,
    userAgent: `mlops-action/${VERSION}`,
  });
  const defaultBranch = known?.default_branch ?? 'main';
  const vouch = createVoucher(octokit, repository, {
    defaultBranch,
    repositoryId,
    workflowPath: workflowPath(vars.GITHUB_WORKFLOW_REF, vars.GITHUB_REPOSITORY),
  });
  return {
    event: readEvent({
      eventName: vars.GITHUB_EVENT_NAME,
      payload,
      sha: vars.GITHUB_SHA,
      ref: vars.GITHUB_REF,
      repository: vars.GITHUB_REPOSITORY,
      repositoryId,
      actor: vars.GITHUB_ACTOR,
    }),
    octokit,
    repository,
    history: createGithubHistory(octokit, repository),
    vouch: (run) => vouch(run, formatRun(run)),
    token,
    sha: vars.GITHUB_SHA,
    branch: vars.GITHUB_HEAD_REF || vars.GITHUB_REF.replace(/^refs\/heads\//, '') || null,
    defaultBranch,
    serverUrl: vars.GITHUB_SERVER_URL,
    runUrl: `${vars.GITHUB_SERVER_URL}/${vars.GITHUB_REPOSITORY}/actions/runs/${vars.GITHUB_RUN_ID}`,
    runId: vars.GITHUB_RUN_ID,
    runAttempt: vars.GITHUB_RUN_ATTEMPT,
    workspace: vars.GITHUB_WORKSPACE,
    temp: vars.RUNNER_TEMP || tmpdir(),
  };
}

/** The evidence among the files of an unpacked artifact. */
export function evidenceIn(files: ReadonlyMap<string, Uint8Array>): EvidenceStore {
  return createEvidenceStore({
    read: async (path) => files.get(path),
    write: async () => {
      throw new Error('an artifact is not written to');
    },
  });
}

/** `org/repo/.github/workflows/mlops.yml@refs/heads/main` without repository and ref. */
function workflowPath(workflowRef: string, repository: string): string {
  return workflowRef.slice(repository.length + 1).replace(/@.*$/s, '');
}
