import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption, setOption } from './options.ts';

export const config = defineCommand({
  id: 'config',
  summary: 'print every value of the configuration, and where it comes from',
  doors: ['cli'],
  options: () => z.strictObject({ config: configOption(), set: setOption() }),
  examples: [
    ['mlops config', 'every value of mlops.yml, defaults included'],
    ['mlops config --set datasets.churn.split.folds=10', 'the same with another value'],
  ],
  load: () => import(/* webpackMode: "eager" */ './config/config-work.ts'),
});
