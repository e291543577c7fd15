import { z } from 'zod';
import { effectiveConfig } from '../../config/effective.ts';
import { originsOf } from '../../config/origins.ts';
import { parseOverride } from '../../config/overrides.ts';
import { parseProject } from '../../config/parse.ts';
import { unusedWarnings } from '../../config/unused-keys.ts';
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
  const origin = originsOf(text, path, overrides);
  const warnings = unusedWarnings(origin);
  for (const warning of warnings) ports.log.warn(warning);
  return { result: { yaml: effectiveConfig(project, origin) }, files: [], warnings };
}

export function terminal({ result: { yaml } }: Outcome<Result>): string {
  return yaml;
}
