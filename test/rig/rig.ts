import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlobs } from './blobs.ts';
import { forcePush, renameBranch } from './branches.ts';
import { type CacheService, createCacheService } from './cache-service.ts';
import { createFaults, type Faults } from './faults.ts';
import { readGitFacts } from './git-facts.ts';
import { serveGit } from './git-server.ts';
import { createGraphql } from './graphql.ts';
import { finishJob, jobsOf, startJob } from './jobs.ts';
import { createLfs, type Lfs } from './lfs.ts';
import { addToMergeQueue, leaveMergeQueue, mergePullRequest } from './merging.ts';
import { keepMoment } from './moment.ts';
import { type Notification, notificationsOf } from './notifications.ts';
import { closePullRequest, openPullRequest, retarget, syncPullRequest } from './pull-requests.ts';
import { createRepository, deleteRepository } from './repositories.ts';
import { checkState, type Mergeable, type RequiredCheck, readMergeable } from './required-checks.ts';
import { createRest } from './rest.ts';
import { addArtifact, createResults, digestOf } from './results.ts';
import { advance, deleteRun } from './retention.ts';
import { workflowRunJson } from './run-answers.ts';
import {
  type AppName,
  type Artifact,
  type CheckRun,
  type Comment,
  type Conclusion,
  createState,
  type Dispatch,
  type Installation,
  type MergeGroup,
  type Permissions,
  type PullRequest,
  type Repository,
  type State,
} from './state.ts';
import { startServer } from './web-server.ts';
import { type StartedRun, type StartOptions, startWorkflowRun } from './workflow-runs.ts';

/** An offline GitHub: git, Git LFS, the REST operations in use and the services of jobs, all seeing one truth. */
export interface Rig {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** `GITHUB_SERVER_URL`, by a name that the artifact client does not take for a GitHub Enterprise Server's. */
  readonly serverUrl: string;
  /** What tokens were not allowed to do, in order. */
  readonly refused: readonly string[];
  /** `<METHOD> <path>?<query>` of every request, in order. */
  readonly requests: readonly string[];
  createRepository(of: Parameters<typeof createRepository>[1]): Repository;
  /** @param login who comments with it, by default `github-actions[bot]`. */
  createToken(repository: Repository, permissions: Permissions, login?: string): string;
  /** @returns the installation's number. */
  installApp(of: Omit<Installation, 'id'>): number;
  /** A delivery to an App that came to this status. @returns its number. */
  hookDelivery(of: { readonly guid: string; readonly event: string; readonly statusCode: number }): number;
  /** Deliveries that an App asked for again. */
  readonly redeliveries: readonly number[];
  /** A person's comment on a pull request or an issue. */
  comment(
    repository: Repository,
    number: number,
    login: string,
    body: string,
    how?: Pick<Comment, 'viaEmail'>,
  ): Comment;
  /** Whoever may write edits the comments of others, too. */
  editComment(comment: Comment, body: string): void;
  deleteComment(comment: Comment): void;
  /** An account that is deleted; what it wrote stays, and is nobody's. */
  deleteUser(login: string): void;
  /** What the reactions to a comment are, and whose: `eyes by login`. */
  reactions(comment: Comment): readonly string[];
  /** Workflows that were asked for. */
  readonly dispatches: readonly Dispatch[];
  /** Checks of a commit, in the order they came. */
  checks(repository: Repository, sha: string): readonly CheckRun[];
  /** A workflow run as payloads tell it. */
  workflowRunJson(runId: number): object;
  /** REST requests that were made with a token, in order: those of one job. */
  requestsOf(token: string): readonly string[];
  /** What a person may do; without a role everyone may read what is public. */
  setRole(repository: Repository, login: string, role: 'admin' | 'maintain' | 'write' | 'triage' | 'read'): void;
  /** Renames a branch, also the default one; pull requests follow. Of a branch that is not there GitHub remembers it only. */
  renameBranch(repository: Repository, from: string, to: string): void;
  /** Protects a branch of this name, as a rule of the repository does. */
  protectBranch(repository: Repository, branch: string): void;
  forcePush(repository: Repository, branch: string, sha: string): { readonly before: string; readonly after: string };
  deleteRepository(repository: Repository): void;
  openPullRequest(of: Parameters<typeof openPullRequest>[1]): PullRequest;
  /** Notices pushes to the head and makes the merge commit anew, as a new run and each question do. */
  syncPullRequest(pull: PullRequest): PullRequest;
  /** @returns the payload's part of the event `edited`. */
  retarget(pull: PullRequest, baseRef: string): { readonly action: 'edited'; readonly changes: object };
  closePullRequest(pull: PullRequest): void;
  /** @returns the base branch's new tip. */
  mergePullRequest(pull: PullRequest, method?: Parameters<typeof mergePullRequest>[2]): string;
  /** Whether the required checks of the head commit are green. */
  mergeable(pull: PullRequest, required: readonly string[]): Mergeable;
  checkState(repository: Repository, sha: string, name: string): RequiredCheck['state'];
  addToMergeQueue(pull: PullRequest, behind?: MergeGroup): MergeGroup;
  leaveMergeQueue(group: MergeGroup, passed: boolean): void;
  startWorkflowRun(of: StartOptions): StartedRun;
  /** Ends a job. */
  finishJob(job: CheckRun, conclusion: Conclusion): void;
  /** A job that its `if:` skipped: it never started, and is a green check all the same. */
  skipJob(runId: number, name: string): CheckRun;
  /** Jobs of a run's latest attempt. */
  jobs(runId: number): readonly CheckRun[];
  deleteRun(runId: number): void;
  /** Puts the clock forward: artifacts, runs, checks and statuses go when their time is over. */
  advance(days: number): void;
  /** An artifact as if a job had uploaded it. */
  addArtifact(of: {
    readonly runId: number;
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly digest?: string | null;
    readonly expiresAt?: string;
    /** By default the jobs of all attempts see it. */
    readonly attempt?: number;
  }): Artifact;
  /** Artifacts of a run in the order they came; setting `expired` makes them so. */
  artifacts(runId: number): readonly Artifact[];
  /** Content in the Git LFS of a repository. */
  addLfsObject: Lfs['add'];
  /** What the cache of Actions holds, of all branches. */
  readonly cacheEntries: CacheService['entries'];
  /** @param of a pull request, or an issue. */
  comments(of: { readonly number: number; readonly base: { readonly repository: Repository } }): readonly Comment[];
  /** Whom a comment's text would notify, and what it would link. */
  notifications(body: string): readonly Notification[];
  /** What can go wrong on GitHub's side, to be switched on. */
  readonly faults: Faults;
  interrupt: Faults['interrupt'];
  /** What it cuts long answers at, and how many days it keeps runs; to be set. */
  readonly limits: State['limits'];
  /** @throws when a request came that no test expects, naming each. Forgets them. */
  assertExpected(): void;
  close(): Promise<void>;
}

export async function startRig(): Promise<Rig> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'mlops-rig-'));
  const state = createState();
  const blobs = createBlobs();
  const unexpected = new Set<string>();
  const refused: string[] = [];
  const requests: string[] = [];
  const requestsByToken = new Map<string, string[]>();
  const faults = createFaults(() => keepMoment(state, folder));
  let origin = '';
  let web = '';
  const results = createResults(state, blobs, () => origin);
  const cache = createCacheService(state, blobs, () => origin);
  const lfs = createLfs(state, blobs, () => origin);
  const rest = createRest(
    state,
    blobs,
    () => origin,
    faults,
    (what) => refused.push(what),
    ({ repository, app }, permissions, login) => addToken(repository, permissions, login, undefined, app),
  );

  const server = await startServer({
    answerRest: rest.answer,
    graphql: createGraphql(
      state,
      () => web,
      faults,
      (what) => refused.push(what),
    ),
    answerGit: (request, response, url) => serveGit(state, request, response, url, (what) => refused.push(what)),
    blobs,
    results,
    cache,
    lfs,
    faults,
    heard: (line, secret) => {
      requests.push(line);
      if (secret !== undefined) requestsByToken.get(secret)?.push(line);
    },
    unexpected: (what) => unexpected.add(what),
  });
  origin = `http://127.0.0.1:${server.port}`;
  web = `http://github.localhost:${server.port}`;

  const addToken = (repository: Repository, permissions: Permissions, login: string, runId?: number, app?: AppName) => {
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    const { fullName } = repository;
    const of = { ...(runId !== undefined && { runId }), ...(app && { app }) };
    state.tokens.set(token, { repository: fullName, permissions, login, ...of });
    requestsByToken.set(token, []);
    return token;
  };
  const runOf = (id: number) => {
    const run = state.runs.get(id);
    if (!run) throw new Error(`no workflow run ${id}`);
    return run;
  };

  return {
    origin,
    apiUrl: `${origin}/api/v3`,
    serverUrl: web,
    refused,
    requests,
    limits: state.limits,
    createRepository: (of) => createRepository(state, of, { folder, web }),
    createToken: (repository, permissions, login = 'github-actions[bot]') => addToken(repository, permissions, login),
    installApp(of) {
      const id = state.nextId();
      state.installations.set(id, { id, ...of });
      return id;
    },
    hookDelivery(of) {
      const id = state.nextId();
      state.hookDeliveries.push({ id, ...of, deliveredAt: state.now().toISOString() });
      return id;
    },
    redeliveries: state.redeliveries,
    comment({ fullName }, number, login, body, how = {}) {
      const now = state.now().toISOString();
      const of = { repository: fullName, number, login, body, createdAt: now, updatedAt: now };
      const comment: Comment = { id: state.nextId(), ...of, ...how };
      state.comments.push(comment);
      return comment;
    },
    editComment(comment, body) {
      const now = state.now().toISOString();
      Object.assign(comment, { body, updatedAt: now, lastEditedAt: now });
    },
    deleteComment: (comment) => void state.comments.splice(state.comments.indexOf(comment), 1),
    deleteUser: (login) => void state.deletedUsers.add(login),
    reactions: ({ id }) =>
      state.reactions.filter((one) => one.commentId === id).map(({ content, login }) => `${content} by ${login}`),
    dispatches: state.dispatches,
    checks: ({ fullName }, sha) => state.checkRuns.filter((one) => one.repository === fullName && one.headSha === sha),
    workflowRunJson(runId) {
      const run = runOf(runId);
      const [head] = readGitFacts(run.repository.gitDir).commits(run.headSha, 0, 1);
      return workflowRunJson(state, run, head, web);
    },
    requestsOf: (token) => requestsByToken.get(token) ?? [],
    setRole: ({ fullName }, login, role) => void state.roles.set(`${fullName} ${login}`, role),
    renameBranch: (repository, from, to) => renameBranch(state, repository, from, to),
    protectBranch: ({ fullName }, branch) => void state.protectedBranches.add(`${fullName} ${branch}`),
    forcePush,
    deleteRepository: (repository) => deleteRepository(state, repository),
    openPullRequest: (of) => openPullRequest(state, of),
    syncPullRequest: (pull) => syncPullRequest(state, pull),
    retarget: (pull, baseRef) => retarget(state, pull, baseRef),
    closePullRequest: (pull) => closePullRequest(state, pull),
    mergePullRequest: (pull, method) => mergePullRequest(state, pull, method),
    mergeable: (pull, required) => readMergeable(state, pull, required),
    checkState: ({ fullName }, sha, name) => checkState(state, fullName, sha, name),
    addToMergeQueue: (pull, behind) => addToMergeQueue(state, pull, behind),
    leaveMergeQueue: (group, passed) => leaveMergeQueue(state, group, passed),
    startWorkflowRun: (of) =>
      startWorkflowRun(state, of, {
        api: `${origin}/api/v3`,
        web: faults.hasArtifactService ? web : origin,
        results: faults.hasArtifactService ? `${origin}/` : null,
        folder,
        retentionDays: state.limits.retentionDays,
        createToken: (repository, permissions, runId) =>
          addToken(repository, permissions, 'github-actions[bot]', runId),
        createRuntimeToken: results.createRuntimeToken,
      }),
    finishJob: (job, conclusion) => finishJob(state, job, conclusion),
    skipJob(runId, name) {
      const job = startJob(state, runOf(runId), name);
      finishJob(state, job, 'skipped');
      return job;
    },
    jobs: (runId) => jobsOf(state, runOf(runId)),
    deleteRun: (runId) => deleteRun(state, runId),
    advance: (days) => advance(state, days),
    addArtifact: (of) =>
      addArtifact(state, { ...of, digest: of.digest === undefined ? digestOf(of.bytes) : of.digest }),
    artifacts: (runId) => state.artifacts.filter((one) => one.runId === runId),
    addLfsObject: lfs.add,
    cacheEntries: cache.entries,
    comments: ({ number, base }) =>
      state.comments.filter((one) => one.number === number && one.repository === base.repository.fullName),
    notifications: notificationsOf,
    faults,
    interrupt: faults.interrupt,
    assertExpected() {
      const names = [...unexpected];
      unexpected.clear();
      if (names.length > 0) throw new Error(`the rig does not expect:\n${names.join('\n')}`);
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
