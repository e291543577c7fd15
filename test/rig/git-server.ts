import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { findRepository, judgeAccess, type State, type Token } from './state.ts';

/** Git over HTTP: git's own `http-backend`, behind the doors GitHub has. */

const GIT_PATH = /^\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack|HEAD|objects\/.+)$/;

export function isGitPath(pathname: string): boolean {
  return GIT_PATH.test(pathname);
}

/** Serves a request of a git client; `refused` is told of pushes that the token does not allow. */
export function serveGit(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  refused: (what: string) => void,
): void {
  const [, fullName, path] = GIT_PATH.exec(url.pathname)!;
  const password = basicToken(request.headers.authorization);
  const token = password === undefined ? undefined : state.tokens.get(password);
  const repository = findRepository(state, fullName!);
  const isPush = path === 'git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
  const say = (status: number, text: string, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${text}\n`);
  const askForPassword = () => say(401, 'Authentication required', { 'www-authenticate': 'Basic realm="GitHub"' });

  if (password !== undefined && !token) return void askForPassword();
  const access = repository && judgeAccess(repository, token, 'contents', isPush ? 'write' : 'read');
  if (!repository || access !== 'granted') {
    if (!token) return void askForPassword();
    if (access !== 'forbidden') return void say(404, 'Repository not found.');
    refused(`${isPush ? 'push to' : 'fetch of'} ${repository!.fullName}: contents: ${contentsOf(token)}`);
    return void say(403, `Permission to ${repository!.fullName}.git denied to ${token.login}.`);
  }
  runBackend(repository.gitDir, `/${path}`, token, request, response, url);
}

function contentsOf(token: Token): string {
  return token.permissions.contents ?? 'none';
}

/** The token that a git client sends as a password. */
export function basicToken(header: string | undefined): string | undefined {
  const [, encoded] = /^basic (.+)$/i.exec(header ?? '') ?? [];
  return (
    encoded &&
    Buffer.from(encoded, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '')
  );
}

function runBackend(
  gitDir: string,
  path: string,
  token: Token | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_PROJECT_ROOT: dirname(gitDir),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `${gitDir.slice(dirname(gitDir).length)}${path}`,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      GIT_PROTOCOL: header(request, 'git-protocol'),
      REMOTE_ADDR: '127.0.0.1',
      ...(token ? { REMOTE_USER: token.login } : {}),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {}); // the backend may answer before it has read everything
  child.on('error', () => response.writeHead(500).end());
  request.pipe(child.stdin);

  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    child.stdout.off('data', readHead);
    let status = 200;
    for (const line of head.toString('latin1', 0, end).split('\r\n')) {
      const [, name, value] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
      if (name === 'Status') status = Number.parseInt(value!, 10);
      else if (name) response.setHeader(name, value!);
    }
    response.writeHead(status);
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  };
  child.stdout.on('data', readHead);
  child.on('close', () => response.end());
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
