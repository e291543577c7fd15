/** What the rig's GitHub knows beyond what git holds. */

export type Access = 'none' | 'read' | 'write';

/** What a token may do, by the names a workflow's `permissions:` has. */
export interface Permissions {
  readonly contents?: Access;
  readonly pull_requests?: Access;
  readonly issues?: Access;
  readonly actions?: Access;
  readonly checks?: Access;
  readonly statuses?: Access;
  /** Every token of a repository has it. */
  readonly metadata?: Access;
  /** Of Apps alone. */
  readonly merge_queues?: Access;
}

/** An App, as its checks name it. */
export interface AppName {
  readonly id: number;
  readonly slug: string;
}

/** An App that is installed in a repository. */
export interface Installation {
  readonly id: number;
  readonly repository: Repository;
  readonly app: AppName;
  /** Of the key pair whose other half signs the App's requests. */
  readonly publicKey: string;
  readonly permissions: Permissions;
}

/** What GitHub told an App, or tried to. */
export interface HookDelivery {
  readonly id: number;
  /** `X-GitHub-Delivery`: the same when it is delivered again. */
  readonly guid: string;
  readonly event: string;
  readonly statusCode: number;
  readonly deliveredAt: string;
}

/** A workflow that was asked for by a `workflow_dispatch`. */
export interface Dispatch {
  readonly repository: string;
  readonly workflow: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly login: string;
  /** Of the workflow run that it starts, when a test lets it start. */
  readonly runId: number;
}

export interface Reaction {
  readonly id: number;
  readonly repository: string;
  readonly commentId: number;
  readonly content: string;
  readonly login: string;
}

export interface Token {
  readonly repository: string;
  readonly permissions: Permissions;
  readonly login: string;
  /** The workflow run of the job that holds it; what it makes goes when the run goes. */
  readonly runId?: number;
  /** The App that holds it. */
  readonly app?: AppName;
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly private: boolean;
  readonly createdAt: string;
  /** The full name of what it was forked from. */
  readonly forkOf: string | null;
  defaultBranch: string;
  /** Folder of the bare repository: a remote for tests that need no token. */
  readonly gitDir: string;
  /** Address for git over HTTP. */
  readonly url: string;
}

/** Its parts change as it is pushed to, retargeted and merged. */
export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly login: string;
  readonly createdAt: string;
  title: string;
  body: string | null;
  draft: boolean;
  state: 'open' | 'closed';
  /** `sha` is the base branch's tip when the pull request was opened, retargeted or last pushed to: it may be old. */
  base: { readonly repository: Repository; readonly ref: string; readonly sha: string };
  /** `repository` is null when the fork was deleted. */
  head: { readonly repository: Repository | null; readonly ref: string; readonly sha: string };
  /** The commit of `refs/pull/<number>/merge`; null when the branches conflict. Once merged, what the base branch got. */
  mergeSha: string | null;
  mergedAt: string | null;
  updatedAt: string;
}

/** A pull request in the merge queue: a commit of the base branch's tip, or of the group before it, and the head. */
export interface MergeGroup {
  readonly repository: Repository;
  readonly pull: PullRequest;
  /** `refs/heads/gh-readonly-queue/<base>/pr-<number>-<base sha>`. */
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
}

export interface Comment {
  readonly id: number;
  readonly repository: string;
  readonly number: number;
  readonly login: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  /** Absent: never. */
  lastEditedAt?: string;
  /** Sent as a reply to a notification. */
  readonly viaEmail?: boolean;
}

export type Conclusion = 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required';

export interface WorkflowRun {
  readonly id: number;
  readonly repository: Repository;
  readonly event: string;
  /** A branch's name; of a tag's push the tag's; of a pull request's run the head's. */
  readonly headBranch: string | null;
  readonly headSha: string;
  readonly headRepository: Repository;
  /** What its jobs are told, the same in every attempt, whatever has become of branches and pull requests since. */
  readonly told: {
    /** `GITHUB_SHA`. */
    readonly sha: string;
    /** `GITHUB_REF`. */
    readonly ref: string;
    /** `GITHUB_BASE_REF` and `GITHUB_HEAD_REF`: empty but for pull requests and the merge queue. */
    readonly baseRef: string;
    readonly headRef: string;
    readonly payload: Readonly<Record<string, unknown>>;
  };
  /** `.github/workflows/<file>`. */
  readonly path: string;
  readonly name: string;
  readonly number: number;
  readonly login: string;
  readonly createdAt: string;
  attempt: number;
}

/** A check of a commit: a job of a workflow run, or what an App or a token made. It belongs to the commit, to no pull request. */
export interface CheckRun {
  readonly id: number;
  readonly repository: string;
  readonly name: string;
  readonly headSha: string;
  /** The workflow run that goes with it, if any. */
  readonly runId: number | null;
  /** Of a job: the attempt; null for a check made by the API. */
  readonly attempt: number | null;
  /** Of the App that made it; null: GitHub's own, or a job. */
  readonly app: AppName | null;
  externalId: string;
  readonly startedAt: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
  completedAt: string | null;
  output: { readonly title: string | null; readonly summary: string | null; readonly text: string | null };
}

export interface CommitStatus {
  readonly id: number;
  readonly repository: string;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly login: string;
  readonly runId: number | null;
  readonly createdAt: string;
}

export interface Artifact {
  readonly id: number;
  readonly runId: number;
  /** Whose jobs see it in the artifact service; null: those of all attempts. */
  readonly attempt: number | null;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `sha256:<hex>`, or null as old clients left it. */
  readonly digest: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Set by hand, or for a day by the clock; then it is gone. */
  expired: boolean;
}

/** What GitHub knows, apart from git: all of it is plain data, so that a moment of it can be kept. */
export interface Knowledge {
  /** By full name in lower case. */
  readonly repositories: Map<string, Repository>;
  /** By `<owner>/<name> <old branch>`: what it is called now. */
  readonly renamedBranches: Map<string, string>;
  /** `<owner>/<name> <branch>` of those that a rule protects. */
  readonly protectedBranches: Set<string>;
  readonly pullRequests: PullRequest[];
  readonly comments: Comment[];
  readonly runs: Map<number, WorkflowRun>;
  readonly checkRuns: CheckRun[];
  readonly statuses: CommitStatus[];
  readonly artifacts: Artifact[];
  /** By `<owner>/<name> <login>`: the role of a collaborator. */
  readonly roles: Map<string, string>;
  readonly dispatches: Dispatch[];
  readonly reactions: Reaction[];
  /** What waits in merge queues, in order. */
  readonly queue: MergeGroup[];
  /** Logins of accounts that are gone. */
  readonly deletedUsers: Set<string>;
}

interface Limits {
  /** What GitHub cuts long answers at. */
  treeEntries: number;
  folderEntries: number;
  /** Larger files come without content, and still larger ones not at all. */
  inlineBytes: number;
  contentBytes: number;
  /** Days for which runs are kept, with all that they made. */
  retentionDays: number;
}

export interface State extends Knowledge {
  readonly tokens: Map<string, Token>;
  readonly installations: Map<number, Installation>;
  readonly hookDeliveries: HookDelivery[];
  /** Deliveries that an App asked for again. */
  readonly redeliveries: number[];
  readonly limits: Limits;
  /** A number nothing else has. */
  nextId(): number;
  /** The rig's clock, which tests can put forward. */
  now(): Date;
  advance(days: number): void;
}

export function createState(): State {
  let last = 1000;
  let ahead = 0;
  return {
    repositories: new Map(),
    tokens: new Map(),
    renamedBranches: new Map(),
    protectedBranches: new Set(),
    pullRequests: [],
    comments: [],
    runs: new Map(),
    checkRuns: [],
    statuses: [],
    artifacts: [],
    roles: new Map(),
    dispatches: [],
    reactions: [],
    queue: [],
    deletedUsers: new Set(),
    installations: new Map(),
    hookDeliveries: [],
    redeliveries: [],
    limits: {
      treeEntries: 100_000,
      folderEntries: 1000,
      inlineBytes: 2 ** 20,
      contentBytes: 100 * 2 ** 20,
      retentionDays: 90,
    },
    nextId: () => ++last,
    now: () => new Date(Date.now() + ahead),
    advance: (days) => {
      ahead += days * 86_400_000;
    },
  };
}

/** GitHub takes names of owners and repositories in any case. */
export function findRepository(state: State, fullName: string): Repository | undefined {
  return state.repositories.get(fullName.toLowerCase());
}

const RANK: Readonly<Record<Access, number>> = { none: 0, read: 1, write: 2 };

/**
 * Whether a token, or nobody, may do something: what is public may be read by all; of a private repository nothing is
 * known to those who hold no token of it.
 */
export function judgeAccess(
  repository: Repository,
  token: Token | undefined,
  permission: keyof Permissions,
  needed: Access,
): 'granted' | 'forbidden' | 'unknown' {
  if (needed === 'read' && !repository.private) return 'granted';
  if (permission === 'metadata' && token?.repository === repository.fullName) return 'granted';
  if (token?.repository !== repository.fullName) return repository.private ? 'unknown' : 'forbidden';
  return RANK[token.permissions[permission] ?? 'none'] >= RANK[needed] ? 'granted' : 'forbidden';
}
