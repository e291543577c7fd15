import { sha256Hex } from '../core/random/sha256.ts';
import { runPath } from '../core/tracking/run-id.ts';

const utf8 = new TextEncoder();

/**
 * The digest record of a workflow run: its run files in the format of `sha256sum`. GitHub keeps the digest of an artifact even
 * after its content has expired, and the record can be rebuilt from the run branch, so both can be compared later.
 *
 * @param files what lies in the store, by the runs' ids.
 */
export function digestRecordOf(files: ReadonlyMap<string, Uint8Array>): string {
  return Array.from(files, ([id, bytes]) => `${sha256Hex(bytes)}  ${runPath(id)}\n`)
    .sort()
    .join('');
}

/** The name of the artifact that contains only the digest record, not zipped. */
export function digestRecordName(attempt: number): string {
  return `mlops-${attempt}-runs.txt`;
}

/** The digest that the artifact must have if these are exactly the runs that the workflow run recorded. */
export function digestRecordSha256(files: ReadonlyMap<string, Uint8Array>): string {
  return `sha256:${sha256Hex(utf8.encode(digestRecordOf(files)))}`;
}
