import { relative } from 'node:path';
import { z } from 'zod';
import { calibrate as calibrateProject } from '../../core/commands/limits/measure-limits.ts';
import { commonOptions } from '../../core/commands/options.ts';
import { withLimits } from '../../core/config/write-limits.ts';
import { readText, writeFileAtomic } from '../../core/io/files.ts';
import { renderCalibration } from '../../core/report/limits.ts';
import { openLaptop } from '../laptop.ts';
import { defineTool } from '../tool.ts';

export const calibrate = defineTool({
  id: 'calibrate',
  summary: 'measure how noisy this project is, what its gates can catch, and which limits suit',
  notes: [
    [
      'Trains the model that gates judge three times: as it is, with another seed, and on nine tenths of the rows, as a small change',
      'would. Nothing is recorded. A limit below the proposed one catches nothing more, since no smaller drop can be proved.',
    ].join('\n'),
  ],
  examples: [
    ['mlops calibrate', 'tables of noise and limits'],
    ['mlops calibrate --dataset churn --write', 'and the proposed limits into mlops.yml, comments kept'],
  ],
  options: z.strictObject({
    ...commonOptions.pick({ config: true, dataset: true, set: true, threads: true }).shape,
    write: z
      .boolean()
      .default(false)
      .describe('Writes max_drop of the primary metric, and of metrics that have one, into the project file.'),
  }),
  async run({ write, ...options }, place) {
    const { ports, project, configPath, close } = await openLaptop({ ...options, model: [] }, place);
    try {
      const calibrations = await calibrateProject(ports, { project, datasets: options.dataset });
      const text = renderCalibration(calibrations);
      if (!write) return { text, files: [], calibrations };
      const limits = calibrations.flatMap(({ dataset, gates }) =>
        gates
          .filter(({ isLimited, proposed }) => isLimited && proposed > 0)
          .map(({ metric, proposed }) => ({ dataset, metric, maxDrop: proposed })),
      );
      const file = relative(place.cwd, configPath);
      await writeFileAtomic(configPath, withLimits(await readText(configPath), file, limits));
      return { text: `${text}\n${file}\n`, files: [file], calibrations };
    } finally {
      await close();
    }
  },
});
