import { type History, lossOf, type Trial } from '../trial.ts';

/** Where trials are compared: at these steps, and of so many only the best goes on. */
export interface Ladder {
  /** The step of the first rung; each next one is `eta` times as far. */
  readonly first: number;
  readonly eta: number;
}

/**
 * Whether successive halving stops a trial at its last report (Li et al. 2020, "A system for massively parallel hyperparameter tuning"): on each rung
 * that it reaches, a trial goes on if it is among the best 1/eta of all that reached the rung before it, or the best of them while they
 * are fewer than eta.
 *
 * What earlier trials were worth on each rung follows from their reports, one trial after the other, so nothing is kept of it.
 *
 * @param options.ladderAt the ladder once these trials have ended; null: there is none yet, and nobody is stopped.
 * @param options.isRival whether the trial is compared with another one.
 */
export function isStoppedOnARung(
  trial: Trial,
  { direction, trials }: Pick<History, 'direction' | 'trials'>,
  options: {
    readonly ladderAt: (ended: readonly Trial[]) => Ladder | null;
    readonly isRival: (other: Trial) => boolean;
  },
): boolean {
  const { ladderAt, isRival } = options;
  const rungs: number[][] = [];
  const ended: Trial[] = [];
  // It stays as it is once there is one, as in Optuna.
  let ladder: Ladder | null = null;
  const climb = ({ reports }: Trial): boolean => {
    let rung = 0;
    let growth = 1;
    let isStopped = false;
    for (const { step, value } of reports) {
      ladder ??= ladderAt(ended);
      if (!ladder) continue;
      isStopped = false;
      for (; !isStopped && step >= ladder.first * growth; rung++, growth *= ladder.eta) {
        const reached = [...(rungs[rung] ?? []), lossOf(direction, value)];
        rungs[rung] = reached;
        isStopped = !isPromoted(lossOf(direction, value), reached, ladder.eta);
      }
    }
    return isStopped;
  };
  for (const other of trials.filter(({ number }) => number < trial.number)) {
    if (isRival(other)) climb(other);
    ended.push(other);
  }
  return climb(trial);
}

function isPromoted(loss: number, reached: readonly number[], eta: number): boolean {
  const promoted = Math.max(1, Math.floor(reached.length / eta));
  return loss <= [...reached].sort((a, b) => a - b)[promoted - 1]!;
}

/** The last step that a complete trial reported; null while there is none. */
export function lastStepOf(trials: readonly Trial[]): number | null {
  const steps = trials.flatMap(({ state, reports }) => (state === 'complete' ? reports.slice(-1) : []));
  return steps.length === 0 ? null : Math.max(...steps.map(({ step }) => step));
}
