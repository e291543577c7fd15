import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createBlobs } from './blobs.ts';
import { readDescription } from './description.ts';
import { isGitPath, serveGit } from './git-server.ts';
import { openPullRequest } from './pull-requests.ts';
import { createRest } from './rest.ts';
import { addArtifact, createResults, digestOf } from './results.ts';
import {
  type Artifact,
  type Comment,
  createState,
  type Permissions,
  type PullRequest,
  type Repository,
  type State,
} from './state.ts';
import { type StartedRun, type StartOptions, startWorkflowRun } from './workflow-runs.ts';

/** What a request meets instead of an answer. */
interface Interruption {
  /** Of the request's path; the query is not looked at. */
  readonly path: RegExp;
  readonly times: number;
  /** A status, or the connection's end. */
  readonly with: number | 'reset';
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
}

/** An offline GitHub: git, the REST operations in use and the artifacts service, all seeing one truth. */
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
  createRepository(of: {
    readonly owner: string;
    readonly name: string;
    readonly private?: boolean;
    readonly defaultBranch?: string;
    /** A repository whose branches it starts with. */
    readonly forkOf?: Repository;
  }): Repository;
  /** @param login who comments with it, by default `github-actions[bot]`. */
  createToken(repository: Repository, permissions: Permissions, login?: string): string;
  /** What GitHub remembers of a branch that was renamed; its commits are the caller's to move. */
  renameBranch(repository: Repository, from: string, to: string): void;
  openPullRequest(of: Parameters<typeof openPullRequest>[1]): PullRequest;
  startWorkflowRun(of: StartOptions): StartedRun;
  /** An artifact as if a job had uploaded it. */
  addArtifact(of: {
    readonly runId: number;
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly digest?: string | null;
  }): Artifact;
  /** Artifacts of a run in the order they came; setting `expired` makes them so. */
  artifacts(runId: number): readonly Artifact[];
  comments(pullRequest: PullRequest): readonly Comment[];
  interrupt(next: Interruption): void;
  /** What it cuts long answers at; to be set. */
  readonly limits: State['limits'];
  /** @throws when a request came that no test expects, naming each. Forgets them. */
  assertExpected(): void;
  close(): Promise<void>;
}

export async function startRig(): Promise<Rig> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'mlops-rig-'));
  const state = createState();
  const description = readDescription();
  const blobs = createBlobs();
  const unexpected = new Set<string>();
  const refused: string[] = [];
  const requests: string[] = [];
  const interruptions: { times: number; readonly of: Interruption }[] = [];
  let origin = '';
  let web = '';
  const results = createResults(state, blobs, () => origin);
  const rest = createRest(
    state,
    blobs,
    () => origin,
    (what) => refused.push(what),
  );

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, origin);
    const method = request.method!;
    requests.push(`${method} ${url.pathname}${url.search}`);
    const interruption = interruptions.find(({ times, of }) => times > 0 && of.path.test(url.pathname));
    if (interruption) {
      interruption.times--;
      const { with: how, headers, message = 'Interrupted' } = interruption.of;
      if (how === 'reset') return void request.socket.destroy();
      return sendJson(response, how, { message }, headers);
    }
    if (isGitPath(url.pathname)) return serveGit(state, request, response, url, (what) => refused.push(what));
    const bytes = await buffer(request);
    const unknown = (what: string) => {
      unexpected.add(what);
      sendJson(response, 501, { message: `the rig does not expect ${what}` });
    };
    if (url.pathname.startsWith('/blobs/')) {
      const { status, headers, body } = blobs.serve(method, url, bytes);
      return void response.writeHead(status, headers).end(body);
    }
    const body = parseJson(bytes);
    if (url.pathname.startsWith('/twirp/')) {
      const found = results.serve(url.pathname, request.headers.authorization, body);
      return found ? sendJson(response, found.status, found.body) : unknown(`${method} ${url.pathname}`);
    }
    if (!url.pathname.startsWith('/api/v3/')) return unknown(`${method} ${url.pathname}`);
    const described = description.readRequest(method, new URL(request.url!.slice('/api/v3'.length), origin), body);
    if ('fault' in described) return unknown(described.fault);
    const answered = rest.answer(described, request.headers.authorization, request.headers.accept ?? '');
    if (answered.status === 501) return unknown(`${method} ${url.pathname}${url.search}`);
    if (answered.body instanceof Buffer || !answered.body) {
      return void response.writeHead(answered.status, answered.headers).end(answered.body);
    }
    const fault = description.responseFault(described.operation, answered.status, answered.body);
    if (fault !== undefined) return unknown(`its own answer to ${described.operation}: ${fault}`);
    sendJson(response, answered.status, answered.body, answered.headers);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      unexpected.add(`${request.method} ${request.url} that the rig fails at: ${error}`);
      response.headersSent ? response.end() : sendJson(response, 501, { message: String(error) });
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  web = `http://github.localhost:${port}`;

  const createToken: Rig['createToken'] = (repository, permissions, login = 'github-actions[bot]') => {
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    state.tokens.set(token, { repository: repository.fullName, permissions, login });
    return token;
  };

  return {
    origin,
    apiUrl: `${origin}/api/v3`,
    serverUrl: web,
    refused,
    requests,
    limits: state.limits,
    createRepository({ owner, name, private: isPrivate = false, defaultBranch = 'main', forkOf }) {
      const fullName = `${owner}/${name}`;
      const gitDir = join(folder, `${owner}_${name}.git`);
      initRepository(gitDir, defaultBranch, forkOf?.gitDir);
      const url = `${web}/${fullName}`;
      const repository = { id: state.nextId(), owner, name, fullName, private: isPrivate, defaultBranch, gitDir, url };
      state.repositories.set(fullName.toLowerCase(), repository);
      return repository;
    },
    createToken,
    renameBranch: ({ fullName }, from, to) => state.renamedBranches.set(`${fullName} ${from}`, to),
    openPullRequest: (of) => openPullRequest(state, of),
    startWorkflowRun: (of) =>
      startWorkflowRun(state, of, {
        api: `${origin}/api/v3`,
        web,
        results: `${origin}/`,
        folder,
        createToken,
        createRuntimeToken: results.createRuntimeToken,
      }),
    addArtifact: (of) =>
      addArtifact(state, { ...of, digest: of.digest === undefined ? digestOf(of.bytes) : of.digest }),
    artifacts: (runId) => state.artifacts.filter((one) => one.runId === runId),
    comments: ({ number, base }) =>
      state.comments.filter((one) => one.number === number && one.repository === base.repository.fullName),
    interrupt: (of) => interruptions.push({ times: of.times, of }),
    assertExpected() {
      const names = [...unexpected];
      unexpected.clear();
      if (names.length > 0) throw new Error(`the rig does not expect:\n${names.join('\n')}`);
    },
    async close() {
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function initRepository(gitDir: string, defaultBranch: string, from: string | undefined): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (...args: readonly string[]) => execFileSync('git', args, { env, stdio: 'pipe' });
  git('init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, gitDir);
  const config = {
    'http.receivepack': 'true',
    'uploadpack.allowFilter': 'true',
    'uploadpack.allowAnySHA1InWant': 'true',
  };
  for (const [key, value] of Object.entries(config)) git('--git-dir', gitDir, 'config', key, value);
  if (from !== undefined) {
    git('--git-dir', gitDir, '-c', 'protocol.file.allow=always', 'fetch', '--quiet', from, 'refs/heads/*:refs/heads/*');
  }
}

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return bytes.toString('utf8');
  }
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
