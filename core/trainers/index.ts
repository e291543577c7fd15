import { models } from '../models/index.ts';
import { createRegistry } from '../registry/registry.ts';
import { custom } from './custom/custom.ts';
import { libraryTrainer } from './library.ts';

const [first, ...rest] = models.all.map(libraryTrainer);

/** All that `models` in `mlops.yml` can name, in the order it is offered. */
export const trainers = createRegistry('model', [first!, ...rest, custom]);
