import { type ClosableWorkerPool, createWorkerPool } from '../../io/worker-pool.ts';
import type { WorkerPool } from '../../ports/worker-pool.ts';
import { fitPreprocessor, type Preprocessor } from '../../preprocessing/preprocessor.ts';
import type { Task } from '../../table/task.ts';
import { inlineWorkers } from '../inline-workers.ts';
import type { ModelPlugin, TrainingData } from '../model.ts';
import { createTrainedModel, type TrainedModel } from '../trained-model.ts';
import { type LearningProblem, mixed, targetOf } from './problems.fixture.ts';
import { textOf } from './text-of.fixture.ts';

type Params = Readonly<Record<string, unknown>>;

interface FitOptions {
  readonly params?: Params;
  readonly seed?: number;
  readonly workers?: WorkerPool;
  readonly weights?: Float64Array;
  /** What preprocessing is learned from; absent: the problem itself. */
  readonly preprocessedBy?: LearningProblem;
}

/** A model for a task, as the checks see it. */
export interface Subject {
  readonly plugin: ModelPlugin;
  readonly task: Task;
  /** Few trees and steps: as good a test of everything but accuracy. */
  readonly quick: Params;
  /** Learns with `quick` parameters unless others are given. */
  fit(problem: LearningProblem, options?: FitOptions): Promise<TrainedModel>;
  /** The model of `mixed()`, learned once for all checks. */
  mixed(): Promise<TrainedModel>;
  /** Whether rows may have weights; those that refuse say so in a check of its own. */
  takesWeights(): Promise<boolean>;
  /** Whether what it learns is the same whatever the features: no better than guessing, and not meant to be. */
  ignoresFeatures(): Promise<boolean>;
}

/** By name of parameter, used where a model has it. */
const QUICK: Params = { n_estimators: 6, max_iter: 100 };

/** For models that can be told to learn from each row once. */
export const NO_DRAWS: Params = { bootstrap: false };

/** Whether it draws its rows, by their place, and cannot be told not to: then their order is part of the seed. */
export function drawsRows({ plugin, quick }: Pick<Subject, 'plugin' | 'quick'>): boolean {
  return plugin.isRandom(quick) && Object.keys(known(plugin, NO_DRAWS)).length === 0;
}

/** These of the parameters that the model has. */
export function known(plugin: ModelPlugin, params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => name in plugin.params.shape));
}

/** The problem as the model is given it; `by` is what preprocessing is learned from. */
export function prepare(
  { plugin, task }: Pick<Subject, 'plugin' | 'task'>,
  problem: LearningProblem,
  by: LearningProblem = problem,
): { preprocessor: Preprocessor; data: TrainingData } {
  const { target, nClasses } = targetOf(problem, task);
  const columns = problem.table.columns.map(({ name }) => name);
  const preprocessor = fitPreprocessor(by.table, columns, undefined, plugin.encoding);
  const features = preprocessor.transform(problem.table, [...target.keys()]);
  return { preprocessor, data: { features, target, nClasses } };
}

export function createSubject(plugin: ModelPlugin, task: Task): Subject {
  const quick = known(plugin, QUICK);
  const learn = async (problem: LearningProblem, options: FitOptions = {}): Promise<TrainedModel> => {
    const { params = quick, seed = 1, workers = inlineWorkers, weights, preprocessedBy = problem } = options;
    const { preprocessor, data } = prepare({ plugin, task }, problem, preprocessedBy);
    const context = { seed, workers, warn: () => {} };
    const fitted = await plugin.fit({ ...data, ...(weights && { weights }) }, params, context);
    return createTrainedModel(plugin.id, data.nClasses, preprocessor, fitted);
  };
  const learned = once(() => learn(mixed()));
  return {
    plugin,
    task,
    quick,
    fit: learn,
    mixed: learned,
    takesWeights: once(() =>
      learn(mixed(), { weights: new Float64Array(120).fill(1) }).then(
        () => true,
        () => false,
      ),
    ),
    ignoresFeatures: once(async () => {
      const { fitted } = await learned();
      const blind = await learn({ ...mixed(), table: mixed().table.select([]) });
      return textOf(fitted) === textOf(blind.fitted);
    }),
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

const pools: ClosableWorkerPool[] = [];

/** A pool of so many threads, shared by all checks. */
export function poolOf(threads: number): WorkerPool {
  const open = pools.find((pool) => pool.threads === threads) ?? createWorkerPool(threads);
  if (!pools.includes(open)) pools.push(open);
  return open;
}

export async function closePools(): Promise<void> {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
}
