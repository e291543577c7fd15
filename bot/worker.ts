import type { Deliveries, Delivery } from './deliveries.ts';

interface Worker {
  /** There is something new. */
  wake(): void;
  /** Does something of its own between two deliveries, since nothing may be done beside them. What waits already waits once. */
  between(task: () => Promise<void>): void;
  /** Ends when what is in hand is done; the rest is kept. */
  stop(): Promise<void>;
}

/** Tries of one delivery: with their waits, about a day. */
const MOST_TRIES = 12;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/**
 * Works deliveries off one after the other, oldest first, so that nothing of a pull request is done twice at once. What fails is
 * tried again, each time after twice as long.
 *
 * @param options.firstWaitMs before the second try.
 */
export function startWorker(
  deliveries: Deliveries,
  work: (delivery: Delivery) => Promise<void>,
  options: { readonly firstWaitMs: number; readonly failed: (delivery: Delivery, error: unknown) => void },
): Worker {
  let timer: NodeJS.Timeout | undefined;
  const tasks: (() => Promise<void>)[] = [];
  let isStopped = false;
  let running: Promise<void> | undefined;

  const workOff = async () => {
    for (;;) {
      for (let task = tasks.shift(); task && !isStopped; task = tasks.shift()) await task();
      const pending = isStopped ? undefined : deliveries.next();
      if (!pending) return;
      try {
        await work(pending);
        deliveries.finish(pending.id);
      } catch (error) {
        options.failed(pending, error);
        const wait = Math.min(LONGEST_WAIT_MS, options.firstWaitMs * 2 ** pending.attempts);
        deliveries.postpone(pending.id, String(error), pending.attempts + 1 >= MOST_TRIES ? null : wait);
      }
    }
  };
  const wake = () => {
    if (isStopped || running) return;
    clearTimeout(timer);
    running = workOff().finally(() => {
      running = undefined;
      const wait = isStopped ? undefined : deliveries.dueIn();
      if (wait !== undefined) timer = setTimeout(wake, Math.min(wait, LONGEST_WAIT_MS));
    });
  };
  wake();
  return {
    wake,
    between(task) {
      if (!tasks.includes(task)) tasks.push(task);
      wake();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
