import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption, threadsOption } from './options.ts';

export const publish = defineCommand({
  id: 'publish',
  summary: 'judge what the legs of a plan trained in other jobs, and record it',
  doors: ['action'],
  options: () => z.strictObject({ config: configOption(), threads: threadsOption() }),
  examples: [],
  load: () => import(/* webpackMode: "eager" */ './publish/publish-work.ts'),
});
