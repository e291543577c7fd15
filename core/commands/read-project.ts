import type { Project } from '../config/project.ts';
import { ConfigError } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';
import { DEFAULT_CONFIG } from './options.ts';
import type { CommandPorts } from './ports.ts';

/**
 * The project, with `--set key=value` over it.
 *
 * @throws ConfigError when there is no project file, or it is wrong.
 */
export async function readProject(
  { projectFile }: Pick<CommandPorts, 'projectFile'>,
  set: readonly string[] = [],
): Promise<Project> {
  const { parseOverride, parseProject } = await loadParser();
  return parseProject(await readProjectText({ projectFile }), projectFile.path, set.map(parseOverride));
}

/** @throws ConfigError when there is no project file. */
export async function readProjectText({ projectFile }: Pick<CommandPorts, 'projectFile'>): Promise<string> {
  const text = await projectFile.read();
  if (text !== undefined) return text;
  throw new ConfigError({
    file: projectFile.path,
    message: 'there is no such file',
    next: 'write one for your table: `mlops init data.csv --target <column>`; or give its path with --config',
  });
}

/**
 * The project of a command that can do without one: null when there is no `mlops.yml`.
 *
 * @throws ConfigError when the file that the user named is not there, or it is wrong.
 */
export async function readProjectIfThere({ projectFile }: Pick<CommandPorts, 'projectFile'>): Promise<Project | null> {
  const text = await projectFile.read();
  if (text !== undefined) return (await loadParser()).parseProject(text, projectFile.path);
  if (projectFile.path === DEFAULT_CONFIG) return null;
  throw new ConfigError({
    file: projectFile.path,
    message: 'there is no such file',
    next: 'correct the path, or leave --config out',
  });
}

/** The parser knows every model and metric: it is loaded when there is something to parse. */
function loadParser() {
  return import(/* webpackMode: "eager" */ '../config/parse.ts');
}

/** @throws ConfigError for datasets and models that the project does not have. */
export function checkNames(
  { datasets }: Project,
  chosen: { readonly dataset: readonly string[]; readonly model: readonly string[] },
  file: string,
): void {
  const models = datasets.flatMap((dataset) => [...dataset.models, ...dataset.defaults].map(({ id }) => id));
  const known = {
    dataset: ['dataset', chosen.dataset, datasets.map(({ id }) => id)],
    model: ['model', chosen.model, [...new Set(models)]],
  } as const;
  const problems = Object.values(known).flatMap(([kind, given, names]) =>
    given
      .filter((name) => !names.includes(name))
      .map((name) => {
        const near = suggest(name, names);
        return {
          message: `${file} has no ${kind} "${name}"`,
          allowed: names.join(', '),
          next: near ? `did you mean "${near}"?` : `name one that it has, or leave --${kind} out`,
        };
      }),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}
