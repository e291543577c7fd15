import { z } from 'zod';
import { effectiveConfig } from '../../config/effective.ts';
import { originsOf, parseOverride, parseProject } from '../../config/parse.ts';
import type { Outcome } from '../command.ts';
import type { CommandPorts } from '../ports.ts';
import { readProjectText } from '../read-project.ts';

export const result = z.strictObject({
  /** The configuration as YAML; a comment says where each value comes from. */
  yaml: z.string(),
});
type Result = z.infer<typeof result>;

export async function run(ports: CommandPorts, { set }: { readonly set: readonly string[] }): Promise<Outcome<Result>> {
  const { path } = ports.projectFile;
  const text = await readProjectText(ports);
  const overrides = set.map(parseOverride);
  const project = parseProject(text, path, overrides);
  return { result: { yaml: effectiveConfig(project, originsOf(text, path, overrides)) }, files: [], warnings: [] };
}

export function terminal({ result: { yaml } }: Outcome<Result>): string {
  return yaml;
}
