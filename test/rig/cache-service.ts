import type { Blobs } from './blobs.ts';
import type { State, WorkflowRun } from './state.ts';

/** The service that `@actions/cache` talks to during a job, in its second version. */

const PREFIX = '/twirp/github.actions.results.api.v1.CacheService/';

interface Entry {
  readonly repository: string;
  /** The ref whose jobs made it. */
  readonly scope: string;
  readonly key: string;
  /** What the client makes of paths and compression. */
  readonly version: string;
  readonly blob: string;
  /** Null until it is finalized. */
  bytes: Uint8Array | null;
}

type Request = Readonly<Record<string, unknown>>;
type Answer = { readonly status: number; readonly body: object };

export interface CacheService {
  /** What the caches hold, of all branches. Who holds a token of a job writes any bytes to the cache of its ref. */
  readonly entries: readonly Entry[];
  serve(pathname: string, runOf: () => WorkflowRun | undefined, body: unknown): Answer | undefined;
}

export function createCacheService(state: State, blobs: Blobs, origin: () => string): CacheService {
  const entries: Entry[] = [];
  const isOf = (run: WorkflowRun, request: Request) => (entry: Entry) =>
    entry.repository === run.repository.fullName && entry.key === request.key && entry.version === request.version;

  const methods: Readonly<Record<string, (request: Request, run: WorkflowRun) => Answer>> = {
    // An entry is made once, and stays as it is.
    CreateCacheEntry(request, run) {
      const scope = run.told.ref;
      if (entries.some((entry) => entry.scope === scope && isOf(run, request)(entry))) {
        return twirpError(409, 'already_exists', 'cache entry with the same key, version, and scope already exists');
      }
      const { id, address } = blobs.create();
      const [key, version] = [String(request.key), String(request.version)];
      entries.push({ repository: run.repository.fullName, scope, key, version, blob: id, bytes: null });
      return { status: 200, body: { ok: true, signed_upload_url: `${origin()}${address}` } };
    },
    FinalizeCacheEntryUpload(request, run) {
      const entry = entries.find((one) => one.scope === run.told.ref && isOf(run, request)(one));
      const bytes = entry && blobs.read(entry.blob);
      if (!entry || !bytes) return twirpError(404, 'not_found', 'no such upload');
      if (Number(request.size_bytes) !== bytes.length) return twirpError(400, 'invalid_argument', 'size differs');
      entry.bytes = bytes;
      return { status: 200, body: { ok: true, entry_id: String(state.nextId()) } };
    },
    // A job sees the cache of its own ref, then of the branch that its pull request goes into, then of the default branch.
    GetCacheEntryDownloadURL(request, run) {
      const scopes = [run.told.ref, `refs/heads/${run.told.baseRef}`, `refs/heads/${run.repository.defaultBranch}`];
      const found = scopes.flatMap((scope) =>
        entries.filter((entry) => entry.bytes !== null && entry.scope === scope && isOf(run, request)(entry)),
      )[0];
      if (!found) return { status: 200, body: { ok: false, signed_download_url: '', matched_key: '' } };
      const address = `${origin()}${blobs.addressOf(found.bytes!)}`;
      return { status: 200, body: { ok: true, signed_download_url: address, matched_key: found.key } };
    },
  };

  return {
    entries,
    serve(pathname, runOf, body) {
      const method = pathname.startsWith(PREFIX) ? methods[pathname.slice(PREFIX.length)] : undefined;
      if (!method || typeof body !== 'object' || body === null) return undefined;
      const run = runOf();
      return run ? method(body as Request, run) : twirpError(401, 'unauthenticated', 'the token is of no run');
    },
  };
}

function twirpError(status: number, code: string, msg: string): Answer {
  return { status, body: { code, msg } };
}
