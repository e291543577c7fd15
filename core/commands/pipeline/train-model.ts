import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { declaredReading } from '../../config/columns-key.ts';
import { decisionAim } from '../../config/decision-aim.ts';
import type { ModelConfig } from '../../config/resolve-models.ts';
import { type EvaluatedModel, evaluateModel, type TrainingPlan } from '../../evaluation/evaluate-model.ts';
import type { RowSet, WithoutAdded } from '../../evidence/evidence.ts';
import { commandModelPathOf, formatModel, modelPathOf, modelSha256 } from '../../models/model-file.ts';
import type { ModelSignature } from '../../models/signature.ts';
import { sha256Hex } from '../../random/sha256.ts';
import { trainers } from '../../trainers/index.ts';
import type { Training } from '../../trainers/training.ts';
import type { Ports } from '../ports.ts';
import type { AddedToBaseline } from './added-to-baseline.ts';
import type { LoadedDataset } from './load-dataset.ts';
import { evaluatedRunOf, type RunOrigin } from './run-record.ts';

/** In place of the hash of a run's inputs: trial runs are never stored. */
const UNRECORDED = '0'.repeat(64);

type Preparation = Omit<RunOrigin, 'kept'> & { readonly rowSet: RowSet };

/**
 * Trains and evaluates one model as a run, with the model that is kept. Nothing is stored.
 *
 * @param options.nRepeats default: what the configuration says. The first of them are the same, and so is the model that is kept.
 * @param options.label what messages add to the model's name.
 */
export async function trainModelOf(
  dataset: LoadedDataset,
  config: ModelConfig,
  preparation: Preparation,
  ports: Ports,
  { nRepeats, label = '' }: { readonly nRepeats?: number; readonly label?: string } = {},
): Promise<{ evaluatedRun: EvaluatedRun; kept: KeptModel | null }> {
  const evaluated = await evaluateModelOf(dataset, config, preparation, ports, {
    onTrainingRows: true,
    label,
    ...(nRepeats !== undefined && { nRepeats }),
  });
  const kept = keptModel(dataset, config.id, evaluated);
  return { evaluatedRun: evaluatedRunOf(dataset, config, evaluated, { ...preparation, kept }, ports), kept };
}

/**
 * Trains and evaluates one model as a run of no commit, to compare it with others like it: without a model file and metrics of
 * its training rows.
 *
 * @param change trains otherwise than asked for, to see what that changes.
 */
export async function trialRunOf(
  dataset: LoadedDataset,
  config: ModelConfig,
  preparation: Omit<Preparation, 'inputs' | 'recipe'>,
  ports: Ports,
  change: (training: Training) => Training,
): Promise<EvaluatedRun> {
  const evaluated = await evaluateModelOf(dataset, config, preparation, ports, { onTrainingRows: false, change });
  return evaluatedRunOf(
    dataset,
    config,
    evaluated,
    { ...preparation, inputs: UNRECORDED, recipe: null, kept: null },
    ports,
  );
}

/**
 * What a model predicts when it learns only from the rows that its baseline has too, which shows what a change of the code does; null
 * of a command that reports its own numbers.
 */
export async function trainedWithoutAdded(
  dataset: LoadedDataset,
  config: ModelConfig,
  preparation: Pick<Preparation, 'evaluationSet' | 'rowSet'>,
  { keys, isShared, nRepeats }: AddedToBaseline & Pick<TrainingPlan, 'nRepeats'>,
  ports: Ports,
): Promise<WithoutAdded | null> {
  const { repeats } = await evaluateModelOf({ ...dataset, slices: [] }, config, preparation, ports, {
    onTrainingRows: false,
    isLearnedFrom: (row) => isShared[row] === 1,
    nRepeats,
    label: ' without the added rows',
  });
  return repeats && { keys, repeats };
}

function evaluateModelOf(
  dataset: LoadedDataset,
  { id: model, params: settings }: ModelConfig,
  { evaluationSet, rowSet }: Pick<Preparation, 'evaluationSet' | 'rowSet'>,
  ports: Ports,
  {
    label = '',
    ...options
  }: Pick<TrainingPlan, 'onTrainingRows' | 'change' | 'isLearnedFrom'> &
    Partial<Pick<TrainingPlan, 'nRepeats'>> & { readonly label?: string },
): Promise<EvaluatedModel> {
  const { config, table, task, metrics, slices, columns } = dataset;
  const trainer = trainers.get(model);
  return evaluateModel(
    `${config.id} ${model}${label}`,
    { table, task, metrics, slices, evaluationSet, rowSet, columns: columns.features, target: config.target },
    {
      ...{ trainer, settings, rule: decisionAim(config), seed: config.split.seed },
      nRepeats: trainer.repeats(settings, config.split),
      ...options,
    },
    ports,
  );
}

interface KeptModel {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** The file of the model that is kept: ours, or the one that a command left. */
function keptModel(dataset: LoadedDataset, id: string, { model, modelFile }: EvaluatedModel): KeptModel | null {
  if (!model)
    return (
      modelFile && {
        path: commandModelPathOf({ dataset: dataset.config.id, model: id }),
        bytes: modelFile,
        sha256: sha256Hex(modelFile),
      }
    );
  const bytes = formatModel({ ...model, signature: signatureOf(dataset) });
  return { path: modelPathOf({ dataset: dataset.config.id, model: id }), bytes, sha256: modelSha256(bytes) };
}

/** All that says how a table of new rows is read; of dates also the format that was found in the training rows. */
function signatureOf({ config, target, columns, table }: LoadedDataset): ModelSignature {
  const { decimal, thousands, missing } = config;
  const { missingIn } = declaredReading(config.columns);
  return {
    dataset: config.id,
    target: config.target,
    classes: [...target.classes],
    columns: columns.roles.flatMap(({ name, kind }) => {
      if (kind !== 'numeric' && kind !== 'categorical' && kind !== 'date') return [];
      const own = Object.hasOwn(missingIn, name) ? missingIn[name] : undefined;
      const column = table.column(name);
      const format = column?.kind === 'numeric' ? column.dateFormat : undefined;
      return [{ name, kind, ...(own && { missing: [...own] }), ...(format !== undefined && { format }) }];
    }),
    ...(missing && { missing: [...missing] }),
    ...(decimal && { decimal }),
    ...(thousands && { thousands }),
  };
}
