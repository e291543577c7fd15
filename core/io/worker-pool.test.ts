import { afterEach, describe, expect, it } from 'vitest';
import { createWorkerPool } from './worker-pool.ts';

const pool = createWorkerPool(2);
afterEach(() => pool.close());

describe('createWorkerPool', () => {
  it('gives results in the order of the tasks, whichever thread is done first', async () => {
    const slow = (shared: number, task: number) => {
      let sum = 0;
      for (let i = 0; i < (5 - task) * 200_000; i++) sum += i % 3;
      return shared + task + 0 * sum;
    };
    expect(await pool.map(slow, 100, [0, 1, 2, 3, 4])).toEqual([100, 101, 102, 103, 104]);
  });
  it('computes on threads, not on the caller’s own', async () => {
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
    const dead = await pool.map(threadThatDies, null, [1, 2]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const alive = await pool.map(threadId, null, [1, 2]);
    expect(alive.filter((id) => dead.includes(id))).toEqual([]);
  });
  it('says so when a thread ends in the middle of its work, and works again afterwards', async () => {
    const exit = (_: null, task: number) => (task === 1 ? process.exit(1) : task);
    await expect(pool.map(exit, null, [0, 1])).rejects.toThrow('ended in the middle');
    expect(await pool.map((_: null, task: number) => task, null, [1, 2])).toEqual([1, 2]);
  });
});
