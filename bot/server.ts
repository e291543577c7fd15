import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Deliveries } from './deliveries.ts';
import { isSigned } from './signature.ts';

const WEBHOOK_PATH = '/api/github/webhooks';
/** GitHub sends no larger payload. */
const MAX_BYTES = 25 * 2 ** 20;

interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Takes deliveries, and answers when they are on disk: GitHub delivers once, and waits ten seconds.
 *
 * @param options.added is called when there is something to work off.
 */
export async function listen(
  deliveries: Deliveries,
  options: { readonly host: string; readonly port: number; readonly secret: string; readonly added: () => void },
): Promise<Listening> {
  const take = async (request: IncomingMessage): Promise<Answer> => {
    const body = await readBody(request);
    if (body === undefined) return [413, 'the payload is too large'];
    const { 'x-github-delivery': id, 'x-github-event': event, 'x-hub-signature-256': signature } = request.headers;
    if (!isSigned(body, single(signature), options.secret)) return [401, 'the signature is missing or wrong'];
    if (!single(id) || !single(event)) return [400, 'X-GitHub-Delivery or X-GitHub-Event is missing'];
    const payload = body.toString('utf8');
    if (!isObject(payload)) return [400, 'the payload is no JSON object: choose application/json on the App’s page'];
    const state = deliveries.add({ id: single(id)!, event: single(event)!, payload });
    if (state !== 'done') options.added();
    return [202, state];
  };
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const path = request.url?.split('?')[0];
    if (path === '/healthz' && request.method === 'GET') return [200, JSON.stringify(deliveries.counts())];
    if (path !== WEBHOOK_PATH) return [404, 'not found'];
    return request.method === 'POST' ? take(request) : [405, 'only POST'];
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ([status, text]) => send(response, status, text),
      (error) => send(response, 500, `could not be kept: ${error instanceof Error ? error.message : 'unknown'}`),
    );
  });
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

type Answer = readonly [status: number, text: string];

function send(response: ServerResponse, status: number, text: string): void {
  const type = text.startsWith('{') ? 'application/json' : 'text/plain';
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' });
  response.end(`${text}\n`);
}

/** The bytes as they came; undefined when there are too many. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > MAX_BYTES ? undefined : Buffer.concat(chunks);
}

function single(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
