import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JobContext } from './context.ts';

export interface Upload {
  readonly name: string;
  /** SHA-256 of what was uploaded; null: there is no artifact. */
  readonly digest: string | null;
  /** Why there is no artifact; null: there is. */
  readonly fault: string | null;
  /** Another step of this job has uploaded one of this name. */
  readonly isTaken: boolean;
}

/** Uploads a folder as one artifact. */
export async function uploadFolder(
  { hasArtifacts, serverUrl }: JobContext,
  name: string,
  root: string,
): Promise<Upload> {
  if (!hasArtifacts) {
    const fault = `${new URL(serverUrl).hostname} has no artifact service, like every GitHub Enterprise Server`;
    return { name, digest: null, fault, isTaken: false };
  }
  try {
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const { digest = null } = await (await artifactClient()).uploadArtifact(name, files, root);
    return { name, digest, fault: null, isTaken: false };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { name, digest: null, fault: `the artifact could not be uploaded: ${why}`, isTaken: /\b409\b/.test(why) };
  }
}

/** Uploads one file, not as an archive, so that a browser opens it with one click. It is called as the file is. @returns its address. */
export async function uploadPage({ runUrl }: JobContext, path: string): Promise<string> {
  const client = await artifactClient();
  const { id } = await client.uploadArtifact('', [path], dirname(path), { skipArchive: true });
  if (id === undefined) throw new Error('the artifact has no id');
  return `${runUrl}/artifacts/${id}`;
}

/** The client is a megabyte of code: it is loaded when there is something to upload. */
async function artifactClient() {
  const { DefaultArtifactClient } = await import(/* webpackMode: "eager" */ '@actions/artifact');
  return new DefaultArtifactClient();
}
