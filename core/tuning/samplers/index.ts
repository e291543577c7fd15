import { createRegistry } from '../../registry/registry.ts';
import { random } from './random.ts';
import { tpe } from './tpe.ts';

/** The ways to choose the parameters of the next trial. */
export const samplers = createRegistry('sampler', [tpe, random]);
