import { sha256Hex } from '../core/random/sha256.ts';
import type { Run } from '../core/tracking/run.ts';
import { formatRun } from '../core/tracking/run-codec.ts';
import { runPath } from '../core/tracking/run-id.ts';

const utf8 = new TextEncoder();

/**
 * The runs of one workflow run, as `sha256sum` lists files. Its own digest is what GitHub goes on telling of an artifact
 * whose content has expired; and the text can be made again from the branch of runs.
 */
export function digestRecordOf(runs: readonly Run[]): string {
  return runs
    .map((run) => `${sha256Hex(utf8.encode(formatRun(run)))}  ${runPath(run.id)}\n`)
    .sort()
    .join('');
}

/** The artifact that has the seal as its only, unpacked file. */
export function digestRecordName(attempt: number): string {
  return `mlops-${attempt}-runs.txt`;
}

/** The digest that the artifact must have if these are all the runs, and no others, that the workflow run recorded. */
export function digestRecordSha256(runs: readonly Run[]): string {
  return `sha256:${sha256Hex(utf8.encode(digestRecordOf(runs)))}`;
}
