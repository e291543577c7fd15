import { z } from 'zod';
import { AppError, StoreError } from '../errors/app-error.ts';
import { loadPreprocessor } from '../preprocessing/preprocessor.ts';
import { createTable } from '../table/table.ts';
import { models } from './index.ts';
import type { ModelPlugin } from './model.ts';
import { signatureSchema } from './signature.ts';
import { createTrainedModel, type TrainedModel } from './trained-model.ts';

/** Version of the files written; all before it are read too. */
export const MODEL_SCHEMA = 1;

const envelope = z.strictObject({
  format: z.literal('mlops-model'),
  schema: z.literal(MODEL_SCHEMA),
  model: z.string().max(200),
  n_classes: z.int().min(0).max(256),
  signature: signatureSchema.nullable(),
  preprocessor: z.unknown(),
  fitted: z.unknown(),
});

/** A model's file: JSON, the same bytes for the same model. Its SHA-256 is in the run. */
export function formatModel({ model, nClasses, preprocessor, fitted, signature }: TrainedModel): Uint8Array {
  const document: z.infer<typeof envelope> = {
    format: 'mlops-model',
    schema: MODEL_SCHEMA,
    model,
    n_classes: nClasses,
    signature,
    preprocessor: preprocessor.toJSON(),
    fitted: fitted.toJSON(),
  };
  return new TextEncoder().encode(`${JSON.stringify(document)}\n`);
}

/**
 * The model in a file, which is hostile input: every index, count and number is checked.
 *
 * @throws StoreError when it is corrupt, or of a newer version or an unknown kind of model.
 */
export function parseModel(bytes: Uint8Array, path = 'the model file'): TrainedModel {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new StoreError({ file: path, message: 'is not a model file: it is not JSON' }, { cause });
  }
  const parsed = envelope.safeParse(raw);
  if (!parsed.success) {
    const newer = Number((raw as { schema?: unknown } | null)?.schema) > MODEL_SCHEMA;
    throw new StoreError({
      file: path,
      message: newer ? 'was written by a newer version' : `is not a model file: ${parsed.error.issues[0]!.message}`,
      ...(newer && { next: 'update mlops-action' }),
    });
  }
  const { model, n_classes: nClasses, preprocessor, fitted, signature } = parsed.data;
  if (!models.has(model)) {
    throw new StoreError({
      file: path,
      message: `holds a model of an unknown kind, "${model}"`,
      allowed: models.ids.join(', '),
      next: 'update mlops-action',
    });
  }
  const plugin = models.get(model);
  try {
    const trained = createTrainedModel(model, nClasses, loadPreprocessor(preprocessor), plugin.load(fitted), signature);
    checkParts(plugin, trained);
    return trained;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StoreError(
      error.problems.map((problem) => ({ ...problem, file: path })),
      { cause: error },
    );
  }
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

function notOneModel(): StoreError {
  return new StoreError({
    message: 'is broken: its preprocessing, model and number of classes do not belong together',
  });
}
