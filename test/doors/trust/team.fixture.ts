import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readZip } from '../../../github/zip-reader.ts';
import type { RigFixture } from '../../rig/rig.fixture.ts';
import type { PullRequest } from '../../rig/state.ts';
import type { StartOptions } from '../../rig/workflow-runs.ts';
import { runProcess } from '../action-process.ts';

const WRITE = { contents: 'write', pull_requests: 'write', actions: 'read' } as const;

export type Files = Readonly<Record<string, string | null>>;

/** What a person sees of a finished job. */
export interface SeenJob {
  readonly green: boolean;
  /** The first line of the summary, without its mark of a heading; empty when the job wrote none. */
  readonly title: string;
  readonly summary: string;
  /** The newest comment on the pull request; empty without one. */
  readonly comment: string;
  readonly log: string;
  readonly runId: number;
  readonly requests: readonly string[];
  /** Outputs of the step, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Paths of what the job's artifacts hold. */
  readonly kept: readonly string[];
}

interface Workspace {
  readonly folder: string;
  git(...args: readonly string[]): string;
}

interface JobOptions extends Omit<StartOptions, 'repository'> {
  /** Inputs of the step, by name. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Steps of the job between the checkout and ours. */
  readonly steps?: (workspace: Workspace) => void;
  /** Another commit than `GITHUB_SHA`. */
  readonly checkout?: string;
}

/** A team with a repository on the offline GitHub. Its workflow runs on everything. */
export interface Team {
  readonly gitDir: string;
  readonly repository: StartOptions['repository'];
  readonly git: Workspace['git'];
  /** Commits files (null removes) on a branch, which starts at main, and pushes it. @returns the commit. */
  push(branch: string, files: Files): string;
  /** Commits to a new branch, and opens a pull request of it. */
  propose(branch: string, files: Files, baseRef?: string): PullRequest;
  /** The same from a stranger's fork. */
  proposeFromFork(branch: string, files: Files): PullRequest;
  job(of: JobOptions): Promise<SeenJob>;
  judge(pullRequest: PullRequest, rest?: Partial<JobOptions>): Promise<SeenJob>;
  /** The job of a push, by default to main. */
  train(branch?: string, rest?: Partial<JobOptions>): Promise<SeenJob>;
  recorded(): readonly string[];
  /** Deletes what whoever may write can: each workflow run with its artifacts and checks, and the branch of runs. */
  forgetAll(): void;
}

/** Two hundred customers. Who leaves depends on `tenure` and, less, on `charges`; `age` says nothing. */
export function customers(rows = 200): string {
  let state = 7;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const lines = Array.from({ length: rows }, (_, i) => {
    const [tenure, charges, age] = [random(), random(), random()];
    const leaves = tenure + 0.8 * charges + 0.3 * random() < 1.05;
    return [`c${i}`, tenure.toFixed(4), charges.toFixed(4), age.toFixed(4), leaves ? 'yes' : 'no'].join(',');
  });
  return `id,tenure,charges,age,leaves\n${lines.join('\n')}\n`;
}

/** A project file. The lines of two columns are so far apart that git merges changes of both. */
export function project({
  tenure = 'numeric',
  charges = 'numeric',
  models = '[logistic_regression, dummy]',
  gates = 'roc_auc: { max_drop: 0.01 }',
  path = 'churn.csv',
  id = 'churn',
  top = '',
} = {}): string {
  return `${top}datasets:
  ${id}:
    path: ${path}
    target: leaves
    metrics: [roc_auc]
    models: ${models}
    gates: { ${gates} }
    columns:
      tenure: ${tenure}
      # ---
      # ---
      # ---
      charges: ${charges}
`;
}

/** A model that does not see what matters most. */
export const WORSE = { tenure: 'ignore' };

/** @param files of main besides the table. */
export function aTeam(fixture: RigFixture, files: Files = { 'mlops.yml': project() }): Team {
  const { rig } = fixture;
  const { repository, source } = fixture.aProject();
  const { gitDir } = repository;
  const home = `${source.folder}-jobs`;
  const runIds = new Set<number>();
  let jobs = 0;

  const push: Team['push'] = (branch, changes) => {
    const isThere = source.git('branch', '--list', branch) !== '';
    source.git('checkout', '--quiet', ...(isThere ? [branch] : ['-b', branch, 'main']));
    const gone = Object.keys(changes).filter((path) => changes[path] === null);
    if (gone.length > 0) source.git('rm', '--quiet', ...gone);
    const written = Object.entries(changes).filter((each): each is [string, string] => each[1] !== null);
    const sha = source.commit(Object.fromEntries(written));
    source.git('push', '--quiet', '--force', gitDir, branch);
    return sha;
  };

  const job: Team['job'] = async ({ inputs = {}, env = {}, steps, checkout, ...of }) => {
    const started = rig.startWorkflowRun({ repository, permissions: WRITE, ...of });
    runIds.add(started.runId);
    const folder = join(home, `job-${++jobs}`);
    const workspace = join(folder, 'workspace');
    mkdirSync(workspace, { recursive: true });
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
        cwd: workspace,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }).trim();
    git('init', '--quiet');
    git('remote', 'add', 'origin', `file://${gitDir}`);
    git('fetch', '--quiet', '--depth=1', 'origin', checkout ?? started.env.GITHUB_SHA!);
    git('checkout', '--quiet', 'FETCH_HEAD');
    steps?.({ folder: workspace, git });
    const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    const all = { ...started.env, ...Object.fromEntries(given), ...env };
    const ended = await runProcess({ started: { ...started, env: all }, event: of.event, workspace, folder });
    rig.finishJob(started.job, ended.green ? 'success' : 'failure');
    const comments = of.pullRequest ? rig.comments(of.pullRequest) : [];
    return {
      ...ended,
      title: titleOf(ended.summary),
      comment: comments.at(-1)?.body ?? '',
      requests: rig.requestsOf(started.token),
      outputs: outputsIn(readFileSync(join(folder, 'output.txt'), 'utf8')),
      kept: rig
        .artifacts(started.runId)
        // The page is an artifact of its own, and no archive.
        .filter(({ name }) => !name.endsWith('.html'))
        .flatMap(({ bytes }) => [...readZip(bytes, { files: 100, bytes: 1e8 }).keys()]),
    };
  };

  push('main', { 'churn.csv': customers(), ...files });
  return {
    repository,
    gitDir,
    git: source.git,
    push,
    job,
    propose(branch, changes, baseRef) {
      push(branch, changes);
      return rig.openPullRequest({ repository, headRef: branch, ...(baseRef !== undefined && { baseRef }) });
    },
    proposeFromFork(branch, changes) {
      const [, name] = repository.fullName.split('/');
      const headRepository = rig.createRepository({ owner: 'mona', name: name!, forkOf: repository });
      push(branch, changes);
      source.git('push', '--quiet', headRepository.gitDir, branch);
      return rig.openPullRequest({ repository, headRef: branch, headRepository });
    },
    judge: (pullRequest, rest = {}) => job({ event: 'pull_request', pullRequest, ...rest }),
    train: (headBranch = 'main', rest = {}) => job({ event: 'push', headBranch, ...rest }),
    recorded: () =>
      source.git('--git-dir', gitDir, 'for-each-ref', 'refs/heads/runs') === ''
        ? []
        : source.git('--git-dir', gitDir, 'ls-tree', '-r', '--name-only', 'runs', 'runs/').split('\n'),
    forgetAll() {
      for (const runId of runIds) rig.deleteRun(runId);
      source.git('--git-dir', gitDir, 'update-ref', '-d', 'refs/heads/runs');
    },
  };
}

function outputsIn(file: string): Readonly<Record<string, string>> {
  const found = file.matchAll(/^(?<name>[^\n]+?)<<(?<end>.+)\n(?<value>[\s\S]*?)\n\k<end>$/gm);
  return Object.fromEntries([...found].map(({ groups }) => [groups!.name, groups!.value]));
}

/** The line that e-mails and phones show. */
function titleOf(text: string): string {
  return /^### (.*)$/m.exec(text)?.[1] ?? '';
}

/** Writes over a file of a job's workspace. */
export function overwrite(path: string, text: string): (workspace: Workspace) => void {
  return ({ folder }) => writeFileSync(join(folder, path), text);
}
