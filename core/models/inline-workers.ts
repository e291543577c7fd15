import type { WorkerPool } from './model.ts';

/** A pool of one thread: the caller's own. */
export const inlineWorkers: WorkerPool = {
  threads: 1,
  map: async (body, shared, tasks) => tasks.map((task) => body(shared, task)),
};
