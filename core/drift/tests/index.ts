import { createRegistry } from '../../registry/registry.ts';
import { anderson } from './anderson.ts';
import { chisquare } from './chisquare.ts';
import { cramerVonMises } from './cramer-von-mises.ts';
import { energy } from './energy.ts';
import { eppsSingleton } from './epps-singleton.ts';
import { fisherExact } from './fisher-exact.ts';
import { gTest } from './g-test.ts';
import { hellinger } from './hellinger.ts';
import { jensenshannon } from './jensenshannon.ts';
import { klDiv } from './kl-div.ts';
import { ks } from './ks.ts';
import { mannw } from './mannw.ts';
import { mmd } from './mmd.ts';
import { psi } from './psi.ts';
import { tTest } from './t-test.ts';
import { tvd } from './tvd.ts';
import { wasserstein } from './wasserstein.ts';
import { z } from './z.ts';

/** The tests that say whether a column drifted: distances first. */
export const driftTests = createRegistry('drift test', [
  wasserstein,
  jensenshannon,
  psi,
  klDiv,
  hellinger,
  tvd,
  energy,
  mmd,
  ks,
  chisquare,
  anderson,
  cramerVonMises,
  eppsSingleton,
  mannw,
  tTest,
  gTest,
  z,
  fisherExact,
]);
