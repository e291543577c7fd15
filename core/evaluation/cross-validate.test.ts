import { describe, expect, it } from 'vitest';
import { decided } from '../models/predictions.ts';
import type { FoldTask, FoldTrainer } from '../trainers/training.ts';
import { crossValidate } from './cross-validate.ts';
import { anEvaluationSet, aTable } from './evaluation-set.fixture.ts';

const table = aTable(50, 1, 'continuous');
const evaluationSet = anEvaluationSet(table);

/** Predicts for each row its place in the file, and 1000 more in the second repeat. */
function aTrainer(): { trainer: FoldTrainer; tasks: FoldTask[] } {
  const tasks: FoldTask[] = [];
  return {
    tasks,
    trainer: {
      async train(task) {
        tasks.push(task);
        const values = Float64Array.from(task.testRows, (row) => row + 1000 * task.repeat);
        return {
          predictions: decided({ outputs: values, nClasses: 0 }),
          model: null,
          modelFile: Uint8Array.of(task.fold, task.repeat),
          fitSeconds: 2,
          cpu: null,
          predictSeconds: 0.5,
          warnings: ['slow', `fold ${task.fold}`],
        };
      },
    },
  };
}
const validate = (trainer: FoldTrainer, changes: { nRepeats?: number; folds?: number[] } = {}) =>
  crossValidate({ trainer, nRepeats: 2, table, evaluationSet, folds: [0, 1, 2, 3, 4], seed: 42, ...changes });

describe('crossValidate', () => {
  it('has every row predicted once per repeat, by a fit that did not see it', async () => {
    const { trainer, tasks } = aTrainer();
    const { repeats } = await validate(trainer);
    expect(repeats.map(({ outputs }) => [...outputs])).toEqual([
      Array.from({ length: 50 }, (_, row) => row),
      Array.from({ length: 50 }, (_, row) => row + 1000),
    ]);
    for (const { trainRows, testRows } of tasks) {
      expect([...trainRows, ...testRows].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, row) => row));
    }
  });
  it('gives each fit a seed of its own, the same each time', async () => {
    const [first, again] = [aTrainer(), aTrainer()];
    await validate(first.trainer);
    await validate(again.trainer);
    const seeds = first.tasks.map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(10);
    expect(again.tasks.map(({ seed }) => seed)).toEqual(seeds);
  });
  it('keeps what fold 0 of the first repeat left, adds up times, and says each warning once', async () => {
    const found = await validate(aTrainer().trainer);
    expect(found).toMatchObject({ model: null, training: null, fitSeconds: 20, cpu: null, predictSeconds: 5 });
    expect(found.modelFile).toEqual(Uint8Array.of(0, 0));
    expect(found.warnings).toEqual(['slow', 'fold 0', 'fold 1', 'fold 2', 'fold 3', 'fold 4']);
  });
  it('trains for the folds asked for, on all the others', async () => {
    const { trainer, tasks } = aTrainer();
    await validate(trainer, { folds: [0], nRepeats: 3 });
    expect(tasks.map(({ fold, repeat }) => [fold, repeat])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
    expect(tasks[0]!.trainRows.length + tasks[0]!.testRows.length).toBe(50);
  });
});
