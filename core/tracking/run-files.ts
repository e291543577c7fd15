import { StoreError } from '../errors/app-error.ts';
import type { Run } from './run.ts';
import { formatRun, parseRun } from './run-codec.ts';
import { runPath } from './run-id.ts';
import type { RunFilter, RunListing } from './run-store.ts';

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
    if ('reason' in file) {
      skipped.push(file);
      continue;
    }
    try {
      const run = readRunFile(file.path, file.text);
      if (matches(run, filter)) runs.push(run);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      skipped.push({ path: file.path, reason: describe(error) });
    }
  }
  runs.sort(newestFirst);
  skipped.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { runs, skipped };
}

function matches(run: Run, filter: RunFilter): boolean {
  return (
    (filter.dataset === undefined || run.dataset === filter.dataset) &&
    (filter.model === undefined || run.model === filter.model) &&
    (filter.shas === undefined || (run.git.sha !== null && filter.shas.has(run.git.sha)))
  );
}

function newestFirst(a: Run, b: Run): number {
  return Date.parse(b.created_at) - Date.parse(a.created_at) || (a.id < b.id ? 1 : -1);
}

function describe(error: StoreError): string {
  const { place, message, found } = error.problems[0]!;
  return [place, message, found]
    .filter((part) => part !== undefined)
    .join(': ')
    .slice(0, 300);
}
