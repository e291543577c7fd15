import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import { loadPreprocessor } from '../preprocessing/preprocessor.ts';
import { models } from './index.ts';
import { createTrainedModel, type TrainedModel } from './trained-model.ts';

const MODEL_SCHEMA = 1;

const envelope = z.strictObject({
  format: z.literal('mlops-model'),
  schema: z.literal(MODEL_SCHEMA),
  model: z.string().max(200),
  n_classes: z.int().min(0).max(256),
  preprocessor: z.unknown(),
  fitted: z.unknown(),
});

/** A model's file: JSON, the same bytes for the same model. Its SHA-256 is in the run. */
export function formatModel({ model, nClasses, preprocessor, fitted }: TrainedModel): Uint8Array {
  const document: z.infer<typeof envelope> = {
    format: 'mlops-model',
    schema: MODEL_SCHEMA,
    model,
    n_classes: nClasses,
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
  const { model, n_classes: nClasses, preprocessor, fitted } = parsed.data;
  return createTrainedModel(model, nClasses, loadPreprocessor(preprocessor), models.get(model).load(fitted));
}
