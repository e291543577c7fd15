import { models } from '../models/index.ts';
import { createRegistry } from '../registry/registry.ts';
import type { Task } from '../table/task.ts';
import { custom } from './custom/custom.ts';
import { libraryTrainer } from './library.ts';

const [first, ...rest] = models.all.map(libraryTrainer);

/** All that `models` in `mlops.yml` can name, in the order it is offered. */
export const trainers = createRegistry('model', [first!, ...rest, custom]);

/** The models that a dataset of this task gets when it lists none, and the project names no command. */
export function defaultModels(task: Task): string[] {
  return trainers.all
    .filter(({ tasks, isDefault }) => tasks.includes(task) && isDefault(undefined))
    .map(({ id }) => id);
}
