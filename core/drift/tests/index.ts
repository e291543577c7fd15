import { createRegistry } from '../../registry/registry.ts';
import { chisquare } from './chisquare.ts';
import { jensenshannon } from './jensenshannon.ts';
import { ks } from './ks.ts';
import { psi } from './psi.ts';
import { wasserstein } from './wasserstein.ts';

/** The tests that say whether a column drifted. */
export const driftTests = createRegistry('drift test', [wasserstein, jensenshannon, psi, ks, chisquare]);
