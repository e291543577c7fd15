import { z } from 'zod';
import { type Problem, StoreError } from '../errors/app-error.ts';
import { MAX_LEVELS } from './encode.ts';

const name = z.string();
const categories = z.array(z.string()).refine((list) => new Set(list).size === list.length, 'a category stands twice');

const denseNumeric = z.strictObject({
  kind: z.literal('numeric'),
  name,
  /** Stands in for a missing value. */
  median: z.number(),
  mean: z.number(),
  sd: z.number().min(0),
  /** Whether a missing value gets a feature of its own. */
  missing: z.boolean(),
});
const denseCategorical = z.strictObject({
  kind: z.literal('categorical'),
  name,
  categories: categories.max(MAX_LEVELS),
  /** Whether categories without a level share one. */
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
    .refine((list) => new Set(list.map((each) => each.name)).size === list.length, 'a column stands twice');
}

const stateSchema = z.discriminatedUnion('encoding', [
  z.strictObject({ encoding: z.literal('dense'), columns: columnsOf(denseColumn) }),
  z.strictObject({ encoding: z.literal('native'), columns: columnsOf(nativeColumn) }),
]);

export type DenseColumn = z.infer<typeof denseColumn>;
export type NativeColumn = z.infer<typeof nativeColumn>;
/** All that a preprocessor has learned, as its JSON holds it. */
export type PreprocessorState = z.infer<typeof stateSchema>;

/** @throws StoreError when the value is not what a preprocessor's `toJSON` gives. */
export function parseState(json: unknown): PreprocessorState {
  const parsed = stateSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new StoreError(
    parsed.error.issues.slice(0, 10).map((issue): Problem => {
      const problem = { message: `preprocessor is corrupt: ${issue.message}`, next: 'train the model again' };
      return issue.path.length === 0 ? problem : { ...problem, place: issue.path.map(String).join('.') };
    }),
  );
}
