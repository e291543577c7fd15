import { parse as parseYaml } from 'yaml';
import { commands } from '../../core/commands/index.ts';
import { parseOverride } from '../../core/config/overrides.ts';
import { parseProject } from '../../core/config/parse.ts';
import { plannedModels } from '../../core/config/planned-models.ts';
import type { Project } from '../../core/config/project.ts';
import { ConfigError } from '../../core/errors/app-error.ts';
import { listNames } from '../../core/errors/list-names.ts';
import { models } from '../../core/models/index.ts';
import { type Setting, USAGE } from './grammar.ts';

/** What the workflow is told, as the one input `retrain`: JSON of texts, each an input of the Action. */
export interface RetrainRequest {
  readonly dataset: string;
  readonly model: string;
  /** One `key=value` per line. */
  readonly set: string;
}

/**
 * Checks names and parameters against the base's project file, so that nothing starts that its schema does not know. Only parameters
 * of the library's models can be set: a custom trainer's are words of a command.
 *
 * @param text of the base's project file.
 * @throws ConfigError
 */
export function retrainRequest(
  text: string,
  file: string,
  { names, settings }: { readonly names: readonly string[]; readonly settings: readonly Setting[] },
): RetrainRequest {
  const project = parseProject(text, file);
  const { dataset, model } = namesIn(project, names);
  if (settings.length > 0 && (model === undefined || !models.has(model))) {
    throw wrong({
      message: model === undefined ? 'sets a parameter of no model' : 'cannot set parameters of this model',
      found: model ?? settings.map(({ key }) => key).join(', '),
      allowed: listNames(models.all.map(({ id }) => id)),
    });
  }
  const set = model === undefined ? [] : settingsOf(text, file, { dataset, model, settings });
  const options = commands.get('pipeline').options.parse({
    dataset: dataset === undefined ? [] : [dataset],
    model: model === undefined ? [] : [model],
    set,
  }) as Record<'dataset' | 'model' | 'set', readonly string[]>;
  return { dataset: options.dataset.join('\n'), model: options.model.join('\n'), set: options.set.join('\n') };
}

function namesIn(project: Project, names: readonly string[]) {
  const datasets = project.datasets.map(({ id }) => id);
  const modelsOf = (id: string) => plannedModels({ project, base: null, chosen: [] }, id, null).map((one) => one.id);
  const all = [...new Set(datasets.flatMap(modelsOf))];
  const [first, second] = names;
  if (first === undefined) return { dataset: undefined, model: undefined };
  if (second === undefined && !datasets.includes(first) && all.includes(first))
    return { dataset: undefined, model: first };
  if (!datasets.includes(first))
    throw wrong({ message: 'names no dataset', found: `"${first}"`, allowed: listNames([...datasets, ...all]) });
  if (second !== undefined && !modelsOf(first).includes(second))
    throw wrong({ message: `names no model of ${first}`, found: `"${second}"`, allowed: listNames(modelsOf(first)) });
  return { dataset: first, model: second };
}

/** The settings where they take effect: what a dataset says of its models comes before what the project says. */
function settingsOf(
  text: string,
  file: string,
  { dataset, model, settings }: { dataset: string | undefined; model: string; settings: readonly Setting[] },
): string[] {
  const raw: unknown = parseYaml(text);
  const isOfDataset = (key: string) =>
    dataset !== undefined && at(raw, ['datasets', dataset, 'models', model, key]) !== undefined;
  const set = settings.map(
    ({ key, value }) => `${isOfDataset(key) ? `datasets.${dataset}.` : ''}models.${model}.${key}=${value}`,
  );
  parseProject(text, file, set.map(parseOverride));
  return set;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, step)
        ? (found as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}

function wrong(problem: { readonly message: string; readonly found: string; readonly allowed: string }): ConfigError {
  return new ConfigError({ place: '/retrain', ...problem, next: USAGE });
}
