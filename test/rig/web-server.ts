import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from './blobs.ts';
import type { CacheService } from './cache-service.ts';
import { readDescription } from './description.ts';
import type { ActiveFaults } from './faults.ts';
import { isGitPath } from './git-server.ts';
import type { GraphqlApi } from './graphql.ts';
import type { Lfs } from './lfs.ts';
import { type createRest, secretOf } from './rest.ts';
import type { Results } from './results.ts';

interface Parts {
  readonly answerRest: ReturnType<typeof createRest>['answer'];
  readonly graphql: GraphqlApi;
  answerGit(request: IncomingMessage, response: ServerResponse, url: URL): void;
  readonly blobs: Blobs;
  readonly results: Results;
  readonly cache: CacheService;
  readonly lfs: Lfs;
  readonly faults: ActiveFaults;
  /** Is told of each request, and of the token that a request of the REST API had. */
  heard(line: string, secret: string | undefined): void;
  /** Is told of requests and answers that no test expects, or that GitHub's description has not. */
  unexpected(what: string): void;
}

const API = '/api/v3';
const GRAPHQL = '/api/graphql';

/** The one port behind which git, Git LFS, the REST API, the services of jobs and their blobs are. */
export async function startServer(parts: Parts): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      parts.unexpected(`${request.method} ${request.url} that the rig fails at: ${error}`);
      response.headersSent ? response.end() : sendJson(response, 501, { message: String(error) });
    });
  });
  const description = readDescription();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, 'http://127.0.0.1');
    const { pathname } = url;
    const method = request.method!;
    const line = `${method} ${pathname}${url.search}`;
    const isRest = pathname.startsWith(`${API}/`);
    const { authorization, accept = '' } = request.headers;
    parts.heard(line, isRest || pathname === GRAPHQL ? secretOf(authorization) : undefined);
    const interruption = parts.faults.next(pathname);
    if (interruption) {
      const { with: how, headers, message = 'Interrupted' } = interruption;
      if (how === 'reset') return void request.socket.destroy();
      return sendJson(response, how, { message }, headers);
    }
    if (isGitPath(pathname)) return parts.answerGit(request, response, url);
    const bytes = await buffer(request);
    const unknown = (what: string) => {
      parts.unexpected(what);
      sendJson(response, 501, { message: `the rig does not expect ${what}` });
    };
    if (pathname.startsWith('/blobs/')) {
      if (authorization?.startsWith('Basic ')) return unknown('the token of Git LFS that is sent to the storage');
      const range = request.headers['x-ms-range'] ?? request.headers.range;
      const { status, headers, body } = parts.blobs.serve(method, url, bytes, range?.toString());
      return void response.writeHead(status, headers).end(method === 'HEAD' ? undefined : body);
    }
    const body = parseJson(bytes);
    if (pathname.startsWith('/twirp/')) {
      if (!parts.faults.hasArtifactService) return sendJson(response, 404, { message: 'Not Found' });
      const found =
        parts.results.serve(pathname, authorization, body) ??
        parts.cache.serve(pathname, () => parts.results.runOf(authorization), body);
      return found ? sendJson(response, found.status, found.body) : unknown(`${method} ${pathname}`);
    }
    const ofLfs = parts.lfs.serve({ pathname, accept, authorization, body });
    if (ofLfs) return sendJson(response, ofLfs.status, ofLfs.body);
    if (pathname === GRAPHQL && method === 'POST') {
      const found = parts.graphql.answer(body, secretOf(authorization));
      return sendJson(response, found.status, found.body!);
    }
    if (!isRest) return unknown(`${method} ${pathname}`);
    const described = description.readRequest(method, new URL(request.url!.slice(API.length), url), body);
    if ('fault' in described) return unknown(described.fault);
    const answered = parts.answerRest({ described, pathname, authorization, accept });
    if (answered.status === 501) return unknown(line);
    if (answered.body instanceof Buffer || !answered.body) {
      return void response.writeHead(answered.status, answered.headers).end(answered.body);
    }
    const fault = description.responseFault(described.operation, answered.status, answered.body);
    if (fault !== undefined) return unknown(`its own answer to ${described.operation}: ${fault}`);
    sendJson(response, answered.status, answered.body, answered.headers);
  };

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
    },
  };
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
