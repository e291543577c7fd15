import { parentPort } from 'node:worker_threads';
import { type HardChunk, judgeChunk, probeOf, trainChunk } from './hard/hard-chunk.ts';
import { hardGroups } from './hard/hard-plan.ts';
import type { Calibration } from './hard/hard-replicate.ts';
import { groups } from './plan.ts';
import { type Cache, isCacheFresh, replicateOf } from './replicate.ts';

/** Work for a thread: a replicate of a group; or whether the group's cached runs are those that would be trained today. */
export interface Job {
  readonly task: 'replicate' | 'probe';
  readonly group: number;
  readonly replicate: number;
  readonly cache: Cache | null;
}

/** The same for replicates of a hard group: to train them, to judge them, or to train the first run alone. */
export type HardJob = { readonly group: number; readonly chunk: HardChunk } & (
  | { readonly task: 'hard-probe' | 'hard-train' }
  | { readonly task: 'hard-judge'; readonly calibration: Calibration }
);

parentPort?.on('message', async (job: Job | HardJob) => {
  try {
    parentPort!.postMessage({ result: await work(job) });
  } catch (error) {
    parentPort!.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

function work(job: Job | HardJob): Promise<unknown> {
  switch (job.task) {
    case 'probe':
      return isCacheFresh(groups[job.group]!, job.cache!);
    case 'replicate':
      return replicateOf(groups[job.group]!, job.replicate, job.cache);
    case 'hard-probe':
      return probeOf(hardGroups[job.group]!, job.chunk.from);
    case 'hard-train':
      return trainChunk(hardGroups[job.group]!, job.chunk);
    case 'hard-judge':
      return judgeChunk(hardGroups[job.group]!, job.chunk, job.calibration);
  }
}
