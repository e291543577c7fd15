import { definePruner } from './pruner.ts';

/** Goes on with every trial. */
export const none = definePruner({
  id: 'none',
  summary: 'finish every trial',
  shouldPrune: () => false,
});
