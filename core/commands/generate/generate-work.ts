import { z } from 'zod';
import { chosenDatasets } from '../../comparison/judge-runs.ts';
import { printable } from '../../report/printable.ts';
import type { Outcome } from '../command.ts';
import { checkNames } from '../pipeline/check-names.ts';
import type { CommandPorts } from '../ports.ts';
import { readProject } from '../read-project.ts';
import { generateTables } from './generate-tables.ts';

export const result = z.strictObject({
  /** Tables that were written; those that are there already are not named. */
  tables: z.array(z.string()),
});
type Result = z.infer<typeof result>;

/** Generates the tables of the chosen datasets. */
export async function run(
  ports: CommandPorts,
  options: {
    readonly dataset: readonly string[];
    readonly model: readonly string[];
    readonly set: readonly string[];
    readonly force: boolean;
  },
): Promise<Outcome<Result>> {
  const { project, warnings } = await readProject(ports, options.set);
  checkNames(project, options, ports.projectFile.path);
  const wanted = chosenDatasets({ project, base: null, chosen: options.model }, options.dataset);
  const tables = await generateTables(wanted, ports, options.force);
  return { result: { tables }, files: tables, warnings };
}

export function terminal({ result: { tables } }: Outcome<Result>): string {
  return tables.length > 0 ? `${tables.map(printable).join('\n')}\n` : 'nothing to do: every table is there\n';
}

export const next = () => 'mlops train';
