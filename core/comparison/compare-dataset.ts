import type { DatasetConfig } from '../config/project.ts';
import type { Baseline } from './baseline.ts';
import { withAddedRows } from './compare-added-rows.ts';
import { compareModels, type EvaluatedRun, type ModelComparison } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import { expectedMetrics } from './expected-metrics.ts';
import type { SliceName } from './gate-result.ts';
import { comparedModel, keptModel } from './selected-model.ts';

/** What of `mlops.yml` decides how a dataset is judged. */
export type DatasetRules = Pick<DatasetConfig, 'id' | 'gates' | 'metrics' | 'slices'>;

/**
 * Compares the candidate's runs of a dataset with the baseline's, from records alone: model by model, and on every slice for
 * the models that gates judge.
 *
 * @param options.expected the models there must be. @param options.listed those that the change itself lists.
 * @param options.candidate by model, in the order of the report.
 */
export function compareDataset(
  rules: DatasetRules,
  options: {
    readonly expected: readonly string[];
    readonly listed: readonly string[];
    readonly candidate: ReadonlyMap<string, EvaluatedRun>;
    readonly baseline: Baseline;
    /** Nothing is expected to compare with: the dataset is new. */
    readonly isFirst: boolean;
    /** Whether it is a change, which may teach the answers by the rows that it adds. */
    readonly isChange: boolean;
  },
): DatasetComparison {
  const { expected, listed, candidate, baseline, isFirst, isChange } = options;
  const before: ReadonlyMap<string, EvaluatedRun> = baseline.kind === 'none' ? new Map() : baseline.evaluatedRuns;
  const [first] = candidate.values();
  const metrics = expectedMetrics(rules, first?.run.targetType ?? null);
  const compare = (other: EvaluatedRun, after: EvaluatedRun, slice?: SliceName): ModelComparison => {
    const comparison = compareModels(other, after, metrics, slice);
    return isChange ? withAddedRows(comparison, { baseline: other, candidate: after }, metrics, slice) : comparison;
  };
  const compared = (models: ReadonlySet<string | null>, slice?: SliceName): ReadonlyMap<string, ModelComparison> =>
    new Map(
      [...candidate].flatMap(([model, after]) => {
        const other = models.has(model) ? before.get(model) : undefined;
        return other ? [[model, compare(other, after, slice)] as const] : [];
      }),
    );
  const whole: Omit<DatasetComparison, 'slices'> = {
    dataset: rules.id,
    gates: rules.gates,
    metrics,
    models: expected,
    listed,
    candidate,
    baseline: baseline.kind !== 'none' ? before : isFirst ? 'first_run' : 'no_baseline',
    comparisons: compared(new Set(candidate.keys())),
  };
  const model = comparedModel(whole);
  const by = keptModel(whole);
  const judged = new Set([by, model]);
  const replaced = (slice?: SliceName) =>
    replacementOf(whole, { model, by }, (before, after) => compare(before, after, slice));
  return {
    ...whole,
    ...replaced(),
    slices: slicesOf(candidate, rules.slices).map((slice) => ({
      ...slice,
      comparisons: compared(judged, slice),
      ...replaced(slice),
    })),
  };
}

/** What takes the place of the model that limits compare, when the change does not list that any more. */
function replacementOf(
  { listed, baseline, candidate }: Omit<DatasetComparison, 'slices'>,
  { model, by }: { readonly model: string | null; readonly by: string | null },
  compare: (before: EvaluatedRun, after: EvaluatedRun) => ModelComparison,
): Pick<DatasetComparison, 'replacement'> {
  if (model === null || by === null || listed.includes(model)) return {};
  const before = baseline instanceof Map ? baseline.get(model) : undefined;
  const after = candidate.get(by);
  return before && after ? { replacement: { model, by, comparison: compare(before, after) } } : {};
}

/** The slices that the runs were measured on; all runs of a dataset have the same ones. */
function slicesOf(candidate: ReadonlyMap<string, EvaluatedRun>, columns: readonly string[]): SliceName[] {
  const recorded = [...candidate.values()].find(({ run }) => run.slices)?.run.slices ?? [];
  return recorded.flatMap(({ column, value }) => (columns.includes(column) ? [{ column, value }] : []));
}
