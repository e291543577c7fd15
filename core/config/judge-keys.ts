import type { DatasetConfig, Project } from './project.ts';

/** A rule of judgement that a change edits. */
interface JudgeChange {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** Models that a data set must have: those listed, and of the defaults those that suit its task. */
export interface ExpectedModels {
  readonly listed: readonly string[];
  readonly defaults: readonly string[];
}

/** What a change is trained by and judged by, when its own `mlops.yml` may differ from the one it is to be merged into. */
export interface JudgedProject {
  readonly project: Project;
  readonly expected: ReadonlyMap<string, ExpectedModels>;
  /** Data sets that must be there and the change has no longer. */
  readonly removed: readonly string[];
  readonly changes: readonly JudgeChange[];
}

/**
 * Lays the base's judge keys over the change's own configuration: target, task, split, metrics, gates, expected data sets
 * and models, and what to do about inconclusive results and changed data. The change decides parameters, paths, columns
 * and what is trained besides. A data set that is new in the change is judged by its own rules.
 */
export function judgeByBase(head: Project, base: Project | null): JudgedProject {
  if (!base) return { project: head, expected: expectedModels(head.datasets), removed: [], changes: [] };
  const before = new Map(base.datasets.map((dataset) => [dataset.id, dataset]));
  const datasets = head.datasets.map((own) => {
    const rule = before.get(own.id);
    return rule ? underRule(own, rule) : own;
  });
  const kept = new Set(head.datasets.map(({ id }) => id));
  const removed = base.datasets.map(({ id }) => id).filter((id) => !kept.has(id));
  return {
    project: {
      ...head,
      datasets,
      champion: base.champion,
      onInconclusive: base.onInconclusive,
      onDataChange: base.onDataChange,
    },
    expected: expectedModels([...base.datasets, ...head.datasets.filter(({ id }) => !before.has(id))]),
    removed,
    changes: differences(rules(base), rules(head)),
  };
}

function underRule(
  own: DatasetConfig,
  { task, target, posLabel, split, metrics, slices, gates }: DatasetConfig,
): DatasetConfig {
  return { ...own, task, target, posLabel, split, metrics, slices, gates };
}

function expectedModels(datasets: readonly DatasetConfig[]): Map<string, ExpectedModels> {
  return new Map(
    datasets.map(({ id, models, defaults }) => [id, { listed: idsOf(models), defaults: idsOf(defaults) }]),
  );
}

function idsOf(models: DatasetConfig['models']): readonly string[] {
  return models.map(({ id }) => id);
}

type Rules = ReadonlyMap<string, unknown>;

function rules({ datasets, champion, onInconclusive, onDataChange }: Project): Rules {
  return new Map<string, unknown>([
    ['on_inconclusive', onInconclusive],
    ['on_data_change', onDataChange],
    ['baseline.champion', champion],
    ...datasets.flatMap((dataset): [string, unknown][] => {
      const { id, target, task, posLabel, split, metrics, slices, gates } = dataset;
      return [
        [`datasets.${id}.target`, target],
        [`datasets.${id}.task`, task],
        [`datasets.${id}.pos_label`, posLabel],
        [`datasets.${id}.split`, split],
        [`datasets.${id}.metrics`, metrics],
        [`datasets.${id}.slices`, slices],
        [`datasets.${id}.models`, idsOf([...dataset.models, ...dataset.defaults])],
        [`datasets.${id}.gates.model`, gates.model],
        ...Object.entries({ ...gates.byMetric, ...gates.byBudget }).map(([metric, gate]): [string, unknown] => [
          `datasets.${id}.gates.${metric}`,
          gate,
        ]),
        ...Object.entries(gates.bySlice).map(([metric, gate]): [string, unknown] => [
          `datasets.${id}.gates.slices.${metric}`,
          gate,
        ]),
      ];
    }),
  ]);
}

function differences(before: Rules, after: Rules): JudgeChange[] {
  const show = (rule: unknown) =>
    rule === undefined ? 'none' : rule === null ? 'default' : typeof rule === 'string' ? rule : JSON.stringify(rule);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)))
    .map((key) => ({ key, before: show(before.get(key)), after: show(after.get(key)) }));
}
