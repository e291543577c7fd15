import { leakWarnings } from '../dataset/leakage.ts';
import { defineDataCheck } from './data-check.ts';

export const leaks = defineDataCheck({
  id: 'leaks',
  summary: 'features that give the target away',
  find: ({ table, features, target }) =>
    target
      ? features.flatMap((name) =>
          leakWarnings(table, [name], target, target.name).map((message) => ({ columns: [name], message, next: null })),
        )
      : [],
});
