import { z } from 'zod';
import { createRandom } from '../../random/random.ts';
import { createRegistry } from '../../registry/registry.ts';
import type { Table } from '../../table/table.ts';
import { categorySwap } from './category-swap.ts';
import { labelShift } from './label-shift.ts';
import { meanShift } from './mean-shift.ts';
import { missing } from './missing.ts';
import { newCategory } from './new-category.ts';
import { scale } from './scale.ts';
import { slowTrend } from './slow-trend.ts';

/** All kinds of injected drift. */
export const injectors = createRegistry('drift injector', [
  meanShift,
  scale,
  slowTrend,
  missing,
  categorySwap,
  newCategory,
  labelShift,
]);

/** A kind of drift with its parameters, as in `mlops.yml`. */
export const injectionSchema = z.discriminatedUnion('id', [
  withId(meanShift),
  withId(scale),
  withId(slowTrend),
  withId(missing),
  withId(categorySwap),
  withId(newCategory),
  withId(labelShift),
]);
export interface Injection {
  readonly id: (typeof injectors.ids)[number];
  readonly [param: string]: unknown;
}

/**
 * Applies these injections to the table, one after the other.
 *
 * @throws RangeError when a column is not in the table or has the wrong kind.
 */
export function injectDrift(table: Table, injections: readonly Injection[], seed: number): Table {
  return injections.reduce(
    (drifted, { id, ...params }, i) =>
      injectors.get(id).inject(drifted, params, createRandom(seed, `drift ${i} ${id}`)),
    table,
  );
}

function withId<const Id extends string, Params extends z.ZodObject>({
  id,
  params,
}: {
  readonly id: Id;
  readonly params: Params;
}) {
  return params.extend({ id: z.literal(id) });
}
