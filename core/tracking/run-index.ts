import type { CacheFile } from '../ports/cache-file.ts';
import type { RecordFile, RecordFiles } from '../ports/record-files.ts';
import type { SkippedFile } from '../records/skipped-files.ts';
import { byPath, decodeFile } from '../records/stored-records.ts';
import { VERSION } from '../version.ts';
import { newestFirst } from './newest-first.ts';
import { runCodec } from './run-codec.ts';
import { type RunSummary, type SummaryListing, summaryOf } from './run-summary.ts';

/** Changes with `RunSummary`, and with what makes a file a run. */
const INDEX_VERSION = 3;

/** What the index keeps of a file: the summary of its run, or why it is none. */
interface Entry {
  /** Null for what could not be read: it is tried again. */
  readonly stamp: string | null;
  readonly found: RunSummary | string;
}

/**
 * Summaries of the runs of a place: from the index where it still agrees with the stamps of the files, else from the files, which
 * also updates the index. The index is a cache: it is made again if it is absent, damaged or of another version, and the last
 * writer wins, since the stamps are compared each time.
 */
export async function summariesOf(files: RecordFiles, index: CacheFile | undefined): Promise<SummaryListing> {
  const kept = parseIndex(await index?.read());
  const present = await files.list(runCodec.folder);
  const entries = new Map<string, Entry>();
  const changed: RecordFile[] = [];
  for (const file of present) {
    const entry = kept.get(file.path);
    if (entry?.stamp === file.stamp) entries.set(file.path, entry);
    else changed.push(file);
  }
  const contents = await files.read(
    changed.map(({ path }) => path),
    runCodec.maxBytes,
  );
  for (const { path, stamp } of changed) {
    const content = contents.get(path);
    const read = decodeFile(runCodec, path, content);
    entries.set(path, {
      stamp: content && 'bytes' in content ? stamp : null,
      found: 'record' in read ? summaryOf(read.record) : read.reason,
    });
  }
  const isCurrent = kept.size === entries.size && changed.every(({ path }) => entries.get(path)?.stamp === null);
  if (!isCurrent && entries.size > 0) await index?.write(formatIndex(entries));
  return listing(entries);
}

function listing(entries: ReadonlyMap<string, Entry>): SummaryListing {
  const summaries: RunSummary[] = [];
  const skipped: SkippedFile[] = [];
  for (const [path, { found }] of entries) {
    if (typeof found === 'string') skipped.push({ path, reason: found });
    else summaries.push(found);
  }
  summaries.sort((a, b) => newestFirst(a.created, a.id, b.created, b.id));
  return { summaries, skipped: byPath(skipped) };
}

function formatIndex(entries: ReadonlyMap<string, Entry>): string {
  const rows = Array.from(entries, ([path, { stamp, found }]) => [path, stamp, found]);
  return JSON.stringify({ index: INDEX_VERSION, version: VERSION, entries: rows });
}

function parseIndex(text: string | undefined): Map<string, Entry> {
  const { index, version, entries } = text === undefined ? {} : JSON.parse(text);
  if (index !== INDEX_VERSION || version !== VERSION) return new Map();
  return new Map(
    entries.map(([path, stamp, found]: [string, Entry['stamp'], Entry['found']]) => [path, { stamp, found }]),
  );
}
