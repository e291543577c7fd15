import { z } from 'zod';
import { withLimits } from '../../config/write-limits.ts';
import { type DatasetNoise, renderLimits } from '../../report/limits.ts';
import { printable } from '../../report/printable.ts';
import type { Outcome } from '../command.ts';
import { openProject } from '../pipeline/open-project.ts';
import type { CommandPorts } from '../ports.ts';
import { readProjectText } from '../read-project.ts';
import { measureLimits } from './measure-limits.ts';

export const result = z.strictObject({
  /** One per dataset. */
  datasets: z.array(
    z.strictObject({
      dataset: z.string(),
      /** The model that the gates judge; null where there is none. */
      model: z.string().nullable(),
      rows: z.int(),
      repeats: z.int(),
      /** Empty where the model gives no predictions row by row. */
      gates: z.array(
        z.strictObject({
          metric: z.string(),
          value: z.number().nullable(),
          /** The same model with another seed. */
          sameAgain: z.strictObject({ drop: z.number(), standardError: z.number().nullable() }).nullable(),
          seedError: z.number(),
          rowError: z.number(),
          standardError: z.number(),
          /** The smallest true drop that is caught nine times in ten, with the limit as it is written (or 0). */
          smallestDrop: z.number(),
          /** `max_drop` in `mlops.yml`; null where there is none. */
          written: z.union([z.number(), z.string()]).nullable(),
          /** Whether a limit is proposed for it: the primary metric, and those that have one. */
          isLimited: z.boolean(),
          proposed: z.number(),
          smallestAtProposed: z.number(),
          halvedBy: z.strictObject({ rows: z.number(), repeats: z.number().nullable() }),
        }),
      ),
    }),
  ),
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
  const { ports, project } = await openProject(world, { ...options, model: [] });
  const datasets = (await measureLimits(ports, { project, datasets: options.dataset })) as Result['datasets'];
  if (!write) return { result: { datasets, written: null }, files: [], warnings: [] };
  const { projectFile } = world;
  const { path } = projectFile;
  await projectFile.write(withLimits(await readProjectText(world), path, proposed(datasets)));
  return { result: { datasets, written: path }, files: [path], warnings: [] };
}

function proposed(datasets: readonly DatasetNoise[]) {
  return datasets.flatMap(({ dataset, gates }) =>
    gates
      .filter((gate) => gate.isLimited && gate.proposed > 0)
      .map((gate) => ({ dataset, metric: gate.metric, maxDrop: gate.proposed })),
  );
}

export function terminal({ result: { datasets, written } }: Outcome<Result>): string {
  return `${renderLimits(datasets)}${written === null ? '' : `\n${printable(written)}\n`}`;
}

export function next({ result: { datasets, written } }: Outcome<Result>): string | undefined {
  return written === null && proposed(datasets).length > 0 ? 'mlops limits --write' : undefined;
}
