import type { EvaluatedRun } from '../../../comparison/compare-models.ts';
import { trainable } from '../../../config/planned-models.ts';
import { rowsId } from '../../../evidence/evidence-codec.ts';
import { rowSetOf } from '../../../evidence/quantise.ts';
import { shortSha } from '../../../records/short-sha.ts';
import type { BaseCommit, Ports } from '../../ports.ts';
import { inputsHash, recipeHash } from '../inputs-hash.ts';
import { evaluationSetOf, type LoadedDataset, NOTHING_INHERITED } from '../load-dataset.ts';
import { trainModelOf } from '../train-model.ts';

/** The runs of the base commit, by model. */
interface BaseRuns {
  readonly evaluatedRuns: ReadonlyMap<string, EvaluatedRun>;
  /** Whether a model had to be trained. */
  readonly isTrained: boolean;
}

/**
 * Trains a dataset of the base commit as a branch that sets rules does: with folds and keys of its own. It becomes no run of that commit
 * that others could take for recorded; what stays is kept where only this machine writes.
 *
 * @param dataset as the base commit has it.
 */
export async function trainBase(dataset: LoadedDataset, base: BaseCommit, ports: Ports): Promise<BaseRuns> {
  const { keyColumns } = dataset.columns;
  const world: Ports = { ...ports, git: { sha: base.tree.id, branch: base.branch, base: null, dirty: false } };
  const evaluationSet = evaluationSetOf(dataset, keyColumns, NOTHING_INHERITED);
  const rowSet = rowSetOf(evaluationSet, dataset.slices);
  const evaluatedRuns = new Map<string, EvaluatedRun>();
  let isTrained = false;
  for (const model of trainable(dataset.models)) {
    const inputs = await inputsHash(dataset, { keyColumns, rowSet: rowsId(rowSet) }, model, world);
    const earlier = await keptRun(base, dataset, model.id, inputs);
    if (earlier) {
      evaluatedRuns.set(model.id, earlier);
      continue;
    }
    const recipe = await recipeHash(dataset, model, world);
    const preparation = { evaluationSet, rowSet, keyColumns, inputs, recipe };
    const label = ` of ${shortSha(base.tree.id)}`;
    const { evaluatedRun } = await trainModelOf(dataset, model, preparation, world, { label });
    evaluatedRuns.set(model.id, evaluatedRun);
    isTrained = true;
    await keep(base, evaluatedRun);
  }
  return { evaluatedRuns, isTrained };
}

async function keptRun(
  { remade }: BaseCommit,
  { config }: LoadedDataset,
  model: string,
  inputs: string,
): Promise<EvaluatedRun | undefined> {
  const { runs = [] } = (await remade?.runs.list({ dataset: config.id, model })) ?? {};
  const run = runs.find(({ inputsSha256 }) => inputsSha256 === inputs);
  const predictions = run && (await remade?.evidence.get(run.id));
  return run && predictions ? { run, predictions } : undefined;
}

async function keep({ remade }: BaseCommit, { run, predictions }: EvaluatedRun): Promise<void> {
  if (!remade || !predictions) return;
  await remade.evidence.put(predictions.rowSet, [predictions.evidence]);
  await remade.runs.put([run]);
}
