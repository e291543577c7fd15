import type { Injection } from '../datasets/drift/index.ts';
import { generators } from '../datasets/index.ts';
import { metrics } from '../metrics/index.ts';
import type { Task } from '../models/model.ts';
import type { NumberFormat } from '../table/number-format.ts';
import { trainers } from '../trainers/index.ts';
import type { ConfigProblem } from './problem.ts';
import { type ModelConfig, resolveModel, resolveModels, type WrittenModels } from './resolve-models.ts';
import type { Gate, ProjectFile } from './schema.ts';

/** How a table is made, and its second window where one is wanted. */
export interface GeneratorConfig {
  readonly id: string;
  readonly rows: number;
  readonly seed: number;
  readonly current: { readonly path: string; readonly drift: readonly Injection[] } | null;
}

/** One data set of `mlops.yml`, defaults filled in where they do not depend on the table. */
export interface DatasetConfig {
  readonly id: string;
  readonly path: string;
  /** Null: found in the header. */
  readonly delimiter: string | null;
  /** How its numbers are written. */
  readonly numbers: NumberFormat;
  readonly generator: GeneratorConfig | null;
  /** Null: inferred from the target. */
  readonly task: Task | null;
  readonly target: string;
  readonly posLabel: string | null;
  readonly columns: Readonly<Record<string, 'numeric' | 'categorical' | 'date' | 'id' | 'ignore'>>;
  readonly split: { readonly folds: number; readonly seed: number };
  /** Empty: the task's defaults. The first is the primary one. */
  readonly metrics: readonly string[];
  /** Those it lists; empty where it lists none. */
  readonly models: readonly ModelConfig[];
  /** Where it lists none: what is trained if it suits the task. */
  readonly defaults: readonly ModelConfig[];
  readonly gates: Gates;
}

export interface Gates {
  readonly model: string | null;
  readonly byMetric: Readonly<Record<string, Gate>>;
}

/** `mlops.yml` as commands use it. */
export interface Project {
  readonly datasets: readonly DatasetConfig[];
  /** A model as the project's own settings make it; null when they are not enough to train it. */
  readonly defaultModel: (id: string) => ModelConfig | null;
  readonly tracking: ProjectFile['tracking'];
  readonly champion: string | null;
  readonly onInconclusive: 'pass' | 'fail';
  readonly onDataChange: 'fail' | 'accept';
  /** Sections that are checked and not used yet. */
  readonly unused: readonly string[];
}

/**
 * Normalises and cross-checks. `raw` is the document before defaults: a data set's parameters lie over the project's,
 * and a default must not hide what the project says.
 */
export function resolveProject(file: ProjectFile, raw: unknown): { project: Project; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const written = raw as { models?: WrittenModels; datasets: Record<string, { models?: WrittenModels | string[] }> };

  const datasets = Object.entries(file.datasets).map(([id, dataset]): DatasetConfig => {
    const at = ['datasets', id];
    const resolved = resolveModels(id, written.datasets[id]?.models, written.models);
    const { model = null, ...byMetric } = dataset.gates;
    problems.push(...resolved.problems, ...crossCheck(at, dataset, resolved, model));
    const generator = dataset.generator && generators.get(dataset.generator.id);
    return {
      id,
      path: dataset.path,
      delimiter: dataset.delimiter ?? null,
      numbers: { decimal: dataset.decimal, thousands: dataset.thousands },
      generator:
        dataset.generator && generator
          ? {
              id: generator.id,
              rows: dataset.generator.rows ?? generator.defaultRows,
              seed: dataset.generator.seed,
              current:
                dataset.generator.current === undefined
                  ? null
                  : {
                      path: dataset.generator.current,
                      drift: (dataset.generator.drift as readonly Injection[] | undefined) ?? generator.drift,
                    },
            }
          : null,
      task: dataset.task ?? null,
      target: dataset.target,
      posLabel: dataset.pos_label === undefined ? null : String(dataset.pos_label),
      columns: dataset.columns,
      split: dataset.split,
      metrics: [...new Set(dataset.metrics ?? [])],
      models: resolved.models,
      defaults: resolved.defaults,
      gates: { model, byMetric: byMetric as Record<string, Gate> },
    };
  });
  const project: Project = {
    datasets,
    defaultModel(id) {
      const { config, problems: lacking } = resolveModel(id, written.models);
      return lacking.length === 0 ? config : null;
    },
    tracking: file.tracking,
    champion: file.baseline.champion ?? null,
    onInconclusive: file.on_inconclusive,
    onDataChange: file.on_data_change,
    unused: (['tuning', 'drift'] as const).filter((key) => file[key] !== undefined),
  };
  return { project, problems: withoutRepeats(problems) };
}

/** The project's settings of a model are checked for every data set that uses them. */
function withoutRepeats(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function crossCheck(
  at: string[],
  dataset: ProjectFile['datasets'][string],
  { models: chosen, defaults }: Pick<DatasetConfig, 'models' | 'defaults'>,
  gated: string | null,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const { task, metrics: listed, gates } = dataset;
  if (Object.hasOwn(dataset.columns, dataset.target)) {
    problems.push({
      path: [...at, 'columns', dataset.target],
      message: 'is the target, not a feature',
      next: 'say what kind of target it is with "task"',
    });
  }
  if (dataset.thousands === (dataset.decimal ?? '.')) {
    problems.push({
      path: [...at, 'thousands'],
      message: 'is the decimal mark too',
      found: `"${dataset.thousands}"`,
      next: 'set "decimal" to the other mark, or remove "thousands"',
    });
  }
  for (const id of task
    ? chosen.map((model) => model.id).filter((model) => !trainers.get(model).tasks.includes(task))
    : []) {
    const fitting = trainers.all.filter(({ tasks }) => tasks.includes(task!)).map((trainer) => trainer.id);
    problems.push({
      path: [...at, 'models', id],
      message: `model "${id}" cannot do ${task}`,
      allowed: fitting.join(', '),
    });
  }
  const trained = [...chosen, ...defaults].map((model) => model.id);
  if (gated && !trained.includes(gated)) {
    problems.push({
      path: [...at, 'gates', 'model'],
      message: `the gates judge "${gated}", which is not trained`,
      allowed: trained.join(', '),
      next: 'add it to "models"',
    });
  }
  for (const [metric, gate] of Object.entries(gates) as [string, Gate | string | undefined][]) {
    if (metric === 'model' || gate === undefined || typeof gate === 'string') continue;
    const path = [...at, 'gates', metric];
    if (listed && !listed.some((id) => id === metric)) {
      problems.push({
        path,
        message: `gate on "${metric}", which is not among the metrics`,
        found: listed.join(', '),
        next: `add ${metric} to "metrics"`,
      });
    }
    if (gate.min === undefined && gate.max === undefined && gate.max_drop === undefined) {
      problems.push({
        path,
        message: 'the gate checks nothing',
        allowed: 'min, max, max_drop',
        next: 'give at least one of them',
      });
    }
    if (gate.require && gate.max_drop === undefined) {
      problems.push({
        path: [...path, 'require'],
        message: 'non_inferior needs a limit',
        next: 'add max_drop: the drop you are willing to accept',
      });
    }
    const { range, uncertainty } = metrics.get(metric);
    if (gate.max_drop !== undefined && uncertainty === 'none') {
      problems.push({
        path: [...path, 'max_drop'],
        message: `a drop of ${metric} cannot be told from chance: it hangs on one row and has no standard error`,
        next: `give ${metric} a floor (min or max), and another metric the max_drop`,
      });
    }
    const [lowest, highest] = range;
    for (const key of ['min', 'max'] as const) {
      const bound = gate[key];
      if (bound !== undefined && (bound < lowest || bound > highest)) {
        problems.push({
          path: [...path, key],
          message: `no value of ${metric} can satisfy or break it`,
          found: String(bound),
          allowed: `${lowest} to ${highest}`,
        });
      }
    }
  }
  return problems;
}
