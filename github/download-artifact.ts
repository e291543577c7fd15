import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, RepositoryName } from './client.ts';

/** Attempts to download; an address is valid for a minute, so each attempt asks for a new one. */
const ATTEMPTS = 4;

/**
 * Downloads the zip file of an artifact; undefined when it is larger than `maxBytes`.
 *
 * @throws RequestError when GitHub refuses: 410 for an expired artifact, 403 without `actions: read`.
 */
export async function downloadArtifact(
  octokit: Client,
  repository: RepositoryName,
  id: number,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const { fetch = globalThis.fetch } = octokit.request.endpoint.DEFAULTS.request ?? {};
  for (let attempt = 1; ; attempt++) {
    // The redirect is followed separately, so that the token is not sent to the storage server.
    const { headers } = await octokit.rest.actions.downloadArtifact({
      ...repository,
      artifact_id: id,
      archive_format: 'zip',
      request: { redirect: 'manual' },
    });
    if (headers.location === undefined) throw new Error(`GitHub returned no download address for artifact ${id}`);
    try {
      const response: Response = await fetch(headers.location);
      if (!response.ok) throw new Error(`the download of artifact ${id} failed with status ${response.status}`);
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
