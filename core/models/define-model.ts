import type { z } from 'zod';
import { DataError } from '../errors/app-error.ts';
import type { FeatureEncoding } from '../preprocessing/feature-encoding.ts';
import type { Task } from '../table/task.ts';
import type { Distribution, SearchSpace } from '../tuning/distribution.ts';
import { createFit, type Growth, inOneStep } from './fit.ts';
import type { FitContext, FittedModel, ModelPlugin, TrainingData } from './model.ts';

/** What a model is, with its parameters typed. It either learns in one step, or starts to grow. */
type ModelDefinition<Id extends string, Schema extends z.ZodObject> = {
  readonly id: Id;
  readonly summary: string;
  readonly tasks: readonly Task[];
  readonly encoding: FeatureEncoding;
  /** True when absent. */
  readonly byDefault?: boolean;
  readonly params: Schema;
  /** Empty when absent. */
  readonly space?: { readonly [Name in keyof z.infer<Schema>]?: Distribution };
  isRandom(params: z.infer<Schema>): boolean;
  load(json: unknown): FittedModel;
} & (
  | { learn(data: TrainingData, params: z.infer<Schema>, context: FitContext): Promise<FittedModel> }
  | { grow(data: TrainingData, params: z.infer<Schema>, context: FitContext): Promise<Growth> }
);

/**
 * Gives a plugin with typed parameters the uniform type. `start`, `fit` and `isRandom` parse their parameters first, so
 * that defaults are filled in and a bad value throws a ZodError before anything is learned.
 */
export function defineModel<const Id extends string, Schema extends z.ZodObject>(
  definition: ModelDefinition<Id, Schema>,
): ModelPlugin & { readonly id: Id } {
  const { id, summary, tasks, encoding, byDefault = true, params: schema, space = {}, load } = definition;
  const parse = (params: unknown) => schema.parse(params) as z.infer<Schema>;
  const start: ModelPlugin['start'] = async (data, params, context) => {
    const parsed = parse(params);
    if (data.weights ? data.weights.every((weight) => weight === 0) : data.target.length === 0) throw noRows(data);
    return createFit(
      'grow' in definition
        ? await definition.grow(data, parsed, context)
        : inOneStep(() => definition.learn(data, parsed, context)),
    );
  };
  return {
    ...{ id, summary, tasks, encoding, byDefault, params: schema, space: space as SearchSpace, load, start },
    isRandom: (params) => definition.isRandom(parse(params)),
    async fit(data, params, context) {
      const fit = await start(data, params, context);
      try {
        await fit.advance(fit.steps);
        return fit.finish();
      } finally {
        fit.close();
      }
    },
  };
}

function noRows({ target }: TrainingData): DataError {
  return new DataError({
    message: 'there is no row to learn from',
    found: target.length === 0 ? 'no training rows' : `${target.length} training rows, all of weight 0`,
  });
}
