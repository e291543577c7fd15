import { createHash } from 'node:crypto';
import type { Client, RepositoryName } from './client.ts';
import { download } from './download.ts';
import { statusOf } from './github-error.ts';
import { attemptOf, pageOf } from './job-key.ts';
import { readZip, ZipError } from './zip-reader.ts';

const MAX_BYTES = 200_000_000;
const MAX_FILES = 10_000;

/** An artifact of ours as GitHub lists it. */
export interface ListedArtifact {
  readonly id: number;
  readonly name: string;
  /** The attempt of the workflow run that made it, as its name says. */
  readonly attempt: number;
  readonly expired: boolean;
  readonly digest: string | null;
  /** The artifact that is the HTML report of the same job and attempt; null where it uploaded none. */
  readonly pageId: number | null;
}

/** The files of an artifact by path, or why there are none. */
type OpenedArtifact =
  | { readonly kind: 'found'; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: 'gone' }
  /** It exists but is not valid. */
  | { readonly kind: 'damaged'; readonly why: string };

interface RunArtifacts {
  /**
   * Our artifacts in a workflow run, of all its jobs and attempts.
   *
   * @param attemptIn the attempt that a name tells, undefined of others' artifacts; default: of those that jobs record in.
   * @throws RequestError when this job may not list them (401, 403) or GitHub cannot be reached.
   */
  list(workflowRunId: number, attemptIn?: (name: string) => number | undefined): Promise<readonly ListedArtifact[]>;
  /** Downloads an artifact. @throws RequestError as `list` does. */
  open(artifact: ListedArtifact): Promise<OpenedArtifact>;
}

/**
 * Downloads artifacts of a repository's workflow runs and checks their digests.
 *
 * @param limits.bytes largest size of an artifact, and of its files together after unzipping.
 */
export function createRunArtifacts(
  octokit: Client,
  repository: RepositoryName,
  limits: { readonly bytes: number } = { bytes: MAX_BYTES },
): RunArtifacts {
  return {
    async list(runId, attemptIn = attemptOf) {
      const all = await octokit.paginate(octokit.rest.actions.listWorkflowRunArtifacts, {
        ...repository,
        run_id: runId,
        per_page: 100,
      });
      const pages = new Map(all.filter((one) => !one.expired).map(({ id, name }) => [name, id]));
      return all.flatMap(({ id, name, expired, digest, workflow_run: of }): ListedArtifact[] => {
        const attempt = attemptIn(name);
        return attempt === undefined || of?.id !== runId
          ? []
          : [{ id, name, attempt, expired, digest: digest ?? null, pageId: pages.get(pageOf(name)) ?? null }];
      });
    },
    async open({ id, name, expired, digest }) {
      const damaged = (why: string): OpenedArtifact => ({ kind: 'damaged', why: `artifact ${name} ${why}` });
      if (expired) return { kind: 'gone' };
      if (digest === null) return damaged('has no digest');
      try {
        const ask = (request: object) =>
          octokit.rest.actions.downloadArtifact({ ...repository, artifact_id: id, archive_format: 'zip', request });
        const bytes = await download(octokit, `artifact ${id}`, ask, limits.bytes);
        if (!bytes) return damaged(`is larger than ${limits.bytes} bytes`);
        if (digest !== `sha256:${createHash('sha256').update(bytes).digest('hex')}`)
          return damaged('is damaged: its digest does not match its content');
        return { kind: 'found', files: readZip(bytes, { files: MAX_FILES, bytes: limits.bytes }) };
      } catch (error) {
        if (error instanceof ZipError) return damaged(`cannot be read: ${error.message}`);
        if (statusOf(error) === 410 || statusOf(error) === 404) return { kind: 'gone' };
        throw error;
      }
    },
  };
}
