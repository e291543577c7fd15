import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Frees what nothing refers to any more. What a WeakRef was asked for in this turn lives until the next. */
export async function collectGarbage(): Promise<void> {
  // A cycle that was under way keeps what it has marked already, so that only the next one is sure to free it.
  for (let cycle = 0; cycle < 2; cycle++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  await new Promise((resolve) => setImmediate(resolve));
}
