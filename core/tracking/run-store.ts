import type { CacheFile } from '../ports/cache-file.ts';
import type { RecordFiles } from '../ports/record-files.ts';
import type { SkippedFile } from '../records/skipped-files.ts';
import { addRecords, listRecords, readRecord, readRecords } from '../records/stored-records.ts';
import { newestFirst } from './newest-first.ts';
import type { Run } from './run.ts';
import { runCodec } from './run-codec.ts';
import { isRunId, runPath } from './run-id.ts';
import { summariesOf } from './run-index.ts';
import type { SummaryListing } from './run-summary.ts';

/** What a listing found: the runs that could be read, and the files that could not, with why. */
export interface RunListing {
  /** Newest first (by `createdAt`, then id). */
  readonly runs: readonly Run[];
  /** Files that are corrupt, foreign or of a newer schema: skipped, never fatal, always reported. */
  readonly skipped: readonly SkippedFile[];
}

interface RunFilter {
  readonly dataset?: string;
  readonly model?: string;
  /** Runs of these commits only. */
  readonly shas?: ReadonlySet<string>;
  /** Only these runs; other files are then not looked at. */
  readonly ids?: ReadonlySet<string>;
}

/** Where runs are kept. Append-only: a run, once put, is never rewritten. */
export interface RunStore {
  /** What the store is, for messages: `folder .mlops`, `branch runs of origin`. */
  readonly description: string;
  /**
   * Adds runs, all or none. Putting a run again that is there with the same content does nothing.
   *
   * @throws StoreError when an id is taken by another content, or the store cannot be written.
   */
  put(runs: readonly Run[]): Promise<void>;
  get(id: string): Promise<Run | undefined>;
  list(filter?: RunFilter): Promise<RunListing>;
  /** All runs as `list` finds them, but each in short; quick also where there are ten thousand. */
  summaries(): Promise<SummaryListing>;
  /** The bytes of runs' files as they lie in the store, by id: what digests are made of, whichever version wrote them. */
  files(ids: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** @param index keeps the summaries, so that a file is read again only when it changed. */
export function createRunStore(files: RecordFiles, index?: CacheFile): RunStore {
  return {
    description: files.description,
    put: (runs) => addRecords(files, runCodec, runs),
    get: async (id) => (isRunId(id) ? readRecord(files, runCodec, runPath(id)) : undefined),
    async list(filter = {}) {
      const { records, skipped } = filter.ids
        ? await readRecords(files, runCodec, pathsOf(filter.ids))
        : await listRecords(files, runCodec);
      const runs = records.filter((run) => matches(run, filter));
      return { runs: runs.sort((a, b) => newestFirst(a.createdAt, a.id, b.createdAt, b.id)), skipped };
    },
    summaries: () => summariesOf(files, index),
    async files(ids) {
      const valid = [...ids].filter(isRunId);
      const found = await files.read(valid.map(runPath), runCodec.maxBytes);
      return new Map(
        valid.flatMap((id) => {
          const content = found.get(runPath(id));
          return content && 'bytes' in content ? [[id, content.bytes] as const] : [];
        }),
      );
    },
  };
}

/** Where the runs of these ids would be; invalid ids are left out. */
function pathsOf(ids: Iterable<string>): string[] {
  return [...ids].filter(isRunId).map(runPath);
}

function matches(run: Run, filter: RunFilter): boolean {
  return (
    (filter.ids === undefined || filter.ids.has(run.id)) &&
    (filter.dataset === undefined || run.dataset === filter.dataset) &&
    (filter.model === undefined || run.model === filter.model) &&
    (filter.shas === undefined || (run.git.sha !== null && filter.shas.has(run.git.sha)))
  );
}
