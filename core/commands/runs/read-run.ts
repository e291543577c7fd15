import { StoreError } from '../../errors/app-error.ts';
import type { Run } from '../../tracking/run.ts';
import { findRun } from '../../tracking/run-reference.ts';
import type { RunStore } from '../../tracking/run-store.ts';

/**
 * The run that a person named (`findRun`).
 *
 * @throws StoreError when none or several are meant, or the record cannot be read.
 */
export async function readRun(
  runs: RunStore,
  name: string,
  options: { readonly place: string; readonly orFile?: boolean },
): Promise<Run> {
  const { summaries } = await runs.summaries();
  const { id } = findRun(summaries, name, { ...options, source: runs.description });
  const run = await runs.get(id);
  if (run) return run;
  throw new StoreError({ place: options.place, message: `run ${id} is gone`, next: 'run the command again' });
}
