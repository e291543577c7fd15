import { parse as parseYaml } from 'yaml';
import { commands } from '../../core/commands/index.ts';
import { parseOverride } from '../../core/config/overrides.ts';
import { parseProject } from '../../core/config/parse.ts';
import { plannedModels } from '../../core/config/planned-models.ts';
import type { Project } from '../../core/config/project.ts';
import { ConfigError, type Problem } from '../../core/errors/app-error.ts';
import { listNames } from '../../core/errors/list-names.ts';
import { models } from '../../core/models/index.ts';
import { suggest } from '../../core/registry/suggest.ts';
import type { Setting } from './grammar.ts';

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
  if (settings.length > 0 && model === undefined) throw settingWithoutModel(project, dataset, settings);
  if (settings.length > 0 && model !== undefined && !models.has(model)) {
    throw wrong({
      message: `parameters of ${model} cannot be set in a comment: it is a command of your project, not a model of the library`,
      found: settings.map(written).join(' '),
      allowed: `parameters of ${listNames(models.all.map(({ id }) => id))}`,
      next: `change them in ${file}, in a pull request`,
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
  if (!datasets.includes(first)) {
    const allowed = second === undefined ? [...datasets, ...all] : datasets;
    const what = second === undefined ? 'no dataset and no model' : 'no dataset';
    throw unknownName(`the project file has ${what} of this name`, first, allowed);
  }
  if (second !== undefined && !modelsOf(first).includes(second))
    throw unknownName(`the dataset ${first} has no model of this name`, second, modelsOf(first));
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

function written({ key, value }: Setting): string {
  return `${key}=${value}`;
}

function settingWithoutModel(
  { datasets }: Project,
  dataset: string | undefined,
  settings: readonly Setting[],
): ConfigError {
  const example = [dataset ?? datasets[0]?.id ?? '<dataset>', '<model>', ...settings.map(written)].join(' ');
  return wrong({
    message: 'a setting belongs to a model, and no model is named',
    found: settings.map(written).join(' '),
    allowed: 'settings after the name of a model',
    next: `name the model too: /retrain ${example}`,
  });
}

function unknownName(message: string, found: string, allowed: readonly string[]): ConfigError {
  const near = suggest(found, allowed);
  const next = near ? `did you mean "${near}"?` : 'correct the name';
  return wrong({ message, found: `"${found}"`, allowed: listNames(allowed), next });
}

function wrong(problem: Omit<Problem, 'place'>): ConfigError {
  return new ConfigError({ place: '/retrain', ...problem });
}
