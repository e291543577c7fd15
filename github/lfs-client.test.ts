import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLfsClient } from './lfs-client.ts';

const OBJECT = { sha256: 'a'.repeat(64), bytes: 6 };
const NAME = `oid sha256:${OBJECT.sha256}, 6 bytes`;

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A server that answers as it is told, in order, and keeps what it was asked. */
async function aServer(answers: Handler[]) {
  const seen: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    answer(request, response, body);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const servers: Server[] = [];
beforeEach(() => void servers.splice(0));
afterEach(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const json = (status: number, body: object, headers: Record<string, string> = {}): Handler => {
  return (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/vnd.git-lfs+json', ...headers })
      .end(JSON.stringify(body));
};
const at = (href: string, header?: Record<string, string>) =>
  json(200, { transfer: 'basic', objects: [{ oid: OBJECT.sha256, actions: { download: { href, header } } }] });
const objectError = (code: number, message = 'no') => json(200, { objects: [{ error: { code, message } }] });
const content: Handler = (_request, response) => response.end('a,b\n1\n');
const to = (location: string, status: number): Handler => {
  return (_request, response) => response.writeHead(status, { location }).end();
};
const broken: Handler = (_request, response) => {
  response.writeHead(200, { 'content-length': '6' });
  response.write('a,b', () => response.destroy());
};

/** What was downloaded, chunk by chunk. */
async function download(origin: string, token?: string) {
  const told: string[] = [];
  const client = createLfsClient({
    remote: `${origin}/org/models.git`,
    token,
    secondMs: 0,
    debug: (line) => told.push(line),
  });
  const text = await client.download(OBJECT, async (bytes) => {
    let all = '';
    for await (const chunk of bytes) all += Buffer.from(chunk).toString();
    return all;
  });
  return { text, told };
}

describe('createLfsClient', () => {
  it('asks the batch API for the address, and gives what is there', async () => {
    const storage = await aServer([content]);
    const lfs = await aServer([at(`${storage.origin}/object?sig=secret`, { 'x-key': 'one' })]);
    const { text, told } = await download(lfs.origin, 'token');
    expect(text).toBe('a,b\n1\n');
    const [batch] = lfs.seen;
    expect(batch!.line).toBe('POST /org/models.git/info/lfs/objects/batch');
    expect(JSON.parse(batch!.body)).toEqual({
      operation: 'download',
      transfers: ['basic'],
      objects: [{ oid: OBJECT.sha256, size: 6 }],
      hash_algo: 'sha256',
    });
    expect(batch!.headers).toMatchObject({
      accept: 'application/vnd.git-lfs+json',
      'content-type': 'application/vnd.git-lfs+json',
      authorization: `Basic ${Buffer.from('x-access-token:token').toString('base64')}`,
    });
    expect(storage.seen[0]!.headers['x-key']).toBe('one');
    expect(told.map((line) => line.replace(/\d+ ms/, 'n ms'))).toEqual([
      'POST /org/models.git/info/lfs/objects/batch: 200, n ms',
      'GET /object: 200, n ms',
    ]);
  });

  it('sends its token to the batch API alone', async () => {
    const other = await aServer([content]);
    const storage = await aServer([to(`${other.origin}/moved`, 302)]);
    const lfs = await aServer([at(`${storage.origin}/object`, { authorization: 'RemoteAuth one' })]);
    await download(lfs.origin, 'token');
    expect(storage.seen.map(({ headers }) => headers.authorization)).toEqual(['RemoteAuth one']);
    expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('follows a batch API that has moved, without the token where another server answers', async () => {
    const storage = await aServer([content]);
    const other = await aServer([at(`${storage.origin}/object`)]);
    const lfs = await aServer([to('/org/renamed.git/info/lfs/objects/batch', 307), to(`${other.origin}/batch`, 308)]);
    expect((await download(lfs.origin, 'token')).text).toBe('a,b\n1\n');
    expect(lfs.seen.map(({ line }) => line)).toEqual([
      'POST /org/models.git/info/lfs/objects/batch',
      'POST /org/renamed.git/info/lfs/objects/batch',
    ]);
    expect(lfs.seen.every(({ headers }) => headers.authorization !== undefined)).toBe(true);
    expect(other.seen).toMatchObject([{ line: 'POST /batch', body: lfs.seen[0]!.body }]);
    expect(other.seen[0]!.headers.authorization).toBeUndefined();
  });

  it('does without a token', async () => {
    const storage = await aServer([content]);
    const lfs = await aServer([at(`${storage.origin}/object`)]);
    await download(lfs.origin);
    expect(lfs.seen[0]!.headers.authorization).toBeUndefined();
  });

  it.each<[string, Handler]>([
    ['whose address has expired', (_request, response) => response.writeHead(403).end('expired')],
    ['whose connection breaks off', broken],
    ['whose storage is down', (_request, response) => response.writeHead(503).end()],
  ])('asks for a new address of a download %s', async (_why, failing) => {
    const storage = await aServer([failing, failing, failing, content]);
    const lfs = await aServer([at(`${storage.origin}/object`)]);
    expect((await download(lfs.origin)).text).toBe('a,b\n1\n');
    expect(lfs.seen).toHaveLength(4);
  });

  it.each<[string, Handler]>([
    ['fails', json(502, { message: 'Bad gateway' })],
    ['limits the rate', json(429, { message: 'slow down' }, { 'retry-after': '30' })],
    ['does not answer', (request) => request.socket.destroy()],
  ])('asks again while the batch API %s, four times in all', async (_why, failing) => {
    const storage = await aServer([content]);
    const lfs = await aServer([failing, failing, failing, at(`${storage.origin}/object`)]);
    expect((await download(lfs.origin)).text).toBe('a,b\n1\n');
    const down = await aServer([failing]);
    await expect(download(down.origin)).rejects.toThrow(/org\/models/);
    expect(down.seen).toHaveLength(4);
  });

  it.each<[string, Handler, RegExp]>([
    [
      'nobody has',
      objectError(404),
      /does not have what it names\n {2}found: oid.*\n {2}next: push it.*`git lfs push --object-id origin a{64}`/,
    ],
    ['was deleted', objectError(410), /does not have what it names/],
    ['is not valid', objectError(422, 'bad oid'), /did not give what it names\n {2}found: .*; 422: bad oid/],
    [
      'is over the budget',
      json(403, { message: 'This repository exceeded its LFS budget.' }),
      /the Git LFS budget of .* is used up/,
    ],
    [
      'is over the data quota',
      json(429, { message: 'over its data quota' }, { 'retry-after': '3600' }),
      /budget of .* is used up/,
    ],
    ['is over the bandwidth', json(509, {}), /budget of .* is used up/],
    [
      'may not be read',
      json(403, { message: 'Forbidden' }),
      /may not read the Git LFS .*\n.*\n {2}next: give the job `permissions: contents: read`/,
    ],
    ['needs a token', json(401, { message: 'Credentials needed' }), /may not read the Git LFS/],
    [
      'has no address',
      json(200, { objects: [{}] }),
      /did not give what it names\n {2}found: .*the answer has no address/,
    ],
    ['has an address of a file', at('file:///etc/passwd'), /the answer has no address/],
    ['gets an answer that is no JSON', content, /the answer has no address/],
  ])('says what is wrong with an object that %s, and asks once', async (_what, answer, message) => {
    const lfs = await aServer([answer]);
    await expect(download(lfs.origin, 'token')).rejects.toThrow(message);
    await expect(download(lfs.origin, 'token')).rejects.toThrow(NAME);
    expect(lfs.seen).toHaveLength(2);
  });

  it('ends when a redirect leads to itself', async () => {
    const lfs = await aServer([to('/again', 307)]);
    await expect(download(lfs.origin)).rejects.toThrow(/did not give what it names/);
    expect(lfs.seen).toHaveLength(6);
  });

  it('passes on what goes wrong with who takes the bytes, and asks once', async () => {
    const storage = await aServer([content]);
    const lfs = await aServer([at(`${storage.origin}/object`)]);
    const client = createLfsClient({ remote: `${lfs.origin}/org/models.git`, secondMs: 0 });
    const full = client.download(OBJECT, async () => {
      throw new Error('the disk is full');
    });
    await expect(full).rejects.toThrow('the disk is full');
    expect(lfs.seen).toHaveLength(1);
  });
});
