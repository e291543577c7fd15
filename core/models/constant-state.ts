import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';

/** A model that predicts the same for every row. */
export interface ConstantState {
  readonly kind: 'constant';
  /** The value, or the probability of each class. */
  readonly values: readonly number[];
}

const stored = z.strictObject({ values: z.array(z.number().finite()).min(1).max(256) });

export function constantToJson({ values }: ConstantState): z.infer<typeof stored> {
  return { values: [...values] };
}

/**
 * What `constantToJson` gave, which is hostile input.
 *
 * @throws StoreError when it is not that.
 */
export function constantFromJson(json: unknown): ConstantState {
  const parsed = stored.safeParse(json);
  if (!parsed.success)
    throw new StoreError({ message: `the dummy in the model file is broken: ${parsed.error.issues[0]!.message}` });
  return { kind: 'constant', values: parsed.data.values };
}
