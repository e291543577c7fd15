import { models } from '../../core/models/index.ts';
import type { ModelPlugin } from '../../core/models/model.ts';
import { generatedTables, type LearningTable, mixedTable } from './tables.ts';

/** How much work there is: `small` is quick on an emulated processor, `large` is split over threads by models that do. */
export type Size = 'small' | 'large' | 'generated';
export const sizes: readonly Size[] = ['small', 'large', 'generated'];

/** A model to fit on a table, under the name that its hashes have in models.json. */
export interface HashCase extends LearningTable {
  readonly plugin: ModelPlugin;
  readonly params: Readonly<Record<string, unknown>>;
}

const TABLES: Readonly<Record<Size, () => LearningTable[]>> = {
  small: () => [0, 2, 3].map((nClasses) => mixedTable(300, nClasses)),
  large: () => [0, 2, 3].map((nClasses) => mixedTable(4000, nClasses)),
  generated: generatedTables,
};

/**
 * Models whose bits are ours to answer for: those that need nothing but their defaults (a program of the user's does not
 * count).
 */
export const hashedModels = models.all.filter(({ params }) => params.safeParse({}).success);

/** Every model on every table of this size that it can learn. */
export function hashCases(size: Size): HashCase[] {
  const plugins = hashedModels.filter((plugin) => size === 'small' || takesManyRows(plugin));
  return TABLES[size]().flatMap((table) =>
    plugins
      .filter(({ tasks }) => tasks.includes(table.nClasses === 0 ? 'regression' : 'classification'))
      .map((plugin) => ({
        ...table,
        plugin,
        params: size === 'generated' ? fewTrees(plugin) : {},
        name: `${plugin.id}: ${table.name}`,
      })),
  );
}

/** Models that bound the rows they learn from take too long beyond a few hundred. */
function takesManyRows({ params }: ModelPlugin): boolean {
  return !('max_rows' in params.shape);
}

/** A fifth of the default number of trees: as much to go wrong, in a fifth of the time. */
function fewTrees({ params }: ModelPlugin): Record<string, unknown> {
  return 'n_estimators' in params.shape ? { n_estimators: 20 } : {};
}
