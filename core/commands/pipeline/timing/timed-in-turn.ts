import type { Baseline } from '../../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../../comparison/compare-models.ts';
import type { NotTimed } from '../../../comparison/remade.ts';
import { comparedModel, keptModel } from '../../../comparison/selected-model.ts';
import { withTimesInTurn } from '../../../comparison/times-of-run.ts';
import { expectedModels, isDropped, trainable } from '../../../config/planned-models.ts';
import type { ModelConfig } from '../../../config/resolve-models.ts';
import { shortSha } from '../../../records/short-sha.ts';
import type { Report } from '../../../report/report-schema.ts';
import type { TimesInTurn } from '../../../tracking/run.ts';
import type { Ports } from '../../ports.ts';
import { besideBaseline } from '../beside-baseline.ts';
import { evaluationSetOf, type LoadedDataset, NOTHING_INHERITED } from '../load-dataset.ts';
import type { BaseToTime } from './base-to-time.ts';
import { foldsInTurn } from './folds-in-turn.ts';
import { timedFold } from './timed-fold.ts';

/** Runs of a dataset, of which one knows what both sides took in turn. */
export interface TimedRuns {
  readonly evaluatedRuns: ReadonlyMap<string, EvaluatedRun>;
  /** Why none does although a limit asks for it. */
  readonly notTimed: NotTimed | null;
}

/**
 * Times the model that limits compare beside that of the base commit, in this process and fold by fold: the base first, then the change
 * first, and so on. What a run says of that already was measured elsewhere, and is dropped.
 *
 * @param dataset as the change has it. @param options.base see `baseToTime`.
 * @param options.isBelieved whether times of an earlier command on this machine stand in.
 */
export async function timedInTurn(
  dataset: LoadedDataset,
  evaluatedRuns: ReadonlyMap<string, EvaluatedRun>,
  options: {
    readonly baseline: Baseline;
    readonly base: BaseToTime | NotTimed | null;
    readonly place: Report['place'];
    readonly isBelieved: boolean;
  },
  ports: Ports,
): Promise<TimedRuns> {
  const { base, baseline, isBelieved } = options;
  const without = (notTimed: NotTimed | null) => ({ evaluatedRuns: withoutTimes(evaluatedRuns), notTimed });
  if (base === null || baseline.kind === 'none') return without(null);
  if ('obstacle' in base) return without(base);
  const judged = judgedModels(dataset, evaluatedRuns, baseline);
  const before = trainable(base.dataset.models).find(({ id }) => id === judged?.before);
  const after = trainable(dataset.models).find(({ id }) => id === judged?.after);
  const run = after && evaluatedRuns.get(after.id)?.run;
  if (!before || !after || !run) return without(null);
  if (before.id === 'custom' || after.id === 'custom') return without({ obstacle: 'custom' });
  const known = isBelieved ? run.timings.inTurn : undefined;
  const isKnown = known?.base === base.sha && known.model === before.id;
  const inTurn = isKnown ? known : await timeFolds(dataset, { before, after }, { ...options, base }, ports);
  return {
    evaluatedRuns: mapped(evaluatedRuns, (each, model) => withTimesInTurn(each, model === after.id ? inTurn : null)),
    notTimed: null,
  };
}

/** Runs without what they say of times in turn. */
export function withoutTimes(evaluatedRuns: ReadonlyMap<string, EvaluatedRun>): Map<string, EvaluatedRun> {
  return mapped(evaluatedRuns, (each) => withTimesInTurn(each, null));
}

/** The model that limits compare, and the one of the change that is held against it: itself, or what takes its place. */
function judgedModels(
  { config, metrics, models }: LoadedDataset,
  candidate: ReadonlyMap<string, EvaluatedRun>,
  { evaluatedRuns }: Extract<Baseline, { sha: string }>,
): { readonly before: string; readonly after: string } | null {
  const each = {
    ...{ gates: config.gates, metrics, models: expectedModels(models), candidate },
    listed: models.flatMap(({ id }) => (isDropped(models, id) ? [] : [id])),
    ...{ baseline: evaluatedRuns, comparisons: new Map() },
  };
  const before = comparedModel(each);
  const after = isDropped(models, before) ? keptModel(each) : before;
  return before !== null && after !== null ? { before, after } : null;
}

async function timeFolds(
  dataset: LoadedDataset,
  models: { readonly before: ModelConfig; readonly after: ModelConfig },
  {
    base,
    baseline,
    place,
  }: { readonly base: BaseToTime; readonly baseline: Baseline; readonly place: Report['place'] },
  ports: Ports,
): Promise<TimesInTurn> {
  const { keyColumns, inherited } = besideBaseline(dataset, baseline, place);
  const rowsOfBase = evaluationSetOf(base.dataset, base.dataset.columns.keyColumns, NOTHING_INHERITED);
  const rowsOfChange = evaluationSetOf(dataset, keyColumns, inherited);
  const ofBase = timedFold(base.dataset, models.before, rowsOfBase, ports);
  const ofChange = timedFold(dataset, models.after, rowsOfChange, ports);
  const nFolds = Math.min(rowsOfBase.nFolds, rowsOfChange.nFolds);
  const label = `${dataset.config.id} ${models.after.id} beside ${shortSha(base.sha)}`;
  const folds = await foldsInTurn({ ofBase, ofChange }, nFolds, (done) =>
    ports.log.progress(label, done, nFolds, `trained both ${nFolds} times in turn, to time them`),
  );
  return { base: base.sha, model: models.before.id, folds };
}

function mapped<T>(map: ReadonlyMap<string, T>, of: (value: T, key: string) => T): Map<string, T> {
  return new Map([...map].map(([key, value]) => [key, of(value, key)]));
}
