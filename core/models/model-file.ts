import { z } from 'zod';
import { AppError, StoreError } from '../errors/app-error.ts';
import { loadPreprocessor } from '../preprocessing/preprocessor.ts';
import { createTable } from '../table/table.ts';
import { loadRule } from './decision/decision-rule.ts';
import { containerSchema, containerSha256, isContainer, readContainer, writeContainer } from './file/container.ts';
import { fileStem } from './file-stem.ts';
import { models } from './index.ts';
import type { ModelPlugin } from './model.ts';
import { modelStateToJson } from './model-state.ts';
import { signatureSchema } from './signature.ts';
import { createTrainedModel, type TrainedModel } from './trained-model.ts';

/** Version of the files written; all released ones before it are read too. */
export const MODEL_SCHEMA = 2;

/** Longest message about a hostile file. */
const MAX_MESSAGE = 500;

const envelope = z.strictObject({
  format: z.literal('mlops-model'),
  schema: z.literal(MODEL_SCHEMA),
  model: z.string().max(200),
  n_classes: z.int().min(0).max(256),
  signature: signatureSchema.nullable(),
  /** Absent where the model decides as its probabilities say. */
  rule: z.unknown().optional(),
  preprocessor: z.unknown(),
  fitted: z.unknown(),
});

/** A model's file (`docs/model-file.md`): the same bytes for the same model. */
export function formatModel({ model, nClasses, preprocessor, fitted, signature, rule }: TrainedModel): Uint8Array {
  const document: z.infer<typeof envelope> = {
    format: 'mlops-model',
    schema: MODEL_SCHEMA,
    model,
    n_classes: nClasses,
    signature,
    ...(rule && { rule }),
    preprocessor: preprocessor.toJSON(),
    fitted: modelStateToJson(fitted.state),
  };
  return writeContainer(MODEL_SCHEMA, document);
}

/** Where the model of a run is kept. */
export function modelPathOf(run: { readonly dataset: string; readonly model: string }): string {
  return `models/${fileStem(run)}.model`;
}

/** Where the file is kept that a command left as its model. */
export function commandModelPathOf(run: { readonly dataset: string; readonly model: string }): string {
  return `models/${fileStem(run)}.bin`;
}

/** What a run knows a model by: the SHA-256 of what its file says, however that is compressed. */
export function modelSha256(file: Uint8Array): string {
  return containerSha256(file);
}

/**
 * The model in a file, which is hostile input: every index, count and number is checked.
 *
 * @throws StoreError when it is corrupt, or of a newer version or an unknown kind of model.
 */
export function parseModel(bytes: Uint8Array, path = 'the model file'): TrainedModel {
  try {
    if (!isContainer(bytes)) throw new StoreError({ message: 'is not a model file' });
    if (containerSchema(bytes) > MODEL_SCHEMA) throw newer();
    return loadModel(readContainer(bytes));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StoreError(
      error.problems.map((problem) => ({
        next: 'name a model that `mlops train` wrote, in the folder models/',
        ...problem,
        message: problem.message.slice(0, MAX_MESSAGE),
        file: path,
      })),
      { cause: error },
    );
  }
}

function loadModel(document: unknown): TrainedModel {
  const parsed = envelope.safeParse(document);
  if (!parsed.success) {
    throw new StoreError({ message: `is not a model file: ${parsed.error.issues[0]!.message}` });
  }
  const { model, n_classes: nClasses, preprocessor, fitted, signature, rule } = parsed.data;
  if (!models.has(model)) {
    throw new StoreError({
      message: `holds a model of an unknown kind, "${model}"`,
      allowed: models.ids.join(', '),
      next: 'update mlops-action',
    });
  }
  const plugin = models.get(model);
  const trained = createTrainedModel(
    model,
    nClasses,
    loadPreprocessor(preprocessor),
    plugin.load(fitted),
    signature,
    rule === undefined ? null : loadRule(rule, nClasses),
  );
  checkParts(plugin, trained);
  return trained;
}

/** Each part may be sound and the parts of different models: a row of missing values must give one prediction. */
function checkParts(plugin: ModelPlugin, { nClasses, preprocessor, fitted, signature }: TrainedModel): void {
  const task = nClasses === 0 ? 'regression' : 'classification';
  if (preprocessor.encoding !== plugin.encoding || !plugin.tasks.includes(task)) throw notOneModel();
  if (signature) {
    const known = new Set(signature.columns.map(({ name }) => name));
    if (signature.classes.length !== nClasses || !preprocessor.columns.every((name) => known.has(name)))
      throw notOneModel();
  }
  const gaps = preprocessor.columns.map((name) => ({
    kind: 'numeric' as const,
    name,
    values: Float64Array.of(Number.NaN),
  }));
  const outputs = fitted.predict(preprocessor.transform(createTable(gaps), [0]));
  if (outputs.length !== Math.max(1, nClasses)) throw notOneModel();
}

function newer(): StoreError {
  return new StoreError({ message: 'was written by a newer version', next: 'update mlops-action' });
}

function notOneModel(): StoreError {
  return new StoreError({
    message: 'is broken: its preprocessing, model and number of classes do not belong together',
  });
}
