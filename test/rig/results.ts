import { createHash } from 'node:crypto';
import type { Blobs } from './blobs.ts';
import type { Artifact, State } from './state.ts';

/** The service that `@actions/artifact` talks to during a job. */

const PREFIX = '/twirp/github.actions.results.api.v1.ArtifactService/';

export interface Results {
  /** The token of one job; the client takes the names of run and job from it. */
  createRuntimeToken(runId: number, attempt: number): string;
  /** The answer to a call; undefined when it is none of those the rig knows. */
  serve(
    pathname: string,
    authorization: string | undefined,
    body: unknown,
  ): { readonly status: number; readonly body: object } | undefined;
}

interface Upload {
  readonly blob: string;
  readonly runId: number;
  readonly expiresAt: string | undefined;
}

export function createResults(state: State, blobs: Blobs, origin: () => string): Results {
  const jobs = new Map<string, { readonly runId: number; readonly attempt: number }>();
  /** By run, attempt and name: an artifact of one attempt is made once. */
  const uploads = new Map<string, Upload>();

  const methods: Readonly<Record<string, (request: Record<string, unknown>) => { status: number; body: object }>> = {
    CreateArtifact(request) {
      const key = uploadKey(request);
      if (uploads.has(key)) return twirpError(409, 'already_exists', `an artifact with this name already exists`);
      const { id, address } = blobs.create();
      const expiresAt = typeof request.expires_at === 'string' ? request.expires_at : undefined;
      uploads.set(key, { blob: id, runId: runOf(request), expiresAt });
      return { status: 200, body: { ok: true, signed_upload_url: `${origin()}${address}` } };
    },
    FinalizeArtifact(request) {
      const upload = uploads.get(uploadKey(request));
      const bytes = upload && blobs.read(upload.blob);
      if (!upload || !bytes) return twirpError(404, 'not_found', 'no such upload');
      const digest = digestOf(bytes);
      const { size, hash } = request;
      if (Number(size) !== bytes.length || (hash !== undefined && hash !== digest)) {
        return twirpError(400, 'invalid_argument', 'size or hash differ from what was uploaded');
      }
      const { runId, expiresAt } = upload;
      const artifact = addArtifact(state, { runId, name: String(request.name), bytes, digest, expiresAt });
      return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
    },
    ListArtifacts(request) {
      const artifacts = state.artifacts
        .filter(({ runId, name }) => runId === runOf(request) && (request.name_filter ?? name) === name)
        .map((artifact) => ({
          workflow_run_backend_id: request.workflow_run_backend_id,
          workflow_job_run_backend_id: request.workflow_job_run_backend_id,
          database_id: String(artifact.id),
          name: artifact.name,
          size: String(artifact.bytes.length),
          created_at: artifact.createdAt,
          digest: artifact.digest,
        }));
      return { status: 200, body: { artifacts } };
    },
    GetSignedArtifactURL(request) {
      const found = state.artifacts.find(({ runId, name }) => runId === runOf(request) && name === request.name);
      if (!found) return twirpError(404, 'not_found', 'no such artifact');
      return { status: 200, body: { signed_url: `${origin()}${blobs.addressOf(found.bytes)}` } };
    },
  };

  return {
    createRuntimeToken(runId, attempt) {
      const claims = { scp: `Actions.Results:${runId}-${attempt}:job-${state.nextId()}`, iss: 'rig' };
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const token = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.${part({})}`;
      jobs.set(`Bearer ${token}`, { runId, attempt });
      return token;
    },
    serve(pathname, authorization, body) {
      const method = pathname.startsWith(PREFIX) ? methods[pathname.slice(PREFIX.length)] : undefined;
      if (!method || typeof body !== 'object' || body === null) return undefined;
      const request = body as Record<string, unknown>;
      const job = jobs.get(authorization ?? '');
      if (!job || request.workflow_run_backend_id !== `${job.runId}-${job.attempt}`) {
        return twirpError(401, 'unauthenticated', 'the token is of another run');
      }
      return method(request);
    },
  };
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** @param artifact.expiresAt by default when the repository's runs go. */
export function addArtifact(
  state: State,
  {
    expiresAt,
    ...artifact
  }: Pick<Artifact, 'runId' | 'name' | 'bytes' | 'digest'> & { readonly expiresAt?: string | undefined },
): Artifact {
  const now = state.now();
  const added = {
    ...artifact,
    id: state.nextId(),
    createdAt: now.toISOString(),
    expiresAt: expiresAt ?? new Date(now.getTime() + state.retentionDays * 86_400_000).toISOString(),
    expired: false,
  };
  state.artifacts.push(added);
  return added;
}

function uploadKey(request: Record<string, unknown>): string {
  return `${request.workflow_run_backend_id} ${request.name}`;
}

function runOf(request: Record<string, unknown>): number {
  return Number.parseInt(String(request.workflow_run_backend_id), 10);
}

function twirpError(status: number, code: string, msg: string) {
  return { status, body: { code, msg } };
}
