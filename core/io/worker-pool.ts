import { Worker } from 'node:worker_threads';
import { inlineWorkers } from '../models/inline-workers.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';

/** A pool that holds threads: to be closed when the work is done. */
export interface ClosableWorkerPool extends WorkerPool {
  close(): Promise<void>;
}

/** Kernels keep their memory outside the heap: a thread needs little room for young objects, and each would take 10 MB more. */
const YOUNG_MEGABYTES = 2;

type Reply = { readonly result: unknown } | { readonly error: string };

/**
 * Threads for computing. They start with the first map of two tasks or more, do not keep the process alive, and end when
 * there was nothing to do for `idleMilliseconds`; the next map starts others. The thread's code is passed as text, so
 * that it works unbuilt, built and in one bundled file alike.
 */
export function createWorkerPool(threads: number, { idleMilliseconds = 30_000 } = {}): ClosableWorkerPool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let mapsUnderWay = 0;
  let release: NodeJS.Timeout | undefined;

  const start = (): Worker => {
    const worker = new Worker(`(${serve})()`, {
      eval: true,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    worker.unref();
    all.add(worker);
    const forget = () => {
      all.delete(worker);
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    };
    // A thread that reports an error is about to end: nobody may be given it in between.
    worker.once('error', forget).once('exit', forget);
    return worker;
  };
  const endIdle = () => {
    for (const worker of idle.splice(0)) void worker.terminate();
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
    async map(body, shared, tasks, options = {}) {
      if (threads < 2 || tasks.length < 2) return inlineWorkers.map(body, shared, tasks, options);
      const results = new Array<unknown>(tasks.length);
      const source = sourceOf(body, options.parts);
      let next = 0;
      const failures: unknown[] = [];
      const drain = async () => {
        let worker: Worker | undefined;
        try {
          worker = idle.pop() ?? start();
          while (next < tasks.length) {
            const index = next++;
            results[index] = await run(worker, source, shared, tasks[index]);
          }
        } catch (reason) {
          next = tasks.length;
          if (failures.push(reason) === 1) options.onFailure?.();
        } finally {
          if (worker && all.has(worker)) idle.push(worker);
        }
      };
      clearTimeout(release);
      mapsUnderWay++;
      // Waits for every thread, so that none is still busy with this map when the next one asks for it.
      await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, drain));
      if (--mapsUnderWay === 0) release = setTimeout(endIdle, idleMilliseconds).unref();
      if (failures.length > 0) throw failures[0]; // later ones may have failed because they were told to stop
      return results as never;
    },
    async close() {
      clearTimeout(release);
      idle.length = 0;
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

/** A function of two arguments as text, with its parts inside as the third. */
function sourceOf(body: { toString(): string }, parts: Readonly<Record<string, { toString(): string }>> = {}): string {
  const members = Object.entries(parts).map(([name, part]) => `${JSON.stringify(name)}: (${part})`);
  return `(shared, task) => (${body})(shared, task, { ${members.join(', ')} })`;
}

/** The thread's program: closes over nothing. */
function serve(): void {
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  type Body = (shared: unknown, task: unknown) => unknown;
  // A function that is made anew starts unoptimised.
  const bodies = new Map<string, Body>();
  parentPort?.on('message', ({ source, shared, task }: { source: string; shared: unknown; task: unknown }) => {
    try {
      const body = bodies.get(source) ?? (new Function(`return (${source})`)() as Body);
      bodies.set(source, body);
      parentPort.postMessage({ result: body(shared, task) });
    } catch (error) {
      parentPort.postMessage({ error: error instanceof Error ? error.message : String(error) });
    }
  });
}
