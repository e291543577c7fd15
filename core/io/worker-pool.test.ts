import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { inlineWorkers } from '../models/inline-workers.ts';
import { createWorkerPool } from './worker-pool.ts';

const pool = createWorkerPool(2);
afterEach(() => pool.close());

/** Gives what the work gives, and a promise that every thread which it started has ended. */
async function watchThreads<T>(work: () => Promise<T>): Promise<{ result: T; ended: Promise<unknown> }> {
  const ends: Promise<unknown>[] = [];
  const watch = (worker: Worker) => void ends.push(new Promise((done) => worker.once('exit', done)));
  process.on('worker', watch);
  try {
    const result = await work();
    expect(ends).not.toEqual([]);
    return { result, ended: Promise.all(ends) };
  } finally {
    process.off('worker', watch);
  }
}

describe('createWorkerPool', () => {
  it('gives results in the order of the tasks, whichever thread is done first', async () => {
    const slow = (shared: number, task: number) => {
      let sum = 0;
      for (let i = 0; i < (5 - task) * 200_000; i++) sum += i % 3;
      return shared + task + 0 * sum;
    };
    expect(await pool.map(slow, 100, [0, 1, 2, 3, 4])).toEqual([100, 101, 102, 103, 104]);
  });
  it("computes on threads, not on the caller's own", async () => {
    const threadId = () => process.getBuiltinModule('node:worker_threads').threadId;
    const ids = await pool.map(threadId, null, [1, 2, 3]);
    expect(ids).not.toContain(threadId());
  });
  it('runs a single task, or a pool of one, in place', async () => {
    const threadId = () => process.getBuiltinModule('node:worker_threads').threadId;
    expect(await pool.map(threadId, null, [1])).toEqual([threadId()]);
    expect(await createWorkerPool(1).map(threadId, null, [1, 2])).toEqual([threadId(), threadId()]);
  });
  it('passes on what goes wrong inside', async () => {
    const fail = (_: null, task: number) => {
      if (task === 1) throw new RangeError('task 1 is no good');
      return task;
    };
    await expect(pool.map(fail, null, [0, 1])).rejects.toThrow('task 1 is no good');
  });
  it('keeps its threads when something goes wrong inside, and starts no others', async () => {
    const threadOrFail = (fail: boolean, _: number) => {
      if (fail) throw new Error('no good');
      return process.getBuiltinModule('node:worker_threads').threadId;
    };
    const before = new Set(await pool.map(threadOrFail, false, [1, 2, 3, 4]));
    await expect(pool.map(threadOrFail, true, [1, 2])).rejects.toThrow('no good');
    const after = await pool.map(threadOrFail, false, [1, 2]);
    expect(new Set([...before, ...after]).size).toBeLessThanOrEqual(2);
  });
  it('refuses what cannot be sent to a thread, and works again afterwards', async () => {
    const unsendable: unknown = () => 1;
    await expect(pool.map((_: null, task: unknown) => task === 1, null, [unsendable, 1])).rejects.toThrow('clone');
    expect(await pool.map((_: null, task: number) => task, null, [1, 2])).toEqual([1, 2]);
  });
  it('does not wait for a thread that died while it was idle', async () => {
    const threadThatDies = () => {
      setTimeout(() => process.exit(0), 10);
      return process.getBuiltinModule('node:worker_threads').threadId;
    };
    const threadId = () => process.getBuiltinModule('node:worker_threads').threadId;
    const { result: dead, ended } = await watchThreads(() => pool.map(threadThatDies, null, [1, 2]));
    await ended;
    const alive = await pool.map(threadId, null, [1, 2]);
    expect(alive.filter((id) => dead.includes(id))).toEqual([]);
  });
  it('is not brought down by a thread that fails while it is idle', async () => {
    const failLater = () => {
      setTimeout(() => {
        throw new Error('too late to tell anyone');
      }, 10);
    };
    const { ended } = await watchThreads(() => pool.map(failLater, null, [1, 2]));
    await ended;
    expect(await pool.map((_: null, task: number) => task, null, [1, 2])).toEqual([1, 2]);
  });
  it('starts as many threads as there are tasks, so that tasks can wait for each other', async () => {
    const meet = (shared: Int32Array, _: number) => {
      Atomics.add(shared, 0, 1);
      Atomics.notify(shared, 0);
      return Atomics.wait(shared, 0, 1, 50_000) === 'timed-out' ? 'alone' : 'met';
    };
    expect(await pool.map(meet, new Int32Array(new SharedArrayBuffer(4)), [0, 1])).toEqual(['met', 'met']);
  });
  it('says so when a thread ends in the middle of its work, and works again afterwards', async () => {
    const exit = (_: null, task: number) => (task === 1 ? process.exit(1) : task);
    await expect(pool.map(exit, null, [0, 1])).rejects.toThrow('ended in the middle');
    expect(await pool.map((_: null, task: number) => task, null, [1, 2])).toEqual([1, 2]);
  });

  describe('with onFailure', () => {
    // state[0]: how many have come to the barrier; state[1]: told to stop; state[2]: how many threads still wait.
    const waitAtBarrier = (state: Int32Array, howToFail: string) => {
      if (howToFail === 'exit') process.exit(1);
      if (howToFail === 'throw') throw new Error('this one is no good');
      Atomics.add(state, 2, 1);
      Atomics.add(state, 0, 1);
      Atomics.notify(state, 0);
      while (Atomics.load(state, 0) < 2 && Atomics.load(state, 1) === 0) Atomics.wait(state, 0, 1);
      Atomics.sub(state, 2, 1);
      if (Atomics.load(state, 1) === 1) throw new Error('told to stop');
      return 'met';
    };
    /** A barrier for two; `tell` is an onFailure that lets go of whoever waits. */
    function barrier() {
      const state = new Int32Array(new SharedArrayBuffer(12));
      let calls = 0;
      const tell = () => {
        calls++;
        Atomics.store(state, 1, 1);
        Atomics.add(state, 0, 1);
        Atomics.notify(state, 0);
      };
      return { state, tell, calls: () => calls, stillWaiting: () => Atomics.load(state, 2) };
    }

    it.each([
      ['a thread that died', ['exit', 'wait'], 'ended in the middle'],
      ['a thread that died, though it is not the first', ['wait', 'exit'], 'ended in the middle'],
      ['a task that threw', ['wait', 'throw'], 'this one is no good'],
    ])('frees the threads that wait for %s, says what came first, and works again', async (_, tasks, message) => {
      await pool.map((_: null, task: number) => task, null, [1, 2]); // the threads are there
      const { state, tell, calls, stillWaiting } = barrier();
      await expect(pool.map(waitAtBarrier, state, tasks, { onFailure: tell })).rejects.toThrow(message);
      expect(calls()).toBe(1);
      expect(stillWaiting()).toBe(0);
      const again = barrier();
      expect(await pool.map(waitAtBarrier, again.state, ['wait', 'wait'], { onFailure: again.tell })).toEqual([
        'met',
        'met',
      ]);
      expect(again.calls()).toBe(0);
    });
    it.each([
      ['fails in place', createWorkerPool(1)],
      ['is inline', inlineWorkers],
    ])('is called once by a pool that %s', async (_, workers) => {
      let calls = 0;
      const onFailure = () => {
        calls++;
      };
      const fail = (_: null, task: string) => {
        throw new Error(task);
      };
      await expect(workers.map(fail, null, ['first', 'second'], { onFailure })).rejects.toThrow('first');
      expect(calls).toBe(1);
    });
  });

  describe('with nothing to do', () => {
    it('ends its threads after the idle time, and starts others when there is work again', async () => {
      const idleMilliseconds = 300;
      const brief = createWorkerPool(2, { idleMilliseconds });
      const threadId = () => process.getBuiltinModule('node:worker_threads').threadId;
      const { result: before, ended } = await watchThreads(() => brief.map(threadId, null, [1, 2]));
      const start = performance.now();
      await ended;
      expect(performance.now() - start).toBeGreaterThan(idleMilliseconds - 10);
      const after = await brief.map(threadId, null, [1, 2]);
      expect(after.filter((id) => before.includes(id))).toEqual([]);
      await brief.close();
    });
    it('keeps its threads while a map is under way, however long it takes', async () => {
      const brief = createWorkerPool(2, { idleMilliseconds: 50 });
      const sleep = (_: null, milliseconds: number) => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
        return process.getBuiltinModule('node:worker_threads').threadId;
      };
      const before = await brief.map(sleep, null, [1, 1]);
      await brief.map(sleep, null, [300, 1]); // one of them has nothing to do for long
      const after = await brief.map(sleep, null, [1, 1]);
      expect(new Set(after)).toEqual(new Set(before));
      await brief.close();
    });
    it('does not keep the process alive for the idle time', async () => {
      const pool = new URL('./worker-pool.ts', import.meta.url).href;
      const program = `const { createWorkerPool } = await import(${JSON.stringify(pool)});
        console.log(await createWorkerPool(2, { idleMilliseconds: 600_000 }).map((_, task) => task, null, [1, 2]));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
        timeout: 50_000,
      });
      expect(stdout).toBe('[ 1, 2 ]\n');
    });
  });
});
