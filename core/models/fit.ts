import type { Fit, FittedModel } from './model.ts';

/** What a model brings to a fit: how it grows. One call of `grow` at a time. */
export interface Growth {
  /** Steps in all, at least 1; falls to `done` when early stopping ends the fit. */
  readonly steps: number;
  readonly done: number;
  /** Makes the next `count` steps, which are never more than are left. */
  grow(count: number): Promise<void>;
  /** The model of the steps so far; there is one at least. */
  snapshot(): FittedModel;
  /** Drops what only further steps need: `snapshot` is still asked, `grow` is not. */
  release?(): void;
}

/** A fit of a model that grows in this way. */
export function createFit(start: Growth): Fit {
  /** Null once the fit is closed, so that nothing of it is kept alive. */
  let growth: Growth | null = start;
  let end = { steps: start.steps, done: start.done };
  let finished: FittedModel | null = null;
  let last: Promise<void> = Promise.resolve();
  const opened = (): Growth => {
    if (!growth) throw new Error('the fit is closed');
    return growth;
  };
  const snapshot = () => {
    const open = opened();
    if (open.done === 0) throw new Error('the fit has not made a step yet');
    return open.snapshot();
  };
  const close = () => {
    if (!growth) return;
    end = { steps: growth.steps, done: growth.done };
    growth = null;
  };
  return {
    get steps() {
      return (growth ?? end).steps;
    },
    get done() {
      return (growth ?? end).done;
    },
    advance(count) {
      if (!(Number.isInteger(count) && count >= 1))
        return Promise.reject(new RangeError(`a fit cannot advance by ${count} steps`));
      last = last.then(async () => {
        const open = opened();
        const left = open.steps - open.done;
        if (left > 0) await open.grow(Math.min(count, left));
      });
      return last;
    },
    snapshot,
    finish() {
      if (finished) return finished;
      growth?.release?.();
      finished = snapshot();
      close();
      return finished;
    },
    close,
  };
}

/** The growth of a model that learns in one step. */
export function inOneStep(learn: () => Promise<FittedModel>): Growth {
  let model: FittedModel | null = null;
  return {
    steps: 1,
    get done() {
      return model ? 1 : 0;
    },
    async grow() {
      model = await learn();
    },
    snapshot: () => model!,
  };
}
