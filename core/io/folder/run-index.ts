import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Indexed, indexRunFile, listIndexed, type RunFile } from '../../tracking/run-files.ts';
import type { SummaryListing } from '../../tracking/run-summary.ts';
import { VERSION } from '../../version.ts';
import { writeFileAtomic } from '../files.ts';

/** Changes with `RunSummary`, and with what makes a file a run. */
const INDEX_VERSION = 1;

/** A file of a store; `stamp` changes whenever its content does. */
interface StampedFile {
  readonly path: string;
  readonly stamp: string;
}

interface Entry {
  /** Null for what was not to be read, and is tried again. */
  readonly stamp: string | null;
  readonly indexed: Indexed;
}

/**
 * The runs of a store in short, out of an index where that is still true, else out of the files, which then brings the
 * index up to date. The index is a cache: absent, damaged or of another version it is made anew, and whoever replaces it
 * last is right, since it is held against the files' stamps each time. Where it cannot be written it is done without.
 *
 * @param options.index path of the index.
 * @param options.state names the whole state of the store where that has a name (a commit): then nothing is even listed.
 */
export async function indexedRuns(options: {
  readonly index: string;
  readonly state?: string;
  readonly files: () => Promise<readonly StampedFile[]>;
  readonly read: (paths: readonly string[]) => Promise<readonly RunFile[]>;
}): Promise<SummaryListing> {
  const { index, state } = options;
  const kept = await readIndex(index);
  if (kept && state !== undefined && kept.state === state) return listing(kept.entries);
  const files = await options.files();
  const changed = files.filter(({ path, stamp }) => kept?.entries.get(path)?.stamp !== stamp);
  const fresh = new Map<string, RunFile>();
  if (changed.length > 0)
    for (const file of await options.read(changed.map(({ path }) => path))) fresh.set(file.path, file);
  const entries = new Map<string, Entry>();
  for (const { path, stamp } of files) {
    const file = fresh.get(path);
    const entry = file
      ? { stamp: 'text' in file ? stamp : null, indexed: indexRunFile(file) }
      : kept?.entries.get(path);
    if (entry) entries.set(path, entry);
  }
  const isCurrent =
    kept?.entries.size === entries.size &&
    kept.state === (state ?? null) &&
    changed.every(({ path }) => entries.get(path)?.stamp === null);
  if (!isCurrent && entries.size > 0) await writeFileAtomic(index, format(entries, state ?? null)).catch(() => {});
  return listing(entries);
}

function listing(entries: ReadonlyMap<string, Entry>): SummaryListing {
  return listIndexed(Array.from(entries.values(), ({ indexed }) => indexed));
}

/** The header's line says what the index is of, and the digest of the rest. */
function format(entries: ReadonlyMap<string, Entry>, state: string | null): string {
  const body = JSON.stringify(
    Array.from(entries, ([path, { stamp, indexed }]) => [
      path,
      stamp,
      'summary' in indexed ? indexed.summary : indexed.reason,
    ]),
  );
  return `${JSON.stringify({ ...HEADER, state, sha256: digest(body) })}\n${body}\n`;
}

const HEADER = { index: INDEX_VERSION, version: VERSION };

async function readIndex(
  path: string,
): Promise<{ readonly state: string | null; readonly entries: Map<string, Entry> } | undefined> {
  try {
    const bytes = await readFile(path);
    const end = bytes.indexOf(10);
    const { state, sha256, ...header } = JSON.parse(bytes.toString('utf8', 0, end));
    const body = bytes.subarray(end + 1, -1);
    if (JSON.stringify(header) !== JSON.stringify(HEADER) || sha256 !== digest(body)) return undefined;
    const entries = new Map<string, Entry>();
    for (const [path, stamp, found] of JSON.parse(body.toString('utf8'))) {
      const indexed = typeof found === 'string' ? { path, reason: found } : { path, summary: found };
      entries.set(path, { stamp, indexed });
    }
    return { state, entries };
  } catch {
    return undefined;
  }
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
