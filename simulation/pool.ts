import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { HardJob, Job } from './worker.ts';

/** Works jobs off on every processor, and gives the results in the order of the jobs. */
export async function workOff<Result>(
  jobs: readonly (Job | HardJob)[],
  progress: (done: number) => void,
): Promise<Result[]> {
  const results = new Array<Result>(jobs.length);
  let next = 0;
  let done = 0;
  const drain = async () => {
    if (next >= jobs.length) return;
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    try {
      while (next < jobs.length) {
        const place = next++;
        results[place] = await ask<Result>(worker, jobs[place]!);
        progress(++done);
      }
    } finally {
      next = jobs.length;
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, drain));
  return results;
}

function ask<Result>(worker: Worker, job: Job | HardJob): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onMessage = (reply: { result: Result } | { error: string }) => {
      worker.off('error', reject);
      if ('error' in reply) reject(new Error(reply.error));
      else resolve(reply.result);
    };
    worker.once('message', onMessage).once('error', reject);
    worker.postMessage(job);
  });
}
