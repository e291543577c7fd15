import { createRegistry } from '../../registry/registry.ts';
import { grid } from './grid.ts';
import { qmc } from './qmc.ts';
import { random } from './random.ts';
import { tpe } from './tpe.ts';

/** The ways to choose the parameters of the next trial. */
export const samplers = createRegistry('sampler', [tpe, random, grid, qmc]);
