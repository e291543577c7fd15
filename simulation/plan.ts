import { type Change, degradations, rearranged, redrawn, renamed } from './changes.ts';
import type { ModelId } from './model-id.ts';
import { SIZES, type Size, type Source, sources } from './tables.ts';

/** Runs of one model on one table, the same for every replicate. */
export interface Group {
  readonly source: Source;
  readonly size: Size;
  readonly model: ModelId;
  readonly params: Readonly<Record<string, unknown>>;
  /** Gated metrics, one gate at a time. */
  readonly metrics: readonly string[];
  readonly replicates: number;
  readonly runs: readonly PlannedRun[];
  readonly pairs: readonly Pair[];
  /** Places of the runs that differ in nothing but their seed, as they come about on main; none of a model without seeds. */
  readonly onMain: readonly number[];
}

export interface PlannedRun {
  readonly change?: Change;
  readonly seed: number;
}

/** A simulated pull request: places of two runs in the group's list. */
export interface Pair {
  /** One of `HARMLESS` makes nothing worse; anything else is the id of a change that does. */
  readonly kind: string;
  readonly baseline: number;
  readonly candidate: number;
}

/** Kinds of changes that make nothing worse. */
export const HARMLESS: readonly string[] = ['seed', 'columns', 'renamed', 'folds'];
/** The one of them that no pull request can be: only the default branch draws folds anew. */
export const NO_PULL_REQUEST = 'folds';

const PARAMS: Readonly<Record<ModelId, Readonly<Record<string, unknown>>>> = {
  random_forest: { n_estimators: 12, min_samples_leaf: 5, max_features: 3 },
  gradient_boosting: { n_estimators: 25, learning_rate: 0.2, max_leaf_nodes: 15, subsample: 0.7 },
  linear_regression: {},
  logistic_regression: {},
};

/** Where few rows are positive, boosting with a large step runs away from them. */
const PARAMS_OF_RARE: Partial<typeof PARAMS> = { gradient_boosting: { learning_rate: 0.1 } };

/** Replicates of each table: with two or three tables of a size and task, at least a hundred in each cell. */
const REPLICATES = 50;
/** Of a table that is alone in its cells. */
const REPLICATES_ALONE = 100;
/** Those before are the ones that rules were tried on while they were made. */
export const FIRST_REPLICATE = 200;
/** Runs on main with nothing but another seed; what a comparison with earlier runs knows. */
const BASE_RUNS = 6;

export const groups: readonly Group[] = SIZES.flatMap((size) =>
  sources
    .filter(({ sizes }) => sizes.includes(size))
    .flatMap((source) => modelsFor(source).map((model) => groupOf(source, size, model))),
);

/** A group's name in files. */
export function nameOf({ source, size, model }: Group): string {
  return `${source.id}-${size}-${model}`;
}

/** Where few rows are positive, only models with seeds: the others predict the same after every harmless change. */
function modelsFor({ task, rare }: Source): readonly ModelId[] {
  if (rare) return ['random_forest', 'gradient_boosting'];
  return ['random_forest', 'gradient_boosting', task === 'regression' ? 'linear_regression' : 'logistic_regression'];
}

function groupOf(source: Source, size: Size, model: ModelId): Group {
  const isRandom = model === 'random_forest' || model === 'gradient_boosting';
  const runs: PlannedRun[] = [];
  const pairs: Pair[] = [];
  const add = (change?: Change) => runs.push({ ...(change && { change }), seed: runs.length + 1 }) - 1;
  const both = (kind: string, a: number, b: number) =>
    pairs.push({ kind, baseline: a, candidate: b }, { kind, baseline: b, candidate: a });
  const base = Array.from({ length: isRandom ? BASE_RUNS : 1 }, () => add());
  if (isRandom) {
    for (let i = 0; i < base.length; i += 2) both('seed', base[i]!, base[i + 1]!);
    both('columns', base[0]!, add(rearranged));
    both('renamed', base[1]!, add(renamed(2)));
    both('folds', base[2]!, add(redrawn(3)));
  } else {
    both('columns', base[0]!, add(rearranged));
    both('renamed', base[0]!, add(renamed(2)));
    both('folds', base[0]!, add(redrawn(3)));
    both('folds', add(redrawn(4)), add(redrawn(5)));
  }
  for (const [i, change] of degradations(source, size, model).entries()) {
    const candidate = add(change);
    const beside = isRandom ? [base[i % base.length]!, base[(i + 1) % base.length]!] : base;
    for (const baseline of beside) pairs.push({ kind: change.id, baseline, candidate });
  }
  return {
    ...{ source, size, model, runs, pairs, onMain: isRandom ? base : [] },
    params: source.rare ? { ...PARAMS[model], ...PARAMS_OF_RARE[model] } : PARAMS[model],
    metrics: source.metrics,
    replicates: source.rare ? REPLICATES_ALONE : REPLICATES,
  };
}
