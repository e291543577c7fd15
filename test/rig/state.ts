/** What the rig's GitHub knows beyond what git holds. */

export type Access = 'none' | 'read' | 'write';

/** What a token may do, by the names a workflow's `permissions:` has. */
export interface Permissions {
  readonly contents?: Access;
  readonly pull_requests?: Access;
  readonly actions?: Access;
}

export interface Token {
  readonly repository: string;
  readonly permissions: Permissions;
  readonly login: string;
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  /** Folder of the bare repository: a remote for tests that need no token. */
  readonly gitDir: string;
  /** Address for git over HTTP. */
  readonly url: string;
}

export interface PullRequest {
  readonly number: number;
  readonly base: { readonly repository: Repository; readonly ref: string; readonly sha: string };
  /** `repository` is null when the fork was deleted. */
  readonly head: { readonly repository: Repository | null; readonly ref: string; readonly sha: string };
  /** The commit of `refs/pull/<number>/merge`; null when the branches conflict. */
  readonly mergeSha: string | null;
}

export interface Comment {
  readonly id: number;
  readonly repository: string;
  readonly number: number;
  readonly login: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface WorkflowRun {
  readonly id: number;
  readonly repository: Repository;
  readonly event: string;
  readonly headBranch: string | null;
  readonly headSha: string;
  readonly headRepository: Repository;
  /** `.github/workflows/<file>`. */
  readonly path: string;
  readonly login: string;
  readonly createdAt: string;
  attempt: number;
}

export interface Artifact {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `sha256:<hex>`, or null as old clients left it. */
  readonly digest: string | null;
  readonly createdAt: string;
  expired: boolean;
}

export interface State {
  readonly repositories: Map<string, Repository>;
  readonly tokens: Map<string, Token>;
  /** By `<owner>/<name> <old branch>`: what it is called now. */
  readonly renamedBranches: Map<string, string>;
  readonly pullRequests: PullRequest[];
  readonly comments: Comment[];
  readonly runs: Map<number, WorkflowRun>;
  readonly artifacts: Artifact[];
  /** What GitHub cuts long answers at. */
  readonly limits: { treeEntries: number };
  /** A number nothing else has. */
  nextId(): number;
}

export function createState(): State {
  let last = 1000;
  return {
    repositories: new Map(),
    tokens: new Map(),
    renamedBranches: new Map(),
    pullRequests: [],
    comments: [],
    runs: new Map(),
    artifacts: [],
    limits: { treeEntries: 100_000 },
    nextId: () => ++last,
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
  if (token?.repository !== repository.fullName) return repository.private ? 'unknown' : 'forbidden';
  return RANK[token.permissions[permission] ?? 'none'] >= RANK[needed] ? 'granted' : 'forbidden';
}
