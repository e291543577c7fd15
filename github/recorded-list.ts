import { sha256Hex } from '../core/random/sha256.ts';
import { runPath } from '../core/tracking/run-id.ts';

/**
 * The file of an artifact that says which of its runs were recorded: in the format of `sha256sum`. An artifact without it is
 * one of a change, or of a job that may not record.
 */
export const RECORDED_LIST = 'recorded.txt';

/** @param files what lies in the store, by the runs' ids. */
export function recordedList(files: ReadonlyMap<string, Uint8Array>): string {
  return Array.from(files, ([id, bytes]) => `${sha256Hex(bytes)}  ${runPath(id)}\n`)
    .sort()
    .join('');
}

/** Digests by path; undefined when it is no such list. */
export function readRecordedList(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, -1);
  const entries = lines.map((line) => /^([0-9a-f]{64}) {2}(runs\/[\w./-]+\.json)$/.exec(line));
  if (entries.some((entry) => entry === null)) return undefined;
  return new Map(entries.map((entry) => [entry![2]!, entry![1]!]));
}
