import type { Random } from '../../random/random.ts';
import type { Plugin } from '../../registry/registry.ts';
import type { ParamValue } from '../distribution.ts';
import type { History } from '../trial.ts';

/** How the parameters of the next trial are chosen. */
export interface Sampler extends Plugin {
  /** A value for every parameter of the space. The same history and stream give the same values. */
  sample(history: History, random: Random): Record<string, ParamValue>;
}

/** A sampler that keeps its id as a literal, for the registry's list of names. */
export function defineSampler<const Id extends string>(
  sampler: Sampler & { readonly id: Id },
): Sampler & { readonly id: Id } {
  return sampler;
}
