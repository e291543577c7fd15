import type { FittedModel } from '../model.ts';
import type { TreeModelState } from './tree-model-state.ts';

/** What a model of trees has learned. */
export function treesIn({ state }: FittedModel): TreeModelState {
  if (state.kind !== 'trees') throw new TypeError(`a model of the kind ${state.kind} is not made of our trees`);
  return state;
}
