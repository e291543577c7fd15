import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption } from './options.ts';

export const accept = defineCommand({
  id: 'accept',
  summary: 'accept a gate that does not hold: here, and with the comment that it prints on GitHub',
  doors: ['cli'],
  arguments: ['gate'],
  notes: () => [
    [
      'A gate is named <dataset>.<metric>; on a slice <dataset>.<metric>@<column>=<value>.',
      'Drift is <dataset>.drift, a changed evaluation set <dataset>.evaluation, a missing baseline <dataset>.baseline, a removed dataset',
      '<dataset>.removed, a model that is no longer trained <dataset>.<model>.removed.',
      'The report of the last pipeline or compare says what was judged. The acceptance holds for that commit, and for no worse value.',
      'On this machine it holds at once. On GitHub only a comment on the pull request accepts, of a person with the role that `accept:` in',
      'mlops.yml names.',
    ].join('\n'),
  ],
  options: () =>
    z.strictObject({
      gate: z.string().min(1).describe('The gate, as reports name it.'),
      because: z.string().min(1).max(1000).describe('The reason.'),
      config: configOption(),
      report: z.string().min(1).default('reports/report.json').describe('The report that says what was judged.'),
      post: z
        .boolean()
        .default(false)
        .describe('Post the comment on the pull request of this branch, with `gh`. Default: print it.'),
    }),
  examples: [
    ['mlops accept churn.roc_auc --because "older customers are left out on purpose, see #42"', 'a gate of a metric'],
    [
      'mlops accept churn.evaluation --because "duplicates removed" --post',
      'a changed evaluation set; the comment is posted',
    ],
  ],
  load: () => import(/* webpackMode: "eager" */ './accept/accept-work.ts'),
});
