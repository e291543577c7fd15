import { expect, it } from 'vitest';
import { pruners } from '../tuning/pruners/index.ts';
import { samplers } from '../tuning/samplers/index.ts';
import { PRUNERS, SAMPLERS } from './tune.ts';

it('the options name all samplers and pruners', () => {
  expect(SAMPLERS).toEqual(samplers.ids);
  expect(PRUNERS).toEqual(pruners.ids);
});
