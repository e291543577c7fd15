import { resolve } from 'node:path';
import { effectiveConfig } from '../../core/config/effective.ts';
import { commonOptions } from '../../core/config/options.ts';
import { originsOf } from '../../core/config/origins.ts';
import { parseOverride } from '../../core/config/overrides.ts';
import { missingProject, parseProject } from '../../core/config/parse.ts';
import { unusedWarnings } from '../../core/config/unused-keys.ts';
import { fileExists, readText } from '../../core/io/files.ts';
import { defineTool } from '../tool.ts';

export const config = defineTool({
  id: 'config',
  summary: 'print the effective configuration, and where each value comes from',
  options: commonOptions.pick({ config: true, set: true }),
  async run({ config, set }, { cwd, log }) {
    const path = resolve(cwd, config);
    if (!(await fileExists(path))) throw missingProject(config);
    const text = await readText(path);
    const overrides = set.map(parseOverride);
    const project = parseProject(text, config, overrides);
    const origin = originsOf(text, config, overrides);
    const warnings = unusedWarnings(origin);
    for (const warning of warnings) log.warn(warning);
    return { text: effectiveConfig(project, origin), files: [], warnings };
  },
});
