import { afterAll, describe, expect, it } from 'vitest';
import { createWorkerPool } from '../../io/worker-pool.ts';
import type { WorkerPool } from '../../ports/worker-pool.ts';
import { createRandom } from '../../random/random.ts';
import { gradientBoosting } from '../gradient-boosting.ts';
import { breakBarrier, createBarrier } from './barrier.ts';

const pool = createWorkerPool(2);
afterAll(() => pool.close());

/**
 * The pool, but one thread meets its end where the barrier would have it wait for the `at`th time, and the other is slow to
 * come there by so many milliseconds.
 */
function withMishap(mishap: { thread: number; at: number; end: string; delay: number }): WorkerPool {
  return {
    threads: 2,
    map: (body, shared, tasks, options) => {
      const { thread, at, end, delay } = mishap;
      const text = `(shared, task, parts) => (${body})(shared, task, { ...parts, createBarrier: (control, nThreads) => {
        const barrier = parts.createBarrier(control, nThreads);
        let calls = 0;
        return () => {
          if (++calls === ${at}) {
            if (task.thread === ${thread}) ${end};
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${delay});
          }
          barrier();
        };
      } })`;
      // Threads are sent the text of a function.
      return pool.map(
        Object.assign(() => {}, { toString: () => text }) as unknown as typeof body,
        shared,
        tasks,
        options,
      );
    },
  };
}

const random = createRandom(1, 'barrier');
const nSamples = 20_000;
const columns = ['a', 'b'].map((name) => ({
  ...{ kind: 'numeric' as const, name },
  values: Float64Array.from({ length: nSamples }, () => random.integer(50)),
}));
const target = columns[0]!.values.map((a, row) => a + columns[1]!.values[row]! ** 2);
const boosted = (workers: WorkerPool) =>
  gradientBoosting.fit(
    { features: { nSamples, columns }, target, nClasses: 0 },
    { n_estimators: 3, max_leaf_nodes: 8 },
    { seed: 1, workers, warn: () => {} },
  );

describe('a fit of gradient_boosting on two threads', () => {
  const exit = 'process.exit(1)';
  const fail = 'throw new Error("no memory left")';
  it.each([
    { title: 'the second dies while the first waits', thread: 1, at: 20, end: exit, delay: 0 },
    { title: 'the second dies while the first is still at work', thread: 1, at: 20, end: exit, delay: 500 },
    { title: 'the first dies', thread: 0, at: 20, end: exit, delay: 0 },
    { title: 'the second dies before the first meeting', thread: 1, at: 1, end: exit, delay: 200 },
    { title: 'the first fails', thread: 0, at: 7, end: fail, delay: 0 },
  ])('ends when $title, says why, and leaves both threads free', async ({ end, ...mishap }) => {
    const message = end === exit ? 'a worker thread ended in the middle of its work' : 'no memory left';
    await expect(boosted(withMishap({ end, ...mishap }))).rejects.toThrow(message);
    const again = await boosted(pool);
    expect(again.predict({ nSamples, columns })[0]).not.toBeNaN();
  });
});

describe('createBarrier', () => {
  it('fails at once for whoever comes after it broke, and lets a single thread pass', () => {
    const control = new Int32Array(new SharedArrayBuffer(12));
    breakBarrier(control);
    expect(createBarrier(control, 2)).toThrow('another thread of this fit has failed');
    expect(createBarrier(control, 1)).not.toThrow();
  });
});
