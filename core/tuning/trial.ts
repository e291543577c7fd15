import type { ParamValue, SearchSpace } from './distribution.ts';

/** `waiting`: another program has put it there, and nobody has begun it. */
export type TrialState = 'running' | 'complete' | 'pruned' | 'failed' | 'waiting';

export type Direction = 'minimize' | 'maximize';

/** One set of parameters, and what came of it. A trial is never changed: what happens to it makes a new one. */
export interface Trial {
  /** Its place in the study, from 0. */
  readonly number: number;
  readonly state: TrialState;
  /** Those that the search space has. The current parameters of a model need not be in it. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Null until there is one; of a pruned trial the last value that it reported. */
  readonly value: number | null;
  /** What it reported on the way, in the order of steps. */
  readonly reports: readonly { readonly step: number; readonly value: number }[];
  /** It has the current parameters of the model, which the others are compared with. */
  readonly isCurrent: boolean;
  /** It was stopped before its end, so it counts for nothing. */
  readonly isAbandoned: boolean;
  /** Why it failed; null where it did not, or nobody said. */
  readonly failure: string | null;
}

/** What samplers and pruners decide by. */
export interface History {
  readonly direction: Direction;
  readonly space: SearchSpace;
  /** Without the trial that is decided about. */
  readonly trials: readonly Trial[];
}

/** Trials that say something of their parameters. */
export function finished(trials: readonly Trial[]): readonly Trial[] {
  return trials.filter(({ state }) => state === 'complete' || state === 'pruned');
}

/** The value as a loss: lower is better. */
export function lossOf(direction: Direction, value: number): number {
  return direction === 'minimize' ? value : -value;
}

/** The complete trial with the best value, the first of equals. */
export function bestOf(direction: Direction, trials: readonly Trial[]): Trial | null {
  let best: Trial | null = null;
  for (const trial of trials) {
    if (trial.state !== 'complete' || trial.value === null) continue;
    if (best === null || lossOf(direction, trial.value) < lossOf(direction, best.value!)) best = trial;
  }
  return best;
}
