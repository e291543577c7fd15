import { createHash } from 'node:crypto';
import type { Client, RepositoryName } from './client.ts';
import { download } from './download.ts';
import { statusOf } from './github-error.ts';
import { readZip, ZipError } from './zip-reader.ts';

const MAX_BYTES = 200_000_000;
const MAX_FILES = 10_000;

/** The artifact of a workflow run, with its files by path. */
type RunArtifact =
  | { readonly kind: 'found'; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: 'expired' }
  | { readonly kind: 'absent' }
  /** It exists but is not valid. */
  | { readonly kind: 'refused'; readonly why: string };

interface RunArtifacts {
  /**
   * The artifact in which one attempt of a workflow run recorded its runs. It is downloaded once.
   *
   * @throws RequestError when this job cannot read it (401, 403) or GitHub cannot be reached.
   */
  open(workflowRunId: number, attempt: number): Promise<RunArtifact>;
  /** GitHub's digest of an artifact, also of an expired one; undefined when there is none, or more than one artifact. */
  digestOf(workflowRunId: number, name: string): Promise<string | undefined>;
}

/** The name of the artifact in which an attempt of a workflow run records its runs. */
export function artifactName(attempt: number): string {
  return `mlops-${attempt}`;
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
  const opened = new Map<string, Promise<RunArtifact>>();
  return {
    open(workflowRunId, attempt) {
      const key = `${workflowRunId} ${attempt}`;
      let artifact = opened.get(key);
      if (!artifact) {
        artifact = open(octokit, repository, workflowRunId, attempt, limits.bytes);
        opened.set(key, artifact);
        artifact.catch(() => opened.delete(key));
      }
      return artifact;
    },
    async digestOf(workflowRunId, name) {
      const found = await listNamed(octokit, repository, workflowRunId, name);
      return found.length === 1 && found[0]!.workflow_run?.id === workflowRunId
        ? (found[0]!.digest ?? undefined)
        : undefined;
    },
  };
}

async function listNamed(octokit: Client, repository: RepositoryName, runId: number, name: string) {
  const { data } = await octokit.rest.actions.listWorkflowRunArtifacts({
    ...repository,
    run_id: runId,
    name,
    per_page: 100,
  });
  return data.artifacts.filter((one) => one.name === name);
}

async function open(
  octokit: Client,
  repository: RepositoryName,
  runId: number,
  attempt: number,
  maxBytes: number,
): Promise<RunArtifact> {
  const name = artifactName(attempt);
  const refused = (why: string): RunArtifact => ({
    kind: 'refused',
    why: `artifact ${name} of workflow run ${runId} ${why}`,
  });
  try {
    const [found, ...others] = await listNamed(octokit, repository, runId, name);
    if (!found) return { kind: 'absent' };
    if (others.length > 0) return refused('exists more than once');
    if (found.expired) return { kind: 'expired' };
    if (found.workflow_run?.id !== runId) return refused('belongs to another workflow run');
    if (!found.digest) return refused('has no digest');
    const { id } = found;
    const ask = (request: object) =>
      octokit.rest.actions.downloadArtifact({ ...repository, artifact_id: id, archive_format: 'zip', request });
    const bytes = await download(octokit, `artifact ${id}`, ask, maxBytes);
    if (!bytes) return refused(`is larger than ${maxBytes} bytes`);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    if (digest !== found.digest) return refused('is damaged: its digest does not match its content');
    return { kind: 'found', files: readZip(bytes, { files: MAX_FILES, bytes: maxBytes }) };
  } catch (error) {
    if (error instanceof ZipError) return refused(`cannot be read: ${error.message}`);
    if (statusOf(error) === 410) return { kind: 'expired' };
    if (statusOf(error) === 404) return { kind: 'absent' };
    throw error;
  }
}
