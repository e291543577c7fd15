import { Document, isCollection, isMap, isPair, isScalar, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Project } from './project.ts';

/** Where a value comes from: a line of the file, `--set`, `default`, or what will decide it. */
export type Origin = (path: readonly string[]) => string | undefined;

/**
 * The configuration as commands see it, as YAML: every value there is, each with where it comes from in a comment. What
 * depends on the table is left to it, and says so.
 */
export function effectiveConfig(project: Project, origin: Origin): string {
  const datasets = Object.fromEntries(
    project.datasets.map((dataset) => {
      const models = Object.fromEntries(dataset.models.map(({ id, params }) => [id, params]));
      const gates = {
        ...(dataset.gates.model !== null && { model: dataset.gates.model }),
        ...dataset.gates.byMetric,
        ...dataset.gates.byBudget,
        ...(Object.keys(dataset.gates.bySlice).length > 0 && { slices: dataset.gates.bySlice }),
      };
      return [
        dataset.id,
        {
          path: dataset.path,
          ...(dataset.generator && { generator: dataset.generator }),
          target: dataset.target,
          task: dataset.task,
          pos_label: dataset.posLabel,
          delimiter: dataset.delimiter,
          decimal: dataset.numbers.decimal ?? '.',
          thousands: dataset.numbers.thousands ?? null,
          columns: dataset.columns,
          split: dataset.split,
          metrics: dataset.metrics.length === 0 ? null : dataset.metrics,
          models: dataset.models.length === 0 ? null : models,
          gates,
        },
      ];
    }),
  );
  const document = new Document({
    version: 1,
    datasets,
    tracking: { ...project.tracking, evidence: project.tracking.evidence ?? null },
    baseline: { champion: project.champion },
    on_inconclusive: project.onInconclusive,
    on_data_change: project.onDataChange,
  });
  annotate(document.contents as YAMLMap, [], origin);
  // The library gives a collection's comment a line of its own.
  return document.toString({ lineWidth: 0 }).replace(/:\n +([[{].*)\n +(# .*)/g, ': $1 $2');
}

/** What decides a value that is null here. */
const DECIDED: Readonly<Record<string, string>> = {
  task: 'decided by the target',
  pos_label: 'the last class in order',
  delimiter: 'found in the header',
  metrics: 'all that suit the target',
  models: 'all that suit the task',
  thousands: 'none',
  champion: 'none',
  evidence: 'by visibility: branch in private repositories, else artifact',
};

function annotate(node: YAMLMap, path: readonly string[], origin: Origin): void {
  for (const pair of node.items as Pair<Scalar, Node | null>[]) {
    if (!isPair(pair)) continue;
    const key = String(pair.key.value);
    const here = [...path, key];
    const { value } = pair;
    if (isMap(value) && value.items.length > 0) {
      annotate(value, here, origin);
      continue;
    }
    if (value === null) continue;
    if (isCollection(value)) value.flow = true;
    const decided = isScalar(value) && value.value === null ? DECIDED[key] : undefined;
    value.comment = ` ${decided ?? origin(here) ?? 'default'}`;
  }
}
