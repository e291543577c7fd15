import fc from 'fast-check';
import { expect } from 'vitest';
import type { WorkerPool } from '../../ports/worker-pool.ts';
import { inlineWorkers } from '../inline-workers.ts';
import type { Fit } from '../model.ts';
import type { Check } from './check.fixture.ts';
import { collectGarbage } from './garbage.fixture.ts';
import { inParts } from './in-parts.fixture.ts';
import { mixed } from './problems.fixture.ts';
import { known, prepare, type Subject } from './subject.fixture.ts';
import { textOf } from './text-of.fixture.ts';

/** Parameters that say how many steps there are, by the names of scikit-learn. */
const STEPS = 'n_estimators';
const ONE_STEP = 'it learns in one step';

type Options = { readonly params?: Readonly<Record<string, unknown>>; readonly workers?: WorkerPool };

function start(subject: Subject, { params = subject.quick, workers = inlineWorkers }: Options = {}): Promise<Fit> {
  const { data } = prepare(subject, mixed());
  return subject.plugin.start(data, params, { seed: 1, workers, warn: () => {} });
}

/** A fit under way gives the models that shorter fits give, and costs nothing once it is closed. */
export const stepsChecks: readonly Check[] = [
  {
    title: 'is the same model however its steps are split into calls',
    async run(subject) {
      const whole = textOf((await subject.mixed()).fitted);
      const isWhole = fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }), async (parts) => {
        return (await inParts(await start(subject), parts)) === whole;
      });
      expect((await fc.check(isWhole, { numRuns: 8 })).counterexample).toBeNull();
    },
  },
  {
    title: 'gives after some steps the model that has only these',
    async run(subject) {
      if (!(STEPS in subject.plugin.params.shape)) return ONE_STEP;
      const fit = await start(subject);
      if (fit.steps === 1) return ONE_STEP;
      try {
        for (const steps of [1, 2, 4]) {
          await fit.advance(steps - fit.done);
          const shorter = await subject.fit(mixed(), { params: { ...subject.quick, [STEPS]: steps } });
          expect(textOf(fit.snapshot())).toBe(textOf(shorter.fitted));
        }
      } finally {
        fit.close();
      }
      return undefined;
    },
  },
  {
    title: 'counts its steps, and makes no more than there are',
    async run(subject) {
      const fit = await start(subject);
      const most = fit.steps;
      try {
        expect(most).toBeGreaterThanOrEqual(1);
        expect(fit.done).toBe(0);
        await fit.advance(1);
        expect(fit.done).toBe(1);
        const both = [fit.advance(most), fit.advance(most)];
        await Promise.all(both);
        expect(fit.done).toBe(fit.steps);
        expect(fit.steps).toBeLessThanOrEqual(most);
        expect(textOf(fit.snapshot())).toBe(textOf((await subject.mixed()).fitted));
      } finally {
        fit.close();
      }
    },
  },
  {
    title: 'refuses steps that are no whole number, a model before the first step, and anything once it is closed',
    async run(subject) {
      const fit = await start(subject);
      for (const steps of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
        await expect(fit.advance(steps)).rejects.toThrow(RangeError);
      expect(() => fit.snapshot()).toThrow('not made a step');
      fit.close();
      await expect(fit.advance(1)).rejects.toThrow('closed');
      expect(() => fit.snapshot()).toThrow('closed');
      expect(() => fit.finish()).toThrow('closed');
    },
  },
  {
    title: 'finishes early with the model of the steps so far, and twice with the same one',
    async run(subject) {
      const fit = await start(subject);
      await fit.advance(1);
      const before = textOf(fit.snapshot());
      const model = fit.finish();
      expect(textOf(model)).toBe(before);
      expect(fit.finish()).toBe(model);
      await expect(fit.advance(1)).rejects.toThrow('closed');
    },
  },
  {
    title: 'keeps a model that was taken from it as it is while it goes on',
    async run(subject) {
      const fit = await start(subject);
      try {
        await fit.advance(1);
        const early = fit.snapshot();
        const before = textOf(early);
        await fit.advance(Math.max(1, fit.steps - fit.done));
        fit.snapshot();
        expect(textOf(early)).toBe(before);
      } finally {
        fit.close();
      }
    },
  },
  {
    title: 'gives up its memory when it is closed, though a model that was taken from it lives on',
    async run(subject) {
      const params = { ...subject.quick, ...known(subject.plugin, { n_estimators: 3 }) };
      const { pool, memories } = withMemories(inlineWorkers);
      const fit = await start(subject, { params, workers: pool });
      await fit.advance(1);
      const model = fit.snapshot();
      const text = textOf(model);
      if (memories.length === 0) return 'it shares no memory with threads';
      await collectGarbage();
      expect(memories.map((memory) => memory.deref() !== undefined)).toContain(true);
      fit.close();
      await collectGarbage();
      expect(memories.map((memory) => memory.deref())).toEqual(memories.map(() => undefined));
      expect(textOf(model)).toBe(text);
      return undefined;
    },
  },
];

/** A pool that remembers, without keeping it alive, the memory that tasks share. */
function withMemories(pool: WorkerPool): { readonly pool: WorkerPool; readonly memories: WeakRef<object>[] } {
  const memories: WeakRef<object>[] = [];
  return {
    memories,
    pool: {
      threads: pool.threads,
      map(body, shared, tasks, options) {
        for (const value of Object.values(shared as object))
          if (value instanceof WebAssembly.Memory) memories.push(new WeakRef(value));
        return pool.map(body, shared, tasks, options);
      },
    },
  };
}
