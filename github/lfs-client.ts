import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { LfsObject } from '../core/ports/commit-tree.ts';
import { type LfsAnswer, lfsRefusal, lfsUnreachable } from './lfs-error.ts';

/** Git LFS of one repository, to download from. */
export interface LfsClient {
  /**
   * Downloads what a pointer names.
   *
   * @param keep gets the bytes as they come. They may be others than the pointer names. It is called again for another attempt.
   * @throws GithubError when there is no such object, or it cannot be had; also what `keep` throws.
   */
  download<T>(object: LfsObject, keep: (bytes: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T>;
}

/** Attempts to download; an address is valid for minutes, so each attempt asks for a new one. */
const ATTEMPTS = 4;
const MAX_REDIRECTS = 5;
const LONGEST_WAIT_SECONDS = 60;
const JSON_TYPE = 'application/vnd.git-lfs+json';

const batchSchema = z.object({
  objects: z.tuple([
    z.object({
      actions: z
        .object({
          download: z.object({
            href: z.url({ protocol: /^https?$/ }),
            header: z.record(z.string(), z.string()).default({}),
          }),
        })
        .optional(),
      error: z.object({ code: z.int(), message: z.string().default('') }).optional(),
    }),
  ]),
});
const messageSchema = z.object({ message: z.string() });

/** Where to download from, as the server says it. */
interface Address {
  readonly href: string;
  readonly header: Readonly<Record<string, string>>;
}

/**
 * A client of Git LFS as GitHub offers it: the batch API and basic transfers. The token is sent to the batch API alone; an address to
 * download from bears its own authorization.
 *
 * @param of.remote the address that the repository is cloned from: `https://github.com/org/models.git`.
 * @param of.secondMs length of one second of the waits between attempts, in milliseconds, for tests.
 * @param of.debug called for each request with its method, path, status and milliseconds.
 */
export function createLfsClient(of: {
  readonly remote: string;
  readonly token?: string | undefined;
  readonly secondMs?: number;
  readonly debug?: (message: string) => void;
}): LfsClient {
  const { remote, token, secondMs = 1000, debug } = of;
  const endpoint = `${remote}/info/lfs/objects/batch`;
  const server = new URL(remote);
  const repository = `${server.host}${server.pathname.replace(/\.git$/, '')}`;
  const authorization =
    token === undefined ? {} : { authorization: `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}` };

  const tell = async (method: string, url: string, send: () => Promise<Response>): Promise<Response> => {
    const start = performance.now();
    const told = (status: number | string) =>
      // Without its query, which may authenticate.
      debug?.(`${method} ${new URL(url).pathname}: ${status}, ${Math.round(performance.now() - start)} ms`);
    try {
      const response = await send();
      told(response.status);
      return response;
    } catch (error) {
      told('no answer');
      throw error;
    }
  };

  const addressOf = async ({ sha256, bytes }: LfsObject): Promise<Address | LfsAnswer> => {
    const response = await tell('POST', endpoint, () =>
      followRedirects(endpoint, {
        method: 'POST',
        headers: { accept: JSON_TYPE, 'content-type': JSON_TYPE, ...authorization },
        body: JSON.stringify({
          operation: 'download',
          transfers: ['basic'],
          objects: [{ oid: sha256, size: bytes }],
          hash_algo: 'sha256',
        }),
      }),
    );
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      const message = messageSchema.safeParse(body).data?.message ?? response.statusText;
      return { asked: 'batch', status: response.status, message, wait: secondsToWait(response) };
    }
    const batch = batchSchema.safeParse(body);
    const [answer] = batch.data?.objects ?? [];
    if (answer?.error) return { asked: 'object', status: answer.error.code, message: answer.error.message, wait: 0 };
    const address = answer?.actions?.download;
    return address ?? { asked: 'batch', status: response.status, message: 'the answer has no address', wait: 0 };
  };

  const attempt = async <T>(object: LfsObject, keep: (bytes: AsyncIterable<Uint8Array>) => Promise<T>) => {
    const address = await addressOf(object);
    if (!('href' in address)) return address;
    const response = await tell('GET', address.href, () => followRedirects(address.href, { headers: address.header }));
    if (response.ok) return { kept: await keep(bytesOf(response)) };
    await response.body?.cancel();
    const { status, statusText: message } = response;
    return { asked: 'content', status, message, wait: secondsToWait(response) } as const;
  };

  return {
    async download(object, keep) {
      for (let n = 1; ; n++) {
        let wait = n;
        try {
          const found = await attempt(object, keep);
          if ('kept' in found) return found.kept;
          if (n === ATTEMPTS || !mayPass(found)) throw lfsRefusal(object, repository, found);
          wait = Math.max(n, found.wait);
        } catch (error) {
          if (!isConnectionFailure(error)) throw error;
          if (n === ATTEMPTS) throw lfsUnreachable(object, repository, error);
        }
        await sleep(wait * secondMs);
      }
    },
  };
}

/** Follows redirects by hand: headers, which may authenticate, go to no other server than the first. */
async function followRedirects(
  first: string,
  { headers, ...rest }: RequestInit & { readonly headers: Readonly<Record<string, string>> },
): Promise<Response> {
  const { origin } = new URL(first);
  let url = new URL(first);
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(url, { ...rest, headers: url.origin === origin ? headers : {}, redirect: 'manual' });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null || redirects === MAX_REDIRECTS) {
      return response;
    }
    await response.body?.cancel();
    url = new URL(location, url);
  }
}

/** Whether asking again may help: an address may have expired, a server may be down. */
function mayPass({ asked, status, wait }: LfsAnswer): boolean {
  if (wait > LONGEST_WAIT_SECONDS) return false;
  return asked === 'content' || status === 429 || (asked === 'batch' && [500, 502, 503, 504].includes(status));
}

function secondsToWait({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? seconds : 0;
}

class ConnectionFailure extends Error {}

/** The bytes of an answer. That they stop coming is told from what goes wrong with who takes them. */
async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => {
        throw new ConnectionFailure('the connection broke off', { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** `fetch` fails with a TypeError when it gets no answer. */
function isConnectionFailure(error: unknown): error is Error {
  return error instanceof ConnectionFailure || (error instanceof TypeError && error.message === 'fetch failed');
}
