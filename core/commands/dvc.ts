import { z } from 'zod';
import { defineCommand } from './command.ts';
import { configOption } from './options.ts';

export const dvc = defineCommand({
  id: 'dvc',
  summary: 'write dvc.yaml, so that `dvc repro` runs what changed',
  doors: ['cli'],
  notes: () => [
    [
      'Stages: generate_data, a train_<dataset> for each dataset, compare_results. Other stages of the file stay, and so do comments.',
      'DVC runs a stage again when its table, its part of mlops.yml or its outputs changed. A key that mlops.yml did not have is not in',
      'dvc.yaml: compare_results then stops, and says to run `mlops dvc` again.',
    ].join('\n'),
  ],
  options: () =>
    z.strictObject({
      config: configOption(),
      check: z
        .boolean()
        .default(false)
        .describe('Write nothing: fail when dvc.yaml has other stages than would be written.'),
      run: z.string().min(1).default('mlops').describe('How stages call mlops: `npx mlops`, for example.'),
    }),
  examples: [
    ['mlops dvc && dvc init && dvc repro', 'a first DVC pipeline'],
    ['mlops dvc --run "npx mlops"', 'where mlops is a dependency of the project'],
  ],
  load: () => import(/* webpackMode: "eager" */ './dvc/dvc-work.ts'),
});
