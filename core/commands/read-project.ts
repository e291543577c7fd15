import type { Project } from '../config/project.ts';
import { ConfigError } from '../errors/app-error.ts';
import { DEFAULT_CONFIG } from './options.ts';
import type { CommandPorts } from './ports.ts';

/**
 * The project, with `--set key=value` over it, and what a person should know of its file; that is logged too.
 *
 * @throws ConfigError when there is no project file, or it is wrong.
 */
export async function readProject(
  { projectFile, log }: Pick<CommandPorts, 'projectFile' | 'log'>,
  set: readonly string[] = [],
): Promise<{ readonly project: Project; readonly warnings: readonly string[] }> {
  const text = await readProjectText({ projectFile });
  const [{ parseProject }, { parseOverride }, { originsOf }, { unusedWarnings }] = await loadParser();
  const overrides = set.map(parseOverride);
  const { path } = projectFile;
  const project = parseProject(text, path, overrides);
  const warnings = unusedWarnings(originsOf(text, path, overrides));
  for (const warning of warnings) log.warn(warning);
  return { project, warnings };
}

/** @throws ConfigError when there is no project file. */
export async function readProjectText({ projectFile }: Pick<CommandPorts, 'projectFile'>): Promise<string> {
  const text = await projectFile.read();
  if (text !== undefined) return text;
  const [{ missingProject }] = await loadParser();
  throw missingProject(projectFile.path);
}

/**
 * The project of a command that can do without one: null when there is no `mlops.yml`.
 *
 * @throws ConfigError when the file that the user named is not there, or it is wrong.
 */
export async function readProjectIfThere({ projectFile }: Pick<CommandPorts, 'projectFile'>): Promise<Project | null> {
  const text = await projectFile.read();
  if (text !== undefined) return (await loadParser())[0].parseProject(text, projectFile.path);
  if (projectFile.path === DEFAULT_CONFIG) return null;
  throw new ConfigError({
    file: projectFile.path,
    message: 'file not found',
    next: 'correct the path, or leave --config out',
  });
}

/** The parser knows every model and metric: it is loaded when there is something to parse. */
function loadParser() {
  return Promise.all([
    import(/* webpackMode: "eager" */ '../config/parse.ts'),
    import(/* webpackMode: "eager" */ '../config/overrides.ts'),
    import(/* webpackMode: "eager" */ '../config/origins.ts'),
    import(/* webpackMode: "eager" */ '../config/unused-keys.ts'),
  ]);
}
