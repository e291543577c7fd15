import { z } from 'zod';
import { type DatasetNoise, datasetNoiseSchema } from '../../comparison/limit-noise.ts';
import { withLimits } from '../../config/write-limits.ts';
import { renderLimits } from '../../report/limits.ts';
import { printable } from '../../report/printable.ts';
import type { Outcome } from '../command.ts';
import { refuseForeignCommands } from '../pipeline/foreign-commands.ts';
import { openProject } from '../pipeline/open-project.ts';
import type { CommandPorts } from '../ports.ts';
import { readProjectText } from '../read-project.ts';
import { measureLimits } from './measure-limits.ts';

export const result = z.strictObject({
  /** One per dataset. */
  datasets: z.array(datasetNoiseSchema),
  /** The project file, where the proposed limits were written into it. */
  written: z.string().nullable(),
});
type Result = z.infer<typeof result>;

/** Measures noise, proposes limits, and writes them where that is asked for. */
export async function run(
  world: CommandPorts,
  {
    write,
    ...options
  }: {
    readonly dataset: readonly string[];
    readonly set: readonly string[];
    readonly threads?: number | undefined;
    readonly write: boolean;
  },
): Promise<Outcome<Result>> {
  const { ports, project, rules } = await openProject(world, { ...options, model: [] });
  await refuseForeignCommands(world, project, rules);
  const datasets = await measureLimits(ports, { project, datasets: options.dataset });
  if (!write) return { result: { datasets, written: null }, files: [], warnings: [] };
  const { projectFile } = world;
  const { path } = projectFile;
  await projectFile.write(withLimits(await readProjectText(world), path, proposed(datasets)));
  return { result: { datasets, written: path }, files: [path], warnings: [] };
}

function proposed(datasets: readonly DatasetNoise[]) {
  return datasets.flatMap(({ dataset, gates }) =>
    gates.flatMap(({ metric, isLimited, proposed: maxDrop }) =>
      isLimited && maxDrop !== null && maxDrop > 0 ? [{ dataset, metric, maxDrop }] : [],
    ),
  );
}

export function terminal({ result: { datasets, written } }: Outcome<Result>): string {
  return `${renderLimits(datasets)}${written === null ? '' : `\n${printable(written)}\n`}`;
}

export function next({ result: { datasets, written } }: Outcome<Result>): string | undefined {
  return written === null && proposed(datasets).length > 0 ? 'mlops limits --write' : undefined;
}
