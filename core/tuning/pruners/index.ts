import { createRegistry } from '../../registry/registry.ts';
import { median } from './median.ts';
import { none } from './none.ts';

/** The ways to stop a trial early. */
export const pruners = createRegistry('pruner', [median, none]);
