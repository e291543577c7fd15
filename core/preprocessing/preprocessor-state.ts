import { z } from 'zod';
import { type Problem, StoreError } from '../errors/app-error.ts';
import { MAX_LEVELS } from './encode.ts';

const name = z.string();
const categories = z.array(z.string()).refine((list) => new Set(list).size === list.length, 'duplicate category');

const denseNumeric = z.strictObject({
  kind: z.literal('numeric'),
  name,
  /** Replaces missing values. */
  median: z.number(),
  mean: z.number(),
  sd: z.number().min(0),
  /** Whether there is a 0/1 feature for missing values. */
  missing: z.boolean(),
});
const denseCategorical = z.strictObject({
  kind: z.literal('categorical'),
  name,
  categories: categories.max(MAX_LEVELS),
  /** Whether all categories without their own level share one. */
  other: z.boolean(),
  missing: z.boolean(),
});
const nativeNumeric = z.strictObject({ kind: z.literal('numeric'), name });
const nativeCategorical = z.strictObject({ kind: z.literal('categorical'), name, categories });

const denseColumn = z.discriminatedUnion('kind', [denseNumeric, denseCategorical]);
const nativeColumn = z.discriminatedUnion('kind', [nativeNumeric, nativeCategorical]);

function columnsOf<Column extends z.ZodType<{ readonly name: string }>>(column: Column) {
  return z
    .array(column)
    .refine((list) => new Set(list.map((each) => each.name)).size === list.length, 'duplicate column');
}

const stateSchema = z.discriminatedUnion('encoding', [
  z.strictObject({ encoding: z.literal('dense'), columns: columnsOf(denseColumn) }),
  z.strictObject({ encoding: z.literal('native'), columns: columnsOf(nativeColumn) }),
]);

export type DenseColumn = z.infer<typeof denseColumn>;
export type NativeColumn = z.infer<typeof nativeColumn>;
/** Everything a preprocessor has learned, as in its JSON. */
export type PreprocessorState = z.infer<typeof stateSchema>;

/** @throws StoreError when the value does not have the shape that a preprocessor's `toJSON` returns. */
export function parseState(json: unknown): PreprocessorState {
  const parsed = stateSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new StoreError(
    parsed.error.issues.slice(0, 10).map((issue): Problem => {
      const problem = {
        message: `the preprocessor in the model file is damaged: ${issue.message}`,
        next: 'train the model again',
      };
      return issue.path.length === 0 ? problem : { ...problem, place: issue.path.map(String).join('.') };
    }),
  );
}
