import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import type { Evaluation, Objective } from './objective.ts';
import { runStudy } from './run-study.ts';
import { memoryJournal, someStudy } from './study.fixture.ts';

/** A model of some steps with a loss at each, and the steps at which it was asked. */
function objectiveOf(steps: number, loss: (params: Readonly<Record<string, unknown>>, step: number) => number) {
  const asked: number[] = [];
  let open = 0;
  const objective: Objective = {
    async evaluate(params): Promise<Evaluation> {
      open++;
      let done = 0;
      return {
        steps,
        get done() {
          return done;
        },
        async advanceTo(step) {
          done = step;
        },
        value() {
          asked.push(done);
          return loss(params, done);
        },
        close() {
          open--;
        },
      };
    },
  };
  return { objective, asked, open: () => open };
}

const run = async (objective: Objective, trials: number, journal = memoryJournal()) => {
  const study = await someStudy(journal);
  const progress: number[] = [];
  const end = await runStudy(study, {
    ...{ trials, objective: () => objective, shouldEnd: () => null, progress: (nEnded) => progress.push(nEnded) },
    paramsOf: ({ params }) => params,
  });
  return { study, end, progress };
};

describe('runStudy', () => {
  it('reports on the way at steps that trials of any length share, and at last has the value of the whole', async () => {
    const { objective, asked, open } = objectiveOf(40, (_, step) => 1 / step);
    const { study, end, progress } = await run(objective, 1);
    expect(asked).toEqual([10, 15, 23, 35, 40]);
    expect(study.trials[0]).toMatchObject({ state: 'complete', value: 1 / 40 });
    expect(study.trials[0]!.reports.map(({ step }) => step)).toEqual([10, 15, 23, 35]);
    expect([end, progress, open()]).toEqual(['complete', [0, 1], 0]);
  });

  it('reports nothing of a model that learns in one step', async () => {
    const { objective, asked } = objectiveOf(1, () => 1);
    await run(objective, 3);
    expect(asked).toEqual([1, 1, 1]);
  });

  it('counts a trial that cannot be trained, or has no value, as failed, and goes on', async () => {
    const { objective, open } = objectiveOf(1, ({ x }) => (Number(x) < 0 ? Number.NaN : 1));
    const failing: Objective = {
      async evaluate(params) {
        if (Number(params.x) > 3) throw new DataError({ message: 'x is too large' });
        return objective.evaluate(params);
      },
    };
    const { study } = await run(failing, 30);
    const failures = study.trials.map(({ failure }) => failure).filter((failure) => failure !== null);
    expect(new Set(failures)).toEqual(new Set(['x is too large', 'the metric is undefined on the inner folds']));
    expect(study.trials).toHaveLength(30);
    expect(open()).toBe(0);
  });

  it('does not begin without a value of the current parameters, and tries them again the next time', async () => {
    const journal = memoryJournal();
    await expect(run(objectiveOf(1, () => Number.NaN).objective, 5, journal)).rejects.toThrow(
      'the metric is undefined',
    );
    const { study } = await run(objectiveOf(1, () => 1).objective, 2, journal);
    expect(study.trials.map(({ state, isCurrent }) => [state, isCurrent])).toEqual([
      ['failed', true],
      ['complete', true],
    ]);
  });

  it('passes a bug on, and leaves no trial running', async () => {
    const journal = memoryJournal();
    const { objective, open } = objectiveOf(1, () => {
      throw new TypeError('a bug');
    });
    await expect(run(objective, 5, journal)).rejects.toThrow('a bug');
    expect((await someStudy(journal)).trials[0]).toMatchObject({ state: 'failed', isAbandoned: true });
    expect(open()).toBe(0);
  });
});
