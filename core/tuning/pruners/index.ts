import { createRegistry } from '../../registry/registry.ts';
import { hyperband } from './hyperband.ts';
import { median } from './median.ts';
import { none } from './none.ts';
import { patient } from './patient.ts';
import { percentile } from './percentile.ts';
import { successiveHalving } from './successive-halving.ts';

/** The ways to stop a trial early. */
export const pruners = createRegistry('pruner', [median, percentile, successiveHalving, hyperband, patient, none]);
