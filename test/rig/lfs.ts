import { createHash } from 'node:crypto';
import type { Blobs } from './blobs.ts';
import { basicToken } from './git-server.ts';
import { findRepository, judgeAccess, type Repository, type State } from './state.ts';

/** Git LFS: the batch API. Content is downloaded from the storage, which is another server. */

const BATCH = /^\/([\w.-]+\/[\w.-]+?)\.git\/info\/lfs\/objects\/batch$/;
const JSON_TYPE = 'application/vnd.git-lfs+json';

export interface Lfs {
  /** Puts content into the storage of a repository. @param content.as its SHA-256, if the storage is damaged. @returns the pointer. */
  add(repository: Repository, bytes: Uint8Array, as?: string): string;
  /** The answer to a request; undefined when it is none to the batch API. */
  serve(request: {
    readonly pathname: string;
    readonly accept: string;
    readonly authorization: string | undefined;
    readonly body: unknown;
  }): { readonly status: number; readonly body: object } | undefined;
}

export function createLfs(state: State, blobs: Blobs, storage: () => string): Lfs {
  /** By repository and SHA-256. A fork has its own: what was pushed to it is not in the repository that it comes from. */
  const objects = new Map<string, Uint8Array>();
  return {
    add({ fullName }, bytes, as = createHash('sha256').update(bytes).digest('hex')) {
      objects.set(`${fullName} ${as}`, bytes);
      return pointerTo(as, bytes.length);
    },
    serve({ pathname, accept, authorization, body }) {
      const [, fullName] = BATCH.exec(pathname) ?? [];
      if (fullName === undefined) return undefined;
      const request = body as { operation?: string; objects?: { oid: string; size: number }[] };
      if (accept !== JSON_TYPE || request.operation !== 'download' || !request.objects?.length) {
        return refused(422, 'this is no request of the batch API to download');
      }
      const repository = findRepository(state, fullName);
      const password = basicToken(authorization);
      const token = password === undefined ? undefined : state.tokens.get(password);
      if (password !== undefined && !token) return refused(401, 'Credentials needed');
      if (!repository || judgeAccess(repository, token, 'contents', 'read') !== 'granted') {
        return refused(token ? 404 : 401, token ? 'Not Found' : 'Credentials needed');
      }
      const answers = request.objects.map(({ oid, size }) => {
        const bytes = objects.get(`${repository.fullName} ${oid}`);
        if (!bytes) return { oid, size, error: { code: 404, message: 'Object does not exist on the server' } };
        const download = { href: `${storage()}${blobs.addressOf(bytes)}`, expires_in: 900 };
        return { oid, size, authenticated: true, actions: { download } };
      });
      return { status: 200, body: { transfer: 'basic', objects: answers } };
    },
  };
}

/** The text of a pointer, as git stores it. */
export function pointerTo(sha256: string, bytes: number): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${bytes}\n`;
}

function refused(status: number, message: string) {
  return { status, body: { message, documentation_url: 'https://docs.github.com/repositories' } };
}
