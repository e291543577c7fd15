import type { Change } from '../changes.ts';
import type { ModelId } from '../model-id.ts';
import type { PlannedRun } from '../plan.ts';
import type { Trainee } from '../train-run.ts';
import { type HardTable, hardTables } from './hard-tables.ts';

/** One model on one hard table. */
export interface HardGroup extends Trainee {
  readonly name: string;
  readonly table: HardTable;
  readonly runs: readonly PlannedRun[];
  /** Place of the run that the default branch had before the baseline. The change to the baseline was harmless, and moved many rows. */
  readonly before: number;
  readonly kinds: readonly HarmlessKind[];
  readonly replicates: number;
}

/** A change that makes nothing worse: places of the two runs in the group's list. */
export interface HarmlessKind {
  readonly id: 'seed' | 'twin' | 'nudge' | 'trade';
  readonly baseline: number;
  readonly candidate: number;
  /** What it is judged on, since it says nothing of other metrics. */
  readonly metrics: readonly string[];
}

/** Those before are for trying things out. */
export const FIRST_HARD_REPLICATE = 200;
/** So many tell 10 false alarms of 1,000 from more than 18: of 240 replicates 18 of 1,000 would be four. */
const REPLICATES = 1000;
/** One replicate in so many tells what a harm does on average. */
export const TAUGHT_BY = 4;
/** Replicates that a thread works off at a time. */
export const CHUNK = 20;

const PARAMS: Partial<Record<ModelId, Readonly<Record<string, unknown>>>> = {
  random_forest: { n_estimators: 6, min_samples_leaf: 3, max_features: 2 },
};

/** A parameter that moves predictions in the third digit, and decides for another class in hardly any row. */
const NUDGES: Partial<Record<ModelId, Readonly<Record<string, unknown>>>> = {
  logistic_regression: { C: 1.05 },
  linear_regression: { alpha: 1.5 },
};

/** Metrics of decisions, which a threshold can trade one kind of error for another in. */
const OF_DECISIONS = ['accuracy', 'f1'];

export const hardGroups: readonly HardGroup[] = hardTables.flatMap((table) =>
  modelsOf(table).map((model) => groupOf(table, model)),
);

/** Forests where a table is hard in a way of its own, or has the fewest or the most rows of its kind. */
function modelsOf({ task, withForest }: HardTable): readonly ModelId[] {
  const linear = task === 'regression' ? 'linear_regression' : 'logistic_regression';
  return withForest ? [linear, 'random_forest'] : [linear];
}

function groupOf(table: HardTable, model: ModelId): HardGroup {
  const { target, task, features, split, metrics, learned, twins, rows } = table;
  const learn = (columns: readonly string[], params?: Change['params']): Change => ({
    id: `learns ${columns.join(', ')}`,
    features: () => columns,
    ...(params && { params }),
  });
  const runs: PlannedRun[] = [{ change: learn(learned), seed: 1 }];
  const swapped = learned.map((name) => (name === twins?.[0] ? twins[1] : name));
  const kinds: HarmlessKind[] = [];
  const add = (kind: HarmlessKind['id'], change: Change) => {
    runs.push({ change, seed: runs.length + 1 });
    kinds.push({ id: kind, baseline: 0, candidate: runs.length - 1, metrics });
  };
  const nudge = NUDGES[model];
  if (nudge) add('nudge', learn(learned, nudge));
  else add('seed', learn(learned));
  if (twins) add('twin', learn(swapped));
  const decided = metrics.filter((metric) => OF_DECISIONS.includes(metric));
  if (nudge && decided.length > 0 && table.bond === 'none')
    kinds.push({ id: 'trade', baseline: 0, candidate: 0, metrics: decided });
  // The last feature is the least one: of `d` nothing depends.
  const before = runs.push({ change: learn(swapped.slice(0, -1)), seed: runs.length + 1 }) - 1;
  return {
    ...{ name: `${table.id}-${model}`, table, model, size: rows, metrics, runs, before, kinds },
    replicates: REPLICATES,
    source: { id: table.id, target, task, features, ...(split && { split }) },
    params: PARAMS[model] ?? {},
  };
}
