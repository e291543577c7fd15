import { compareModels, type EvaluatedRun } from '../../comparison/compare-models.ts';
import { limitTests } from '../../comparison/judge-limit.ts';
import { needsRepeats } from '../../comparison/noisier-candidate.ts';
import { selectedModel } from '../../comparison/selected-model.ts';
import { expectedModels, isDropped } from '../../config/planned-models.ts';
import type { DatasetConfig } from '../../config/project.ts';
import type { LoadedDataset } from './load-dataset.ts';

/** Values that a column to slice by may have. */
const MOST_SLICES = 20;

/**
 * How many tests a pull request can have at most, for a correction that is at least as strict as Holm's will be. A limit counts once more
 * for each other model that is as good, and all that twice where the change adds rows.
 *
 * @param own the dataset that is asked for, of which it is known whether rows are added. @param others those that may be tested beside it.
 */
export function mostLimits(own: Limited & { readonly addsRows: boolean }, others: readonly Limited[]): number {
  return limitsIn(own) * (own.addsRows ? 2 : 1) + others.reduce((sum, each) => sum + 2 * limitsIn(each), 0);
}

/** What of a dataset says how many limits it has. */
export interface Limited {
  readonly config: Pick<DatasetConfig, 'gates' | 'slices'>;
  readonly models: { readonly length: number };
}

function limitsIn({ config: { gates, slices }, models }: Limited): number {
  const limited = (of: DatasetConfig['gates']['byMetric']) =>
    Object.values(of).filter(({ max_drop }) => max_drop !== undefined).length;
  const all = limited(gates.byMetric) + MOST_SLICES * slices.length * limited(gates.bySlice);
  return all * Math.max(1, models.length);
}

/**
 * Whether a model that limits compare should be trained more often before it is judged, since its seeds move it more than the
 * baseline's and its limits are open. Where the change drops the model that is compared, any other may take its place.
 *
 * @param options.nLimits see `mostLimits`; null: nothing is judged, or it becomes a baseline itself.
 */
export function isTooNoisyYet(
  { config, metrics, models }: LoadedDataset,
  after: EvaluatedRun,
  { baseline, nLimits }: { readonly baseline: ReadonlyMap<string, EvaluatedRun>; readonly nLimits: number | null },
): boolean {
  const expected = expectedModels(models);
  const model = selectedModel({ gates: config.gates, metrics, models: expected }, baseline);
  const before = model === null ? undefined : baseline.get(model);
  if (nLimits === null || model === null || !before) return false;
  if (after.run.model !== model && !isDropped(models, model)) return false;
  const tests = limitTests(
    {
      ...{ dataset: config.id, gates: config.gates, metrics, models: expected, listed: expected, slices: [] },
      ...{ candidate: new Map([[model, after]]), baseline },
      comparisons: new Map([[model, compareModels(before, after, metrics)]]),
    },
    model,
  );
  return tests.some((test) => needsRepeats(test, nLimits));
}
