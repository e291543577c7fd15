import { metrics } from '../metrics/index.ts';
import { needsProbabilities } from '../metrics/metric.ts';
import type { Run } from '../tracking/run.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import type { DriftGate, FloorGate, LimitGate } from './gate-result.ts';
import { holm } from './holm.ts';
import { trainedTwice, withAddedRowsExplained } from './judge-added-rows.ts';
import { budgetGates } from './judge-budget.ts';
import { floorGates } from './judge-floor.ts';
import { judgeLimit, type LimitTest, limitTests } from './judge-limit.ts';
import { withNoisyCandidate } from './noisier-candidate.ts';
import type { VerdictOutcome } from './outcome.ts';
import { rivalsOf } from './rivals.ts';
import { comparedModel, keptModel, selectedModel } from './selected-model.ts';
import { floorOfSlice, limitOfSlice, sliceComparisons, testOfSlice } from './slice-comparisons.ts';
import type { EvaluationSetResult, Missing, Unchanged, Verdict } from './verdict.ts';

/**
 * Share of the baseline's rows that may be gone, relabelled or edited before the evaluation set counts as changed; and of the candidate's
 * rows below which a class that the baseline does not know is none.
 */
const MOST_CHANGED = 0.01;

/**
 * Judges a change: complete ∧ same evaluation set ∧ floors ∧ limits with noise. Anything missing fails.
 * `docs/verdict.md` tells the rules to users, with a worked example.
 *
 * @param options.onDataChange `accept`: a changed evaluation set is shown and does not fail.
 * @param options.removed datasets that the base has and the change no longer has.
 * @param options.unchanged datasets that were not trained, since no input changed.
 * @param options.driftGates judged where the tables are.
 */
export function judge(
  datasets: readonly DatasetComparison[],
  options: {
    readonly onDataChange: 'fail' | 'accept';
    readonly removed?: readonly string[];
    readonly unchanged?: readonly Unchanged[];
    readonly driftGates?: readonly DriftGate[];
  },
): Verdict {
  const { removed = [], unchanged = [], driftGates = [] } = options;
  const missing = [
    ...(datasets.length === 0 && unchanged.length === 0 ? [nothing] : datasets.flatMap(missingFrom)),
    ...removed.map(removedFrom),
  ];
  const evaluationSets = datasets.flatMap((each) => evaluationSetResults(each, options.onDataChange));
  const floors = datasets.flatMap((each) => floorsOf(each, keptModel(each)));
  const tested = datasets.map(afterMerge);
  const limits = withAddedRowsExplained(
    judgeLimits(
      tested.flatMap((after, i) => {
        const model = comparedModel(datasets[i]!);
        return trainedTwice(after, model).flatMap(({ own, named }) => limitsOf(own, model, named));
      }),
    ),
    tested,
  );
  const costs = budgetGates(
    datasets.map((each) => ({ each: afterMerge(each), selected: keptModel(each), compared: comparedModel(each) })),
  );
  const gates = [...floors, ...limits, ...costs, ...driftGates];
  const found = { missing, evaluationSets, gates, unchanged: [...unchanged] };
  return { ...found, outcome: outcomeOf(found, { isFirst: isFirst(datasets) && unchanged.length === 0 }) };
}

/** A dataset in which the model that limits compare is the one that takes its place after the merge. */
function afterMerge(each: DatasetComparison): DatasetComparison {
  const { replacement } = each;
  if (!replacement) return each;
  const { model, by, comparison } = replacement;
  return {
    ...each,
    candidate: new Map([...each.candidate, [model, each.candidate.get(by)!]]),
    comparisons: new Map([...each.comparisons, [model, comparison]]),
    slices: each.slices.map((slice) =>
      slice.replacement
        ? { ...slice, comparisons: new Map([...slice.comparisons, [model, slice.replacement.comparison]]) }
        : slice,
    ),
  };
}

/** Whether there is nothing to compare any dataset with, and rightly so. */
function isFirst(datasets: readonly DatasetComparison[]): boolean {
  return datasets.length > 0 && datasets.every(({ baseline }) => baseline === 'first_run');
}

function removedFrom(dataset: string): Missing {
  const detail = 'was removed from mlops.yml, but the base still expects it';
  return { dataset, model: null, metric: null, detail, removed: true };
}

const nothing: Missing = {
  dataset: 'all',
  model: null,
  metric: null,
  detail: 'no dataset is expected, so nothing was judged: list one in `datasets` of mlops.yml',
};

/**
 * What everything together comes to. What was accepted does not count.
 *
 * @param options.isFirst there is nothing to compare with, and rightly so.
 */
export function outcomeOf(
  { missing, evaluationSets, gates }: Pick<Verdict, 'missing' | 'evaluationSets' | 'gates'>,
  { isFirst }: { readonly isFirst: boolean },
): VerdictOutcome {
  const isOpen = ({ accepted }: { readonly accepted?: unknown }) => accepted === undefined;
  const outcomes = [...evaluationSets, ...gates].filter(isOpen).map(({ outcome }) => outcome);
  if (missing.some(isOpen) || outcomes.includes('fail')) return 'fail';
  if (outcomes.includes('not_comparable')) return 'not_comparable';
  if (outcomes.includes('inconclusive')) return 'inconclusive';
  return isFirst ? 'first_run' : 'pass';
}

function missingFrom({ dataset, models, metrics: ids, candidate }: DatasetComparison): Missing[] {
  if (models.length === 0)
    return [{ dataset, model: null, metric: null, detail: 'no model is expected: list one in `models` of mlops.yml' }];
  return models.flatMap((model): Missing[] => {
    const run = candidate.get(model)?.run;
    if (!run) return [{ dataset, model, metric: null, detail: 'was not trained' }];
    return ids.flatMap((metric): Missing[] => {
      const found = run.metrics[metric]?.outOfFold;
      if (!found) return [{ dataset, model, metric, detail: `was not measured${reasonOf(metric, run)}` }];
      if (found.value === null || !Number.isFinite(found.value))
        return [{ dataset, model, metric, detail: 'has no finite value' }];
      return found.n > 0 ? [] : [{ dataset, model, metric, detail: 'was not measured on any row' }];
    });
  });
}

function reasonOf(metric: string, { classes, model, measuredOn }: Run): string {
  if (measuredOn === 'self_reported' || !needsProbabilities(metrics.get(metric), classes.length)) return '';
  return `: it needs the probability of every class, and ${model} wrote none. Let the command write the columns "probability_<class>"`;
}

function evaluationSetResults(each: DatasetComparison, onDataChange: 'fail' | 'accept'): EvaluationSetResult[] {
  if (!(each.baseline instanceof Map)) return [];
  const model = selectedModel(each, each.baseline);
  const comparison = (model ? each.comparisons.get(model) : undefined) ?? [...each.comparisons.values()][0];
  if (!comparison) return [];
  const { counts, pairing } = comparison;
  const { gone, relabelled, edited = 0, ofNewClasses = 0 } = counts;
  const changed =
    gone + relabelled + edited > MOST_CHANGED * counts.baselineRows ||
    (ofNewClasses > 0 && ofNewClasses >= MOST_CHANGED * counts.candidateRows);
  return [{ dataset: each.dataset, outcome: changed && onDataChange === 'fail' ? 'fail' : 'pass', pairing, ...counts }];
}

/** Floors of all rows, then those of the slices, for one model: slices choose none of their own. */
function floorsOf(each: DatasetComparison, model: string | null): FloorGate[] {
  return [
    ...floorGates(each, model),
    ...sliceComparisons(each).flatMap(({ slice, own }) =>
      floorGates(own, model).map((gate) => floorOfSlice(gate, slice, own)),
    ),
  ];
}

/** A limit to test, and what to make of its result. */
interface Limit {
  readonly test: LimitTest;
  /** Models that could have been compared as well. */
  readonly rivals: readonly string[];
  readonly named: (gate: LimitGate) => LimitGate;
}

function limitsOf(each: DatasetComparison, model: string | null, onRows: Limit['named']): Limit[] {
  const rivals = rivalsOf(each);
  return [
    ...limitTests(each, model).map((test) => ({ test, rivals, named: onRows })),
    ...sliceComparisons(each).flatMap(({ slice, own }) =>
      limitTests(own, model).map((test) => ({
        test: testOfSlice(test, own),
        rivals,
        named: (gate: LimitGate) => onRows(limitOfSlice(gate, slice, own)),
      })),
    ),
  ];
}

/** Holm's correction is over all limits of the pull request, those of slices too, and counts each once more for every rival. */
function judgeLimits(limits: readonly Limit[]): LimitGate[] {
  const tested = limits.filter(({ test }) => test.pValue !== null);
  const ofRivals = tested.flatMap(({ rivals }) => rivals.map(() => 1));
  const adjusted = holm([...tested.map(({ test }) => test.pValue!), ...ofRivals]);
  return limits.map((limit) => {
    const rank = tested.indexOf(limit);
    const pValue = rank < 0 ? null : adjusted[rank]!;
    const nLimits = tested.length + ofRivals.length;
    const gate = limit.named(withNoisyCandidate(judgeLimit(limit.test, pValue, nLimits), limit.test, nLimits));
    return rank < 0 || limit.rivals.length === 0 ? gate : { ...gate, rivals: [...limit.rivals] };
  });
}
