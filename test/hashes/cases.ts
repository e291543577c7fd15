import { models } from '../../core/models/index.ts';
import type { ModelPlugin } from '../../core/models/model.ts';
import { generatedTables, type LearningTable, mixedTable } from './tables.ts';

/** How much work there is: `small` is quick on an emulated processor, `split` is shared out among threads by models that do. */
export type Size = 'small' | 'large' | 'split' | 'generated';
export const sizes: readonly Size[] = ['small', 'large', 'split', 'generated'];

/** A model to fit on a table, under the name that its hashes have in models.json. */
export interface HashCase extends LearningTable {
  readonly plugin: ModelPlugin;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Boosting shares its work out among threads from 20,000 training rows on, which are four of five of these. */
const WORTH_SPLITTING = 26_000;

const mixedTables = (n: number) => [0, 2, 3].map((nClasses) => mixedTable(n, nClasses));

/**
 * Models whose bits are ours to answer for: those that need nothing but their defaults (a program of the user's does not
 * count).
 */
const hashedModels = models.all.filter(({ params }) => params.safeParse({}).success);

/** Those of them that do not bound the rows they learn from, as slow ones do. */
export const quickModels = hashedModels.filter(({ params }) => !('max_rows' in params.shape));
const slowModels = hashedModels.filter((plugin) => !quickModels.includes(plugin));

/** Every model on every table of this size that it can learn. */
export function hashCases(size: Size): HashCase[] {
  if (size === 'large') return casesOf(quickModels, mixedTables(4000));
  if (size === 'split') return casesOf(quickModels.filter(hasTrees), mixedTables(WORTH_SPLITTING), fewTrees);
  if (size === 'generated') return casesOf(quickModels, generatedTables(), fewTrees);
  return [...casesOf(quickModels, mixedTables(300)), ...casesOf(slowModels, mixedTables(60))];
}

function casesOf(
  plugins: readonly ModelPlugin[],
  tables: readonly LearningTable[],
  params: (plugin: ModelPlugin) => Record<string, unknown> = () => ({}),
): HashCase[] {
  return tables.flatMap((table) =>
    plugins
      .filter(({ tasks }) => tasks.includes(table.nClasses === 0 ? 'regression' : 'classification'))
      .map((plugin) => ({
        ...table,
        plugin,
        params: params(plugin),
        name: `${plugin.id}: ${table.name}`,
      })),
  );
}

function hasTrees({ params }: ModelPlugin): boolean {
  return 'n_estimators' in params.shape;
}

/** A tenth of the default number of trees: as much to go wrong, in a tenth of the time. */
function fewTrees(plugin: ModelPlugin): Record<string, unknown> {
  return hasTrees(plugin) ? { n_estimators: 10 } : {};
}
