import type { WorkerPool } from '../ports/worker-pool.ts';

/** A pool of one thread: the caller's own. */
export const inlineWorkers: WorkerPool = {
  threads: 1,
  map: async (body, shared, tasks, options = {}) => {
    try {
      return tasks.map((task) => body(shared, task, options.parts as never));
    } catch (error) {
      options.onFailure?.();
      throw error;
    }
  },
};
