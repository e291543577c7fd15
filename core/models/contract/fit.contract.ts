import { expect } from 'vitest';
import type { WorkerPool } from '../../ports/worker-pool.ts';
import { createRandom } from '../../random/random.ts';
import { inlineWorkers } from '../inline-workers.ts';
import { formatModel } from '../model-file.ts';
import { type Check, dataOf, expectClose } from './check.fixture.ts';
import { inParts } from './in-parts.fixture.ts';
import { type LearningProblem, mixed, numbers, takeRows } from './problems.fixture.ts';
import { drawsRows, known, NO_DRAWS, poolOf, prepare, type Subject } from './subject.fixture.ts';
import { textOf } from './text-of.fixture.ts';

/** Settings other than the default, one at a time: switches turned, shares of 0.5. */
function variants({ plugin }: Subject): Record<string, unknown>[] {
  const defaults = plugin.params.parse({});
  return Object.keys(plugin.params.shape).flatMap((name) =>
    [true, false, 0.5]
      .map((value) => ({ [name]: value }))
      .filter((params) => plugin.params.safeParse(params).success && params[name] !== defaults[name]),
  );
}

/** What it takes for threads to pay: fewer rows for a model that refuses so many, for the time they would take. */
const MANY_ROWS = 20_500;
const MANY_TREES = { n_estimators: 12, max_iter: 5 };
let large: LearningProblem | undefined;

function largestFor({ plugin, quick }: Subject): LearningProblem {
  const { max_rows: most } = plugin.params.parse(quick);
  if (typeof most === 'number' && most < MANY_ROWS) return mixed();
  large ??= mixed(MANY_ROWS);
  return large;
}

/** A pool that counts the tasks of its largest map. */
function watched(pool: WorkerPool): { readonly pool: WorkerPool; readonly tasks: () => number } {
  let most = 0;
  return {
    tasks: () => most,
    pool: {
      threads: pool.threads,
      map(body, shared, tasks, options) {
        most = Math.max(most, tasks.length);
        return pool.map(body, shared, tasks, options);
      },
    },
  };
}

/** Learning is a function of rows, parameters and seed, and of nothing else. */
export const fitChecks: readonly Check[] = [
  {
    title: 'fitted twice is the same model, to the last byte',
    async run(subject) {
      expect(formatModel(await subject.fit(mixed()))).toEqual(formatModel(await subject.mixed()));
    },
  },
  {
    title: 'is the same model on one, two and three threads, also when two are fitted at a time, or one in parts',
    async run(subject) {
      const problem = largestFor(subject);
      const params = { ...subject.quick, ...known(subject.plugin, MANY_TREES) };
      const [two, three] = [watched(poolOf(2)), watched(poolOf(3))];
      const learn = async (workers: WorkerPool) => textOf((await subject.fit(problem, { params, workers })).fitted);
      const { data } = prepare(subject, problem);
      const learnInParts = async (workers: WorkerPool) => {
        const fit = await subject.plugin.start(data, params, { seed: 1, workers, warn: () => {} });
        return inParts(fit, [1, 2]);
      };
      const [model, twin] = await Promise.all([learn(two.pool), learn(two.pool)]);
      expect(twin).toBe(model);
      expect(await learn(three.pool)).toBe(model);
      expect(await learnInParts(three.pool)).toBe(model);
      if (two.tasks() + three.tasks() === 0) return 'it never asks for threads';
      expect([two.tasks(), three.tasks()]).toEqual([2, 3]);
      expect(await learn(inlineWorkers)).toBe(model);
      return undefined;
    },
  },
  {
    title: 'leaves features, target, keys and parameters as they are',
    async run(subject) {
      const data = { ...prepare(subject, mixed()).data, keys: mixed().values.slice() };
      const columns = data.features.columns.map((column) => Object.freeze(column));
      const frozen = Object.freeze({ ...data, features: Object.freeze({ ...data.features, columns }) });
      const before = structuredClone(frozen);
      const params = Object.freeze({ ...subject.quick });
      await subject.plugin.fit(frozen, params, { seed: 1, workers: inlineWorkers, warn: () => {} });
      expect(frozen).toEqual(before);
      expect(params).toEqual(subject.quick);
    },
  },
  {
    title: 'keeps what it has learned when the rows it learned from change',
    async run(subject) {
      const { data } = prepare(subject, mixed());
      const context = { seed: 1, workers: inlineWorkers, warn: () => {} };
      const fitted = await subject.plugin.fit(data, subject.quick, context);
      for (const column of data.features.columns) dataOf(column).fill(0);
      data.target.fill(0);
      expect(textOf(fitted)).toBe(textOf((await subject.mixed()).fitted));
    },
  },
  {
    title: 'says truly whether another seed gives another model',
    async run(subject) {
      const other = await subject.fit(mixed(), { seed: 2 });
      const isSame = textOf(other.fitted) === textOf((await subject.mixed()).fitted);
      expect(isSame).toBe(!subject.plugin.isRandom(subject.quick));
    },
  },
  {
    title: 'says truly of every setting that it is not random',
    concerns: (subject) => variants(subject).some((params) => !subject.plugin.isRandom(params)),
    async run(subject) {
      for (const variant of variants(subject)) {
        const params = { ...subject.quick, ...variant };
        if (subject.plugin.isRandom(params)) continue;
        const [one, two] = await Promise.all([1, 2].map((seed) => subject.fit(mixed(), { params, seed })));
        expect(textOf(one!.fitted), JSON.stringify(variant)).toBe(textOf(two!.fitted));
      }
    },
  },
  {
    title: 'predicts the same whatever the order of the rows it learned from',
    concerns: (subject) => !drawsRows(subject),
    async run(subject) {
      const params = { ...subject.quick, ...known(subject.plugin, NO_DRAWS) };
      const problem = numbers();
      const order = createRandom(1, 'order').shuffle([...problem.values.keys()]);
      const one = await subject.fit(problem, { params });
      const other = await subject.fit(takeRows(problem, order), { params });
      expectClose(other.predict(problem.table).outputs, one.predict(problem.table).outputs, 1e-9);
    },
  },
];
