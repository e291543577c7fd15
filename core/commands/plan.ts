import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption } from './options.ts';

export const plan = defineCommand({
  id: 'plan',
  summary: 'tell which datasets have to be trained, one job each, without training any',
  doors: ['cli', 'action'],
  options: () => z.strictObject({ config: configOption() }),
  examples: [
    ['mlops plan', 'the datasets of which an input changed'],
    ['mlops plan --json | jq .result.train', 'the same, as the matrix of a workflow'],
  ],
  load: () => import(/* webpackMode: "eager" */ './plan/plan-work.ts'),
});
