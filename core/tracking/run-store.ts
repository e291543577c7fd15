import type { Run } from './run.ts';
import type { SummaryListing } from './run-summary.ts';

/** What a listing found: the runs that could be read, and a count of files that could not, with why. */
export interface RunListing {
  /** Newest first (by `created_at`, then id). */
  readonly runs: readonly Run[];
  /** Files that are corrupt, foreign or of a newer schema: skipped, never fatal, always reported. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

export interface RunFilter {
  readonly dataset?: string;
  readonly model?: string;
  /** Runs of these commits only. */
  readonly shas?: ReadonlySet<string>;
  /** Only these runs; other files are then not looked at. */
  readonly ids?: ReadonlySet<string>;
}

/**
 * Where runs are kept. Append-only: a run, once put, is never rewritten. Every implementation passes one contract suite.
 */
export interface RunStore {
  /** What the store is, for messages: `folder .mlops/runs`, `branch runs of origin`. */
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
}
