import { budgets } from '../budgets/index.ts';
import { generators } from '../datasets/index.ts';
import type { Injection } from '../datasets/injectors/index.ts';
import type { BudgetGate, Gate } from '../gates/gate-schema.ts';
import type { Gates } from '../gates/gates.ts';
import { type DatasetTuning, datasetTuningOf, NOTHING_SAID, spaceRules } from '../tuning/tuning.ts';
import { declaredReading } from './columns-key.ts';
import type { CamelCase, ConfigKey } from './config-key.ts';
import { driftKey } from './drift-key.ts';
import { type ConfiguredModel, configuredModels, type WrittenModelLayers } from './resolve-models.ts';
import type { DatasetFile } from './schema.ts';

/** How a table is generated. `current`: the path of a second table, drifted as `drift` says; null: there is none. */
export interface GeneratorConfig {
  readonly id: string;
  readonly rows: number;
  readonly seed: number;
  readonly current: string | null;
  readonly drift: readonly Injection[];
}

interface DatasetKey<Key extends string, Written, Value> extends ConfigKey<Key, Written, Value, WrittenModelLayers> {
  /** It changes the numbers of a run, so it is part of the hash of the run's inputs. */
  readonly isInput: boolean;
  /** The table or the model resolves it, and the result is hashed: writing a default out then changes no hash. */
  readonly isHashedResolved?: boolean;
  /** What of a value that is hashed resolved is hashed as written besides. */
  hashedAsWritten?(value: Value): unknown;
}

/** One key. `normalise` must come first: the other types follow from what it returns. */
function datasetKey<const Key extends keyof DatasetFile, Value>(
  key: Key,
  rest: Omit<DatasetKey<Key, DatasetFile[Key], Value>, 'key'>,
): DatasetKey<Key, DatasetFile[Key], Value> {
  return { key, ...rest };
}

const table = [
  datasetKey('path', { normalise: (path) => path, isJudgeKey: false, isInput: false }),
  // A change says for itself which table it has. Of what is hashed, the table's own digest is a part.
  datasetKey('sha256', { normalise: orNull, isJudgeKey: false, isInput: false, whenNull: 'any table' }),
  datasetKey('generator', { normalise: generatorOf, isJudgeKey: false, isInput: false, whenNull: 'none' }),
  datasetKey('delimiter', {
    normalise: orNull,
    isJudgeKey: false,
    isInput: true,
    isHashedResolved: true,
    whenNull: 'detected in the header',
  }),
  datasetKey('decimal', { normalise: orNull, isJudgeKey: false, isInput: true, whenNull: 'a point' }),
  datasetKey('thousands', { normalise: orNull, isJudgeKey: false, isInput: true, whenNull: 'none' }),
  datasetKey('missing', {
    normalise: orNull,
    isJudgeKey: false,
    isInput: true,
    whenNull: 'the texts that pandas reads as missing',
  }),
  datasetKey('target', { normalise: (column) => column, isJudgeKey: true, isInput: true, isHashedResolved: true }),
  datasetKey('task', {
    normalise: orNull,
    isJudgeKey: true,
    isInput: true,
    isHashedResolved: true,
    whenNull: 'inferred from the target',
  }),
  datasetKey('target_missing', { normalise: (policy) => policy, isJudgeKey: false, isInput: true }),
  datasetKey('pos_label', {
    normalise: (label) => (label === undefined ? null : String(label)),
    isJudgeKey: true,
    isInput: true,
    isHashedResolved: true,
    whenNull: 'the last class in order',
  }),
  datasetKey('columns', {
    normalise: (columns) => columns,
    isJudgeKey: false,
    isInput: true,
    isHashedResolved: true,
    hashedAsWritten: declaredReading,
  }),
  datasetKey('split', {
    normalise: (split) => ({ ...split, group: split.group ?? null, time: split.time ?? null }),
    isJudgeKey: true,
    isInput: true,
    whenNull: { group: 'none', time: 'none' },
  }),
  datasetKey('metrics', {
    normalise: (ids): readonly string[] => [...new Set(ids ?? [])],
    isJudgeKey: true,
    isInput: true,
    isHashedResolved: true,
    written: (ids) => (ids.length === 0 ? null : ids),
    whenNull: 'the defaults that suit the target',
  }),
  datasetKey('models', {
    normalise: (_, layers): readonly ConfiguredModel[] => configuredModels(layers),
    isJudgeKey: true,
    isInput: true,
    isHashedResolved: true,
    // The base decides which models there must be; `plannedModels` adds those that a change drops. Parameters are the change's.
    rules: (models) => ({ '': models.map(({ id }) => id) }),
    decidedByBase: (own) => own,
    written: (models) => Object.fromEntries(models.map(({ id, params }) => [id, params])),
  }),
  datasetKey('slices', {
    normalise: (columns): readonly string[] => [...new Set(columns)],
    isJudgeKey: true,
    isInput: true,
  }),
  datasetKey('threshold', { normalise: (threshold) => threshold, isJudgeKey: false, isInput: true }),
  datasetKey('cost', { normalise: orNull, isJudgeKey: false, isInput: true, whenNull: 'only for `threshold: cost`' }),
  datasetKey('calibration', { normalise: orNull, isJudgeKey: false, isInput: true, whenNull: 'none' }),
  datasetKey('tuning', {
    normalise: (tuning): DatasetTuning | null => (tuning === undefined ? null : datasetTuningOf(tuning)),
    isJudgeKey: true,
    isInput: false,
    rules: (tuning) => spaceRules(tuning?.spaces ?? {}),
    decidedByBase: (own, base) => (own || base ? { ...(own ?? NOTHING_SAID), spaces: base?.spaces ?? {} } : null),
    whenNull: Object.fromEntries(
      ['', 'pipeline', 'trials', 'sampler', 'pruner', 'timeout'].map((name) => [
        name,
        "as the project's `tuning` says",
      ]),
    ),
  }),
  datasetKey('gates', {
    normalise: gatesOf,
    isJudgeKey: true,
    isInput: false,
    rules: ({ model, byMetric, byBudget, bySlice }) => ({
      model,
      ...byMetric,
      ...byBudget,
      ...Object.fromEntries(Object.entries(bySlice).map(([metric, gate]) => [`slices.${metric}`, gate])),
    }),
    written: ({ model, byMetric, byBudget, bySlice }) => ({ model, ...byMetric, ...byBudget, slices: bySlice }),
    whenNull: { model: 'the one with the best primary metric' },
  }),
  datasetKey('drift', { ...driftKey, isInput: false }),
] as const;

type Entry = (typeof table)[number];

/** The keys of a dataset, as `mlops config` prints them. */
export const datasetKeys: readonly DatasetKey<string, unknown, unknown>[] = table;

/** One dataset of `mlops.yml`. Null: depends on the table, or is not set. */
export type DatasetConfig = { readonly id: string } & {
  readonly [E in Entry as CamelCase<E['key']>]: ReturnType<E['normalise']>;
};

function orNull<Value>(value: Value): Exclude<Value, undefined> | null {
  return value === undefined ? null : (value as Exclude<Value, undefined>);
}

function generatorOf(written: DatasetFile['generator']): GeneratorConfig | null {
  if (!written) return null;
  const generator = generators.get(written.id);
  const { rows = generator.defaultRows, seed, current = null, drift } = written;
  return {
    id: generator.id,
    rows,
    seed,
    current,
    drift: (drift as readonly Injection[] | undefined) ?? generator.drift,
  };
}

function gatesOf(gates: DatasetFile['gates']): Gates {
  const { model = null, slices = {}, ...rules } = gates;
  const written = Object.entries(rules).filter(([, gate]) => gate !== undefined);
  return {
    model,
    byMetric: Object.fromEntries(written.filter(([id]) => !budgets.has(id))) as Record<string, Gate>,
    byBudget: Object.fromEntries(written.filter(([id]) => budgets.has(id))) as Record<string, BudgetGate>,
    bySlice: slices as Record<string, Gate>,
  };
}
