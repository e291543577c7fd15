import { parentPort } from 'node:worker_threads';
import { groups } from './plan.ts';
import { replicateOf } from './replicate.ts';

/** One replicate of a group, to be had in a thread of its own. */
export interface Job {
  readonly group: number;
  readonly replicate: number;
  readonly cache: { readonly runs: string; readonly judgements: string } | null;
}

parentPort?.on('message', async ({ group, replicate, cache }: Job) => {
  try {
    parentPort!.postMessage({ result: await replicateOf(groups[group]!, replicate, cache) });
  } catch (error) {
    parentPort!.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
