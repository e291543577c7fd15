import { resolve } from 'node:path';
import { commonOptions } from '../../core/commands/options.ts';
import { effectiveConfig } from '../../core/config/effective.ts';
import { originsOf, parseOverride, parseProject } from '../../core/config/parse.ts';
import { readText } from '../../core/io/files.ts';
import { defineTool } from '../tool.ts';

export const config = defineTool({
  id: 'config',
  summary: 'print the effective configuration, and where each value comes from',
  options: commonOptions.pick({ config: true, set: true }),
  async run({ config, set }, { cwd }) {
    const text = await readText(resolve(cwd, config));
    const overrides = set.map(parseOverride);
    const project = parseProject(text, config, overrides);
    return { text: effectiveConfig(project, originsOf(text, config, overrides)), files: [] };
  },
});
