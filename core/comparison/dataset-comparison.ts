import type { Gates } from '../gates/gates.ts';
import type { EvaluatedRun, ModelComparison } from './compare-models.ts';
import type { NotTimed } from './remade.ts';

/** One dataset of the change: what is expected of it, what the candidate gave, and what it is compared with. */
export interface DatasetComparison {
  readonly dataset: string;
  readonly gates: Gates;
  /** Expected metrics, the primary one first. */
  readonly metrics: readonly string[];
  /** Expected models. */
  readonly models: readonly string[];
  /** Models that the change itself lists: those that there will be after the merge. */
  readonly listed: readonly string[];
  /** The candidate's runs, by model. */
  readonly candidate: ReadonlyMap<string, EvaluatedRun>;
  /** The baseline's runs, by model; or why there is none. */
  readonly baseline: ReadonlyMap<string, EvaluatedRun> | 'first_run' | 'no_baseline';
  /** By model, for models that both sides have. */
  readonly comparisons: ReadonlyMap<string, ModelComparison>;
  /** The change no longer lists the model that limits compare: another one takes its place. */
  readonly replacement?: Replacement;
  readonly slices: readonly SliceComparison[];
  /** Why a limit on the rise of a time has no times in turn; absent: it has, or there is no such limit. */
  readonly notTimed?: NotTimed;
}

/** A model that will be gone after the merge, and the one that will be selected then. */
interface Replacement {
  readonly model: string;
  readonly by: string;
  /** The baseline's run of `model` beside the candidate's run of `by`. */
  readonly comparison: ModelComparison;
}

/** The rows of one value of a column, judged on their own. */
export interface SliceComparison {
  readonly column: string;
  readonly value: string;
  /** By model, on the slice's rows alone. */
  readonly comparisons: ReadonlyMap<string, ModelComparison>;
  readonly replacement?: Replacement;
}
