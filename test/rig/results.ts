import { createHash } from 'node:crypto';
import type { Blobs } from './blobs.ts';
import type { Artifact, State, WorkflowRun } from './state.ts';

/** The service that `@actions/artifact` talks to during a job. */

const PREFIX = '/twirp/github.actions.results.api.v1.ArtifactService/';

export interface Results {
  /** The token of one job; the client takes the names of run and job from it. */
  createRuntimeToken(runId: number, attempt: number): string;
  /** The run of the job that holds a token. */
  runOf(authorization: string | undefined): WorkflowRun | undefined;
  /** The answer to a call; undefined when it is none of those the rig knows. */
  serve(
    pathname: string,
    authorization: string | undefined,
    body: unknown,
  ): { readonly status: number; readonly body: object } | undefined;
}

type Request = Readonly<Record<string, unknown>>;

interface Upload {
  readonly blob: string;
  readonly expiresAt: string | undefined;
}

export function createResults(state: State, blobs: Blobs, origin: () => string): Results {
  const jobs = new Map<string, { readonly runId: number; readonly attempt: number }>();
  /** By run, attempt and name: an artifact of one attempt is made once. */
  const uploads = new Map<string, Upload>();
  const find = (request: Request) => state.artifacts.find((one) => isSeen(one, request) && one.name === request.name);

  const methods: Readonly<Record<string, (request: Request) => { status: number; body: object }>> = {
    CreateArtifact(request) {
      const key = uploadKey(request);
      if (uploads.has(key) || find(request)) {
        return twirpError(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
      }
      const { id, address } = blobs.create();
      const expiresAt = typeof request.expires_at === 'string' ? request.expires_at : undefined;
      uploads.set(key, { blob: id, expiresAt });
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
      uploads.delete(uploadKey(request));
      const { expiresAt } = upload;
      const artifact = addArtifact(state, { ...jobOf(request), name: String(request.name), bytes, digest, expiresAt });
      return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
    },
    // Any job of the run may: what a job finds is not necessarily what an earlier one uploaded.
    DeleteArtifact(request) {
      const found = find(request);
      if (!found) return twirpError(404, 'not_found', 'no such artifact');
      state.artifacts.splice(state.artifacts.indexOf(found), 1);
      return { status: 200, body: { ok: true, artifact_id: String(found.id) } };
    },
    ListArtifacts(request) {
      const artifacts = state.artifacts
        .filter((one) => isSeen(one, request) && (request.name_filter ?? one.name) === one.name)
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
      const found = find(request);
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
    runOf: (authorization) => state.runs.get(jobs.get(authorization ?? '')?.runId ?? 0),
    serve(pathname, authorization, body) {
      const method = pathname.startsWith(PREFIX) ? methods[pathname.slice(PREFIX.length)] : undefined;
      if (!method || typeof body !== 'object' || body === null) return undefined;
      const request = body as Request;
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
    attempt,
    ...artifact
  }: Pick<Artifact, 'runId' | 'name' | 'bytes' | 'digest'> & {
    readonly expiresAt?: string | undefined;
    readonly attempt?: number;
  },
): Artifact {
  const now = state.now();
  const added = {
    ...artifact,
    attempt: attempt ?? null,
    id: state.nextId(),
    createdAt: now.toISOString(),
    expiresAt: expiresAt ?? new Date(now.getTime() + state.limits.retentionDays * 86_400_000).toISOString(),
    expired: false,
  };
  state.artifacts.push(added);
  return added;
}

function uploadKey(request: Request): string {
  return `${request.workflow_run_backend_id} ${request.name}`;
}

/** `<run>-<attempt>`, as the runtime token names them. */
function jobOf(request: Request): { readonly runId: number; readonly attempt: number } {
  const [runId, attempt] = String(request.workflow_run_backend_id).split('-').map(Number);
  return { runId: runId!, attempt: attempt! };
}

/** A job sees the artifacts of its own attempt. */
function isSeen(artifact: Artifact, request: Request): boolean {
  const { runId, attempt } = jobOf(request);
  return artifact.runId === runId && (artifact.attempt ?? attempt) === attempt;
}

function twirpError(status: number, code: string, msg: string) {
  return { status, body: { code, msg } };
}
