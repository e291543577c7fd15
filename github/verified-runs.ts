import type { UnseenRuns } from '../core/comparison/no-baseline.ts';
import { sha256Hex } from '../core/random/sha256.ts';
import type { SkippedFile } from '../core/records/skipped-files.ts';
import { decodeFile } from '../core/records/stored-records.ts';
import type { Run } from '../core/tracking/run.ts';
import { runCodec } from '../core/tracking/run-codec.ts';
import type { Client, RepositoryName } from './client.ts';
import { isRateLimited, statusOf } from './github-error.ts';
import { artifactName } from './job-key.ts';
import { RECORDED_LIST, readRecordedList } from './recorded-list.ts';
import { createRunArtifacts, type ListedArtifact } from './run-artifact.ts';

/** A run that a workflow run recorded, as its artifact has it. */
export interface VerifiedRecord {
  readonly run: Run;
  readonly bytes: Uint8Array;
  /** What else the artifact has, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What GitHub tells of the runs of one commit. */
export interface VerifiedCommit {
  readonly records: readonly VerifiedRecord[];
  /** The tracked branch on whose first-parent way it lies; null: on none. */
  readonly branch: string | null;
  /** Why there may be others. */
  readonly unseen: UnseenRuns | null;
  /** Workflow runs, of those that are said to have recorded the commit, that GitHub no longer has or no longer has the artifact of. */
  readonly gone: ReadonlySet<number>;
  /** Workflow runs that have artifacts of other jobs, which were not read. */
  readonly unread: ReadonlySet<number>;
  /** Files of artifacts that are no valid records. */
  readonly skipped: readonly SkippedFile[];
}

/** @param claimed workflow runs that the index says recorded the commit. */
type Lookup = (sha: string, claimed: ReadonlySet<number>) => Promise<VerifiedCommit>;

interface VerifiedRuns {
  /** What this job recorded at a commit; if nothing, what all others did. */
  readonly at: Lookup;
  readonly ofAllJobs: Lookup;
}

/** The events of a branch itself. Who starts them may write to the branch; those of a change are claims. */
const TRUSTED_EVENTS = new Set(['push', 'schedule', 'workflow_dispatch']);
const PER_PAGE = 100;
const MOST_PAGES = 3;
/** Workflow runs of one commit whose artifacts are looked at, each with a request. */
const MOST_RUNS = 12;
/** Workflow runs that the index names and the commit lacks, which are asked for one by one. */
const MOST_CLAIMS = 2;

interface WorkflowRun {
  readonly id: number;
  readonly attempts: number;
  readonly path: string;
  readonly isEnded: boolean;
}

type ListedRun = Awaited<ReturnType<Client['rest']['actions']['getWorkflowRun']>>['data'];

/**
 * Looks up which runs the workflow runs of a commit recorded. What is believed is GitHub's own account: the workflow run is one
 * of this repository, a push, schedule or dispatch on a commit of a tracked branch, and its artifact lists and holds the record.
 * Names of branches and workflows are no conditions: a tag can be called `main`, and workflows are renamed.
 *
 * @param options.branchOf the tracked branch on whose first-parent way a commit lies, or null.
 * @returns functions that throw only when GitHub cannot be reached, and ask once per commit.
 */
export function createVerifiedRuns(
  octokit: Client,
  repository: RepositoryName,
  options: {
    readonly repositoryId: number;
    readonly branchOf: (sha: string) => Promise<string | null>;
    /** The job whose own artifacts are enough, where there are any: a matrix of fifty need not read those of all others. */
    readonly key: string;
  },
): VerifiedRuns {
  const artifacts = createRunArtifacts(octokit, repository);
  const opened = new Map<number, ReturnType<typeof artifacts.open>>();
  const asked = new Map<string, Promise<VerifiedCommit>>();

  const lookOnce = (what: string, sha: string, claimed: ReadonlySet<number>) => {
    const key = `${what} ${sha}`;
    let answer = asked.get(key);
    if (!answer) {
      answer = look(sha, claimed, what === 'own');
      asked.set(key, answer);
      answer.catch(() => asked.delete(key));
    }
    return answer;
  };
  return {
    at: (sha, claimed) => lookOnce('own', sha, claimed),
    ofAllJobs: (sha, claimed) => lookOnce('all', sha, claimed),
  };

  async function look(sha: string, claimed: ReadonlySet<number>, ownFirst: boolean): Promise<VerifiedCommit> {
    const branch = await options.branchOf(sha);
    if (branch === null) return NOTHING;
    try {
      return { ...(await lookAtRuns(sha, claimed, ownFirst)), branch };
    } catch (error) {
      const status = statusOf(error);
      if ((status !== 401 && status !== 403 && status !== 404) || isRateLimited(error)) throw error;
      const detail = `GitHub answered ${status}: ${(error as Error).message}`;
      return { ...NOTHING, branch, unseen: { reason: 'no_permission', sha, detail } };
    }
  }

  function open(artifact: ListedArtifact) {
    const known = opened.get(artifact.id) ?? artifacts.open(artifact);
    opened.set(artifact.id, known);
    known.catch(() => opened.delete(artifact.id));
    return known;
  }

  async function lookAtRuns(sha: string, claimed: ReadonlySet<number>, ownFirst: boolean) {
    const { trusted, gone } = await workflowRuns(sha, claimed);
    const inOrder = [...trusted.filter(({ id }) => claimed.has(id)), ...trusted.filter(({ id }) => !claimed.has(id))];
    const records: VerifiedRecord[] = [];
    const skipped: SkippedFile[] = [];
    const running = trusted.find(({ isEnded }) => !isEnded);
    let unseen: UnseenRuns | null = running ? { reason: 'still_running', sha, workflow: running.path } : null;
    const [deleted] = gone;
    if (deleted !== undefined)
      unseen ??= { reason: 'run_deleted', sha, detail: `workflow run ${deleted} no longer exists on GitHub` };
    const lost = (runId: number, detail: string) => {
      gone.add(runId);
      unseen ??= { reason: 'artifact_gone', sha, detail };
    };
    const listed: { readonly runId: number; readonly artifact: ListedArtifact }[] = [];
    for (const { id: runId, attempts } of inOrder.slice(0, MOST_RUNS)) {
      const own = (await artifacts.list(runId)).filter(({ attempt }) => attempt <= attempts);
      if (own.length === 0 && claimed.has(runId)) lost(runId, `workflow run ${runId} has no artifact any more`);
      listed.push(...own.map((artifact) => ({ runId, artifact })));
    }
    const read = async (some: typeof listed) => {
      for (const { runId, artifact } of some) {
        const content = await open(artifact);
        if (content.kind === 'gone') lost(runId, `artifact ${artifact.name} of workflow run ${runId} has expired`);
        else if (content.kind === 'damaged')
          unseen ??= { reason: 'artifact_damaged', sha, detail: `workflow run ${runId}: ${content.why}` };
        else records.push(...recordsIn(content.files, { sha, runId, artifact }, skipped));
      }
    };
    const isOwn = ({ artifact: { name, attempt } }: (typeof listed)[number]) =>
      name === artifactName(options.key, attempt);
    await read(ownFirst ? listed.filter(isOwn) : listed);
    const others = ownFirst ? listed.filter((one) => !isOwn(one)) : [];
    const isEnough = records.length > 0;
    if (!isEnough) await read(others);
    const unread = new Set(isEnough ? others.map(({ runId }) => runId) : []);
    return { records, unseen, gone, unread, skipped };
  }

  /**
   * The workflow runs of a commit that are of a branch of this repository, oldest first, and claimed ones that GitHub does not
   * have. A list may lag behind, so those that it lacks are asked for one by one.
   */
  async function workflowRuns(sha: string, claimed: ReadonlySet<number>) {
    const all = new Set<number>();
    const gone = new Set<number>();
    const trusted: WorkflowRun[] = [];
    const take = (run: ListedRun) => {
      const isOurs = run.repository.id === options.repositoryId && run.head_repository?.id === options.repositoryId;
      if (!isOurs || run.head_sha !== sha || !TRUSTED_EVENTS.has(run.event)) return;
      const { id, path, status, run_attempt: attempts = 1 } = run;
      trusted.push({ id, attempts, path, isEnded: status === 'completed' });
    };
    for (let page = 1; page <= MOST_PAGES; page++) {
      const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({
        ...repository,
        head_sha: sha,
        per_page: PER_PAGE,
        page,
      });
      for (const run of data.workflow_runs) {
        all.add(run.id);
        take(run);
      }
      if (data.workflow_runs.length < PER_PAGE) break;
    }
    for (const id of [...claimed].filter((each) => !all.has(each)).slice(0, MOST_CLAIMS)) {
      const run = await workflowRun(id);
      if (run) take(run);
      else gone.add(id);
    }
    return { gone, trusted: trusted.sort((a, b) => a.id - b.id) };
  }

  async function workflowRun(id: number): Promise<ListedRun | null> {
    try {
      return (await octokit.rest.actions.getWorkflowRun({ ...repository, run_id: id })).data;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }
}

const NOTHING: VerifiedCommit = {
  records: [],
  branch: null,
  unseen: null,
  gone: new Set(),
  unread: new Set(),
  skipped: [],
};

/** The records that an artifact lists, as far as they are of this commit and this workflow run. */
function recordsIn(
  files: ReadonlyMap<string, Uint8Array>,
  of: { readonly sha: string; readonly runId: number; readonly artifact: ListedArtifact },
  skipped: SkippedFile[],
): VerifiedRecord[] {
  const list = files.get(RECORDED_LIST);
  if (!list) return [];
  const records: VerifiedRecord[] = [];
  const listed = readRecordedList(list);
  if (!listed) skipped.push({ path: `${of.artifact.name}/${RECORDED_LIST}`, reason: 'it is no list of records' });
  for (const [path, digest] of listed ?? []) {
    const bytes = files.get(path);
    const found = decodeFile(runCodec, path, bytes && { bytes });
    const reason =
      bytes === undefined || sha256Hex(bytes) !== digest
        ? 'it is not what the artifact lists'
        : 'reason' in found
          ? found.reason
          : strangeness(found.record, of);
    if (reason === undefined) records.push({ run: (found as { record: Run }).record, bytes: bytes!, files });
    else skipped.push({ path: `${of.artifact.name}/${path}`, reason });
  }
  return records;
}

function strangeness(
  { git, workflow }: Run,
  of: { readonly sha: string; readonly runId: number; readonly artifact: ListedArtifact },
): string | undefined {
  if (git.sha !== of.sha || git.dirty) return `it is not of commit ${of.sha}`;
  if (workflow?.runId !== of.runId || workflow.attempt !== of.artifact.attempt) return 'it is of another workflow run';
  return undefined;
}
