import { Document, isCollection, isMap, isScalar, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { trainers } from '../trainers/index.ts';
import { type ConfigKey, readKey } from './config-key.ts';
import { type DatasetConfig, datasetKeys } from './dataset-keys.ts';
import type { Origin } from './origins.ts';
import { plannedModels } from './planned-models.ts';
import type { Project } from './project.ts';
import { projectKeys } from './project-keys.ts';

type Key = ConfigKey<string, unknown, unknown, never>;

/**
 * The configuration as commands see it, as YAML: every value, each with where it comes from in a comment. What depends on the
 * table is null, and the comment says what decides it.
 */
export function effectiveConfig(project: Project, origin: Origin): string {
  // Of the models, those whose parameters somebody has written. The others stand with the datasets that train them.
  const models = project.models.filter(({ id }) => origin(['models', id]) !== undefined);
  const { version, ...settings } = sectionOf(projectKeys, { ...project, models });
  const datasets = Object.fromEntries(
    project.datasets.map((dataset) => [dataset.id, sectionOf(datasetKeys, withPlanned(dataset, project))]),
  );
  const document = new Document({ version, datasets, ...settings });
  annotate(document.contents as YAMLMap, [], origin);
  for (const dataset of project.datasets) noteDefaults(document, dataset);
  // The library gives a collection's comment a line of its own.
  return document.toString({ lineWidth: 0 }).replace(/:\n +([[{].*)\n +(# .*)/g, ': $1 $2');
}

function sectionOf(keys: readonly Key[], config: object): Record<string, unknown> {
  return Object.fromEntries(
    keys.map((each) => {
      const value = readKey(config, each.key);
      return [each.key, each.written ? each.written(value) : value];
    }),
  );
}

/** Without the defaults that do not suit the task, where it is known. */
function withPlanned(dataset: DatasetConfig, project: Project): DatasetConfig {
  const planned = plannedModels({ project, base: null, chosen: [] }, dataset.id, dataset.task);
  return { ...dataset, models: dataset.models.filter(({ id }) => planned.some((model) => model.id === id)) };
}

function annotate(node: YAMLMap, path: readonly string[], origin: Origin): void {
  for (const { key, value } of node.items as Pair<Scalar, Node | null>[]) {
    const here = [...path, String(key.value)];
    if (value === null) continue;
    if (isMap(value) && value.items.length > 0) {
      annotate(value, here, origin);
      continue;
    }
    if (isCollection(value)) value.flow = true;
    const decided = isScalar(value) && value.value === null ? nullNote(here) : undefined;
    value.comment = ` ${decided ?? origin(here) ?? 'default'}`;
  }
}

/** What decides a null, by the tables of keys. */
function nullNote(path: readonly string[]): string | undefined {
  const [keys, [first = '', second = '']] =
    path[0] === 'datasets' ? ([datasetKeys, path.slice(2)] as const) : ([projectKeys, path] as const);
  const note = (keys as readonly Key[]).find(({ key }) => key === first)?.whenNull;
  return typeof note === 'object' ? note[second] : note;
}

/** Says of a dataset that lists no models why these are there. */
function noteDefaults(document: Document, { id, models, task }: DatasetConfig): void {
  const node = document.getIn(['datasets', id, 'models']);
  if (!isMap(node) || models.some(({ origin }) => origin === 'listed')) return;
  node.commentBefore = task
    ? ` none listed: the defaults for ${task}`
    : ' none listed: the defaults that suit the target';
  for (const { key } of task ? [] : (node.items as Pair<Scalar, Node>[])) {
    const { tasks } = trainers.get(String(key.value));
    if (tasks.length === 1) key.commentBefore = ` for ${tasks[0]}`;
  }
}
