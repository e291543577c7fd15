import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';

/** Attempts to download; an address is valid for a minute, so each attempt asks for a new one. */
const ATTEMPTS = 4;

/**
 * Downloads what GitHub redirects to; undefined when it is larger than `maxBytes`.
 *
 * @param what names the download in messages: `artifact 7`.
 * @param ask asks GitHub for the address, which is the header `location` of the answer.
 * @throws RequestError when GitHub refuses to give the address.
 */
export async function download(
  octokit: Client,
  what: string,
  ask: (request: {
    readonly redirect: 'manual';
  }) => Promise<{ readonly headers: { readonly location?: string | undefined } }>,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const { fetch = globalThis.fetch } = octokit.request.endpoint.DEFAULTS.request ?? {};
  for (let attempt = 1; ; attempt++) {
    // The redirect is followed separately, so that the token is not sent to the storage server.
    const { headers } = await ask({ redirect: 'manual' });
    if (headers.location === undefined) throw new Error(`GitHub returned no download address for ${what}`);
    try {
      const response: Response = await fetch(headers.location);
      if (!response.ok) throw new Error(`the download of ${what} failed with status ${response.status}`);
      return await readAtMost(response, maxBytes);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
    await sleep(attempt * octokit.secondMs);
  }
}

async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
