import { Worker } from 'node:worker_threads';
import { inlineWorkers } from '../models/inline-workers.ts';
import type { WorkerPool } from '../models/model.ts';

/** A pool that holds threads: to be closed when the work is done. */
export interface ClosableWorkerPool extends WorkerPool {
  close(): Promise<void>;
}

type Reply = { readonly result: unknown } | { readonly error: string };

/**
 * Threads for computing. They start with the first map of two tasks or more, and do not keep the process alive. The
 * thread's code is passed as text, so that it works unbuilt, built and in one bundled file alike.
 */
export function createWorkerPool(threads: number): ClosableWorkerPool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();

  const start = (): Worker => {
    const worker = new Worker(`(${serve})()`, { eval: true });
    worker.unref();
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    });
    return worker;
  };
  const run = (worker: Worker, source: string, shared: unknown, task: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        worker.unref();
        settle();
      };
      const onMessage = (reply: Reply) =>
        finish(() => ('error' in reply ? reject(new Error(reply.error)) : resolve(reply.result)));
      const onError = (cause: Error) =>
        finish(() => reject(new Error(`a worker thread failed: ${cause.message}`, { cause })));
      const onExit = () =>
        finish(() => reject(new Error('a worker thread ended in the middle of its work, perhaps for lack of memory')));
      worker.ref();
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      try {
        worker.postMessage({ source, shared, task });
      } catch (error) {
        finish(() => reject(error)); // something in the task cannot be sent to a thread
      }
    });

  return {
    threads,
    async map(body, shared, tasks) {
      if (threads < 2 || tasks.length < 2) return inlineWorkers.map(body, shared, tasks);
      const results = new Array<unknown>(tasks.length);
      const source = body.toString();
      let next = 0;
      const drain = async () => {
        const worker = idle.pop() ?? start();
        try {
          while (next < tasks.length) {
            const index = next++;
            results[index] = await run(worker, source, shared, tasks[index]);
          }
        } catch (error) {
          next = tasks.length;
          throw error;
        } finally {
          if (all.has(worker)) idle.push(worker);
        }
      };
      // Waits for every thread, so that none is still busy with this map when the next one asks for it.
      const ended = await Promise.allSettled(Array.from({ length: Math.min(threads, tasks.length) }, drain));
      const failed = ended.find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
      return results as never;
    },
    async close() {
      idle.length = 0;
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

/** The thread's program: closes over nothing. */
function serve(): void {
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  parentPort?.on('message', ({ source, shared, task }: { source: string; shared: unknown; task: unknown }) => {
    try {
      const body = new Function(`return (${source})`)() as (shared: unknown, task: unknown) => unknown;
      parentPort.postMessage({ result: body(shared, task) });
    } catch (error) {
      parentPort.postMessage({ error: error instanceof Error ? error.message : String(error) });
    }
  });
}
