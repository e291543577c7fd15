import type { Random } from '../../random/random.ts';
import type { Plugin } from '../../registry/registry.ts';
import type { ParamValue } from '../distribution.ts';
import type { History } from '../trial.ts';

/** How the parameters of the next trial are chosen. */
export interface Sampler extends Plugin {
  /** A value for every parameter of the space; null where every one has been tried. The same history and stream give the same values. */
  sample(history: History, random: Random): Record<string, ParamValue> | null;
}

/** A sampler that keeps its id as a literal and what it returns, for the registry and for tests. */
export function defineSampler<const Id extends string, Own extends Sampler['sample']>(
  sampler: Omit<Sampler, 'sample'> & { readonly id: Id; readonly sample: Own },
): Omit<Sampler, 'sample'> & { readonly id: Id; readonly sample: Own } {
  return sampler;
}
