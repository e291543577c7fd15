import { parentPort } from 'node:worker_threads';
import { groups } from './plan.ts';
import { type Cache, isCacheFresh, replicateOf } from './replicate.ts';

/** Work for a thread: a replicate of a group; or whether the group's cached runs are those that would be trained today. */
export interface Job {
  readonly task: 'replicate' | 'probe';
  readonly group: number;
  readonly replicate: number;
  readonly cache: Cache | null;
}

parentPort?.on('message', async ({ task, group, replicate, cache }: Job) => {
  try {
    const one = groups[group]!;
    const result = task === 'probe' ? await isCacheFresh(one, cache!) : await replicateOf(one, replicate, cache);
    parentPort!.postMessage({ result });
  } catch (error) {
    parentPort!.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
