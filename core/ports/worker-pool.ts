/** Runs a module-free function on worker threads; the same results as one thread, whatever the count. */
export interface WorkerPool {
  /** Threads that may run at once; 1 means that nothing is gained by splitting the work. */
  readonly threads: number;
  /**
   * Calls `body(shared, task)` for every task, spread over the threads, and gives the results in the order of `tasks`.
   * `body` is sent as source text: it closes over nothing and reaches Node only through `process.getBuiltinModule`.
   * No more tasks than threads: all of them run at the same time, and may wait for each other in shared memory.
   * Rejects with the first failure, when every thread has stopped.
   */
  map<Shared, Job, Result, Parts extends FunctionParts = FunctionParts>(
    body: (shared: Shared, task: Job, parts: Parts) => Result,
    shared: Shared,
    tasks: readonly Job[],
    options?: MapOptions<Parts>,
  ): Promise<Result[]>;
}

/** Functions by name, each of which closes over nothing. */
export type FunctionParts = Readonly<Record<string, (...args: never[]) => unknown>>;

interface MapOptions<Parts extends FunctionParts> {
  /** What `body` is made of beside itself: sent as text too, and given to it, so that it need not be one long function. */
  readonly parts?: Parts;
  /**
   * Called once, as soon as a task has failed or its thread has died and before `map` rejects: the moment to tell tasks
   * that wait for each other in shared memory to stop. Must not throw.
   */
  readonly onFailure?: () => void;
}
