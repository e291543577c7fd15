import type { Plugin } from '../../registry/registry.ts';
import type { History, Trial } from '../trial.ts';

/** Decides on the way whether a trial is worth going on with. */
export interface Pruner extends Plugin {
  /** Asked after each report. @param trial with all it has reported; it is not among the trials of the history. */
  shouldPrune(trial: Trial, history: Pick<History, 'direction' | 'trials'>): boolean;
}

/** A pruner that keeps its id as a literal, for the registry's list of names. */
export function definePruner<const Id extends string>(
  pruner: Pruner & { readonly id: Id },
): Pruner & { readonly id: Id } {
  return pruner;
}
