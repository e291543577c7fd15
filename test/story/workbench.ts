import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generators } from '../../core/datasets/index.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { type Rig, startRig } from '../rig/rig.ts';
import type { Permissions, PullRequest, Repository } from '../rig/state.ts';
import type { StartedRun, StartOptions } from '../rig/workflow-runs.ts';

/** What a person sees of a finished job. */
interface FinishedJob {
  readonly green: boolean;
  readonly log: string;
  readonly summary: string;
  readonly runId: number;
}

/** Runs one job of the workflow in a checkout: as a bare process, or under a runner. */
export type JobRunner = (job: {
  readonly started: StartedRun;
  readonly event: string;
  readonly workspace: string;
  readonly folder: string;
}) => Promise<FinishedJob>;

/** A user's repository on an offline GitHub, and the workflow that runs there. */
export interface Workbench {
  readonly rig: Rig;
  readonly repository: Repository;
  /** Commits files (null deletes) to a branch cut from main, and pushes it. */
  commit(branch: string, files: Readonly<Record<string, string | Uint8Array | null>>, into?: Repository): string;
  pushToMain(): Promise<FinishedJob>;
  /** Runs a job of any workflow and event. */
  runWorkflow(of: Omit<StartOptions, 'repository'>): Promise<FinishedJob>;
  openPullRequest(branch: string, from?: Repository): PullRequest;
  runPullRequest(pull: PullRequest): Promise<FinishedJob>;
  git(...args: string[]): string;
  close(): Promise<void>;
}

const WRITE: Permissions = { contents: 'write', pull_requests: 'write', actions: 'read', checks: 'read' } as const;
const READ: Permissions = { contents: 'read', pull_requests: 'read', actions: 'read' } as const;

/** 600 customers, the table of every story. */
export function customers(): string {
  return writeCsv(generators.get('customer_churn').generate({ rows: 600, seed: 7 }));
}

export function projectFile(forest: string, rest = ''): string {
  return `datasets:
  churn:
    path: churn.csv
    target: Churn
    metrics: [roc_auc, accuracy]
    models: [random_forest, dummy]
    gates: { roc_auc: { min: 0.6, max_drop: 0.01 } }
models:
  random_forest: ${forest}
${rest}`;
}

/**
 * @param options.permissions of the workflow's jobs.
 * @param options.job the name of its job, which is also its check's.
 */
export async function createWorkbench(
  run: JobRunner,
  { isPrivate = true, permissions = WRITE, job = 'job' } = {},
): Promise<Workbench> {
  const rig = await startRig();
  const repository = rig.createRepository({ owner: 'octo', name: 'churn', private: isPrivate });
  const folder = mkdtempSync(join(tmpdir(), 'story-'));
  const clone = join(folder, 'clone');
  const gitIn = (cwd: string, ...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'init.defaultBranch=main', ...args],
      {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    ).trim();
  mkdirSync(clone);
  gitIn(clone, 'init', '--quiet');
  const git = (...args: string[]) => gitIn(clone, ...args);
  let jobs = 0;

  const runJob = async (started: StartedRun, event: string, from: string): Promise<FinishedJob> => {
    const home = join(folder, `job-${++jobs}`);
    const workspace = join(home, 'workspace');
    mkdirSync(workspace, { recursive: true });
    gitIn(workspace, 'init', '--quiet');
    gitIn(workspace, 'fetch', '--quiet', '--depth=1', `file://${from}`, started.env.GITHUB_SHA!);
    gitIn(workspace, 'checkout', '--quiet', 'FETCH_HEAD');
    const finished = await run({ started, event, workspace, folder: home });
    rig.finishJob(started.job, finished.green ? 'success' : 'failure');
    rig.assertExpected();
    return finished;
  };

  return {
    rig,
    repository,
    git,
    commit(branch, files, into = repository) {
      if (branch !== 'main') git('checkout', '--quiet', '-B', branch, 'main');
      else if (gitIn(clone, 'branch', '--list', 'main') !== '') git('checkout', '--quiet', 'main');
      for (const [name, text] of Object.entries(files)) {
        if (text === null) rmSync(join(clone, name));
        else {
          mkdirSync(join(clone, name, '..'), { recursive: true });
          writeFileSync(join(clone, name), text);
        }
      }
      git('add', '--all');
      git('commit', '--quiet', '--message', `work on ${branch}`);
      git('push', '--quiet', '--force', into.gitDir, `HEAD:refs/heads/${branch}`);
      const sha = git('rev-parse', 'HEAD');
      git('checkout', '--quiet', 'main');
      return sha;
    },
    pushToMain: () => {
      const headSha = git('rev-parse', 'main');
      return runJob(
        rig.startWorkflowRun({ repository, event: 'push', headSha, permissions, job }),
        'push',
        repository.gitDir,
      );
    },
    runWorkflow: (of) =>
      runJob(rig.startWorkflowRun({ repository, permissions, job, ...of }), of.event, repository.gitDir),
    openPullRequest: (branch, from = repository) =>
      rig.openPullRequest({ repository, headRef: branch, headRepository: from }),
    runPullRequest: (pullRequest) => {
      const foreign = pullRequest.head.repository !== repository;
      const started = rig.startWorkflowRun({
        repository,
        event: 'pull_request',
        pullRequest,
        permissions: foreign ? READ : permissions,
        job,
      });
      return runJob(started, 'pull_request', repository.gitDir);
    },
    async close() {
      await rig.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
