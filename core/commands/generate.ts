import { z } from 'zod';
import { defineCommand } from './command.ts';
import { commonOptions } from './options.ts';

export const generate = defineCommand({
  id: 'generate',
  summary: 'generate the tables of datasets that have a generator',
  doors: ['cli', 'action'],
  options: () => z.strictObject(commonOptions()),
  examples: [
    ['mlops generate', 'the tables that are missing, or whose settings changed'],
    ['mlops generate --force', 'every table, even one that was edited'],
  ],
  load: () => import(/* webpackMode: "eager" */ './generate/generate-work.ts'),
});
