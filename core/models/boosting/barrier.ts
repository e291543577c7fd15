/**
 * A function that returns only when all threads have called it. It polls for a little, since the others are nearly there,
 * then sleeps.
 *
 * @param control threads that have arrived, number of the meeting, whether a thread has failed.
 * @throws Error in every thread when one of them has failed.
 */
export function createBarrier(control: Int32Array, nThreads: number): () => void {
  const refuseBroken = () => {
    if (Atomics.load(control, 2) !== 0) throw new Error('another thread of this fit has failed');
  };
  return () => {
    if (nThreads === 1) return;
    const meeting = Atomics.load(control, 1);
    // Looked at after the number of the meeting: a barrier that breaks from here on ends this meeting.
    refuseBroken();
    if (Atomics.add(control, 0, 1) === nThreads - 1) {
      Atomics.store(control, 0, 0);
      Atomics.add(control, 1, 1);
      Atomics.notify(control, 1);
    } else {
      for (let poll = 0; poll < 20_000 && Atomics.load(control, 1) === meeting; poll++);
      while (Atomics.load(control, 1) === meeting) Atomics.wait(control, 1, meeting);
    }
    refuseBroken();
  };
}

/** Makes every thread fail that waits at the barrier, or comes to it. */
export function breakBarrier(control: Int32Array): void {
  Atomics.store(control, 2, 1);
  Atomics.add(control, 1, 1);
  Atomics.notify(control, 1);
}
