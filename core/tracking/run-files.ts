import { StoreError } from '../errors/app-error.ts';
import type { Run } from './run.ts';
import { formatRun, parseRun } from './run-codec.ts';
import { isRunId, runPath } from './run-id.ts';
import type { RunFilter, RunListing } from './run-store.ts';
import { type RunSummary, type SummaryListing, summaryOf } from './run-summary.ts';

/** A file below `runs/` of a store, by its path there; `reason` instead of `text` when it cannot be a run. */
export type RunFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly reason: string };

/**
 * The files that runs are kept in: path to text.
 *
 * @throws StoreError when two of the runs bear one id but differ.
 */
export function formatRunFiles(runs: readonly Run[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const run of runs) {
    const path = runPath(run.id);
    const text = formatRun(run);
    if ((files.get(path) ?? text) !== text) throw idTaken(path);
    files.set(path, text);
  }
  return files;
}

/** Whether a file that is there has another content than the one to be written. The beginning of it is what a crash left. */
export function holdsOther(kept: string, text: string): boolean {
  return !text.startsWith(kept);
}

/** The error for a run whose id another content has: a run, once put, is never rewritten. */
export function idTaken(path: string): StoreError {
  return new StoreError({
    file: path,
    message: 'the run id is taken by another content; a run, once recorded, is never rewritten',
    next: 'record the run under a new id',
  });
}

/**
 * The run in the file at `path`.
 *
 * @throws StoreError when it is corrupt, of a newer schema, or lies where another run belongs.
 */
export function readRunFile(path: string, text: string): Run {
  const run = parseRun(text, path);
  const place = runPath(run.id);
  if (place !== path) throw new StoreError({ file: path, message: 'holds a run that belongs elsewhere', found: place });
  return run;
}

/** What the files of a store amount to: the runs that `filter` asks for, newest first, and what was skipped. */
export function listRunFiles(files: Iterable<RunFile>, filter: RunFilter = {}): RunListing {
  const runs: Run[] = [];
  const skipped: { path: string; reason: string }[] = [];
  for (const file of files) {
    const run = runIn(file);
    if ('reason' in run) skipped.push({ path: file.path, reason: run.reason });
    else if (matches(run, filter)) runs.push(run);
  }
  runs.sort((a, b) => newestFirst(a.createdAt, a.id, b.createdAt, b.id));
  return { runs, skipped: byPath(skipped) };
}

/** Where the runs of these ids would be; names that no run can bear have no place. */
export function runPaths(ids: Iterable<string>): string[] {
  return [...ids].filter(isRunId).map(runPath);
}

/** What an index keeps of a file: the summary of its run, or why it is none. */
export type Indexed = { readonly path: string } & ({ readonly summary: RunSummary } | { readonly reason: string });

export function indexRunFile(file: RunFile): Indexed {
  const run = runIn(file);
  return 'reason' in run ? { path: file.path, reason: run.reason } : { path: file.path, summary: summaryOf(run) };
}

/** `listRunFiles` of files that were indexed before. */
export function listIndexed(files: Iterable<Indexed>): SummaryListing {
  const summaries: RunSummary[] = [];
  const skipped: { path: string; reason: string }[] = [];
  for (const file of files) {
    if ('summary' in file) summaries.push(file.summary);
    else skipped.push({ path: file.path, reason: file.reason });
  }
  summaries.sort((a, b) => newestFirst(a.created, a.id, b.created, b.id));
  return { summaries, skipped: byPath(skipped) };
}

function runIn(file: RunFile): Run | { readonly reason: string } {
  if ('reason' in file) return file;
  try {
    return readRunFile(file.path, file.text);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { reason: describe(error) };
  }
}

function matches(run: Run, filter: RunFilter): boolean {
  return (
    (filter.ids === undefined || filter.ids.has(run.id)) &&
    (filter.dataset === undefined || run.dataset === filter.dataset) &&
    (filter.model === undefined || run.model === filter.model) &&
    (filter.shas === undefined || (run.git.sha !== null && filter.shas.has(run.git.sha)))
  );
}

function newestFirst(created: string, id: string, otherCreated: string, otherId: string): number {
  if (created !== otherCreated) {
    // Fractions of a second may have any number of digits.
    const later = Date.parse(otherCreated) - Date.parse(created);
    if (later !== 0) return later;
  }
  return id < otherId ? 1 : -1;
}

function byPath<T extends { readonly path: string }>(files: T[]): T[] {
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function describe(error: StoreError): string {
  const { place, message, found } = error.problems[0]!;
  return [place, message, found]
    .filter((part) => part !== undefined)
    .join(': ')
    .slice(0, 300);
}
