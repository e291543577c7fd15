import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Replicate } from './replicate.ts';
import type { Job } from './worker.ts';

/** Works jobs off on every processor, and gives the results in the order of the jobs. */
export async function workOff(jobs: readonly Job[], progress: (done: number) => void): Promise<Replicate[]> {
  const results = new Array<Replicate>(jobs.length);
  let next = 0;
  let done = 0;
  const drain = async () => {
    if (next >= jobs.length) return;
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    try {
      while (next < jobs.length) {
        const place = next++;
        results[place] = await ask(worker, jobs[place]!);
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

function ask(worker: Worker, job: Job): Promise<Replicate> {
  return new Promise((resolve, reject) => {
    const onMessage = (reply: { result: Replicate } | { error: string }) => {
      worker.off('error', reject);
      if ('error' in reply) reject(new Error(reply.error));
      else resolve(reply.result);
    };
    worker.once('message', onMessage).once('error', reject);
    worker.postMessage(job);
  });
}
