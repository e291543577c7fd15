import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption, datasetOption, setOption, threadsOption } from './options.ts';

export const limits = defineCommand({
  id: 'limits',
  summary: 'measure the noise of this project, what its gates can catch, and propose limits',
  doors: ['cli'],
  notes: () => [
    [
      'Trains the model that the gates judge three times: as it is, with another seed, and on nine tenths of the rows, as a small',
      'change would. Records nothing. A limit below the proposed one catches nothing more, since no smaller drop can be proved.',
    ].join('\n'),
  ],
  options: () =>
    z.strictObject({
      config: configOption(),
      dataset: datasetOption(),
      set: setOption(),
      threads: threadsOption(),
      write: z
        .boolean()
        .default(false)
        .describe('Write max_drop of the primary metric, and of metrics that have one, into the project file.'),
    }),
  examples: [
    ['mlops limits', 'print noise and limits'],
    ['mlops limits --dataset churn --write', 'and write the proposed limits into mlops.yml; comments stay'],
  ],
  load: () => import(/* webpackMode: "eager" */ './limits/limits-work.ts'),
});
