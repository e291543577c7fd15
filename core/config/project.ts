import { budgets } from '../budgets/index.ts';
import type { SplitPlan } from '../dataset/split-plan.ts';
import { generators } from '../datasets/index.ts';
import type { Injection } from '../datasets/injectors/index.ts';
import type { ConfigProblem } from '../errors/config-problem.ts';
import { checkGates } from '../gates/check-gates.ts';
import type { BudgetGate, Gate } from '../gates/gate-schema.ts';
import type { Gates } from '../gates/gates.ts';
import type { RuleAim } from '../models/decision/fit-rule.ts';
import type { NumberFormat } from '../table/number-format.ts';
import type { Task } from '../table/task.ts';
import { trainers } from '../trainers/index.ts';
import { type ModelConfig, resolveModel, resolveModels, type WrittenModels } from './resolve-models.ts';
import type { ProjectFile } from './schema.ts';

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
  readonly split: SplitPlan & { readonly seed: number; readonly repeats: number };
  /** Empty: the task's defaults. The first is the primary one. */
  readonly metrics: readonly string[];
  /** Those it lists; empty where it lists none. */
  readonly models: readonly ModelConfig[];
  /** Where it lists none: what is trained if it suits the task. */
  readonly defaults: readonly ModelConfig[];
  /** What is made of probabilities; null: nothing. */
  readonly rule: RuleAim | null;
  /** Columns whose values are looked at one by one. */
  readonly slices: readonly string[];
  readonly gates: Gates;
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
    const gates = gatesOf(dataset.gates);
    problems.push(...resolved.problems, ...crossCheck(at, dataset, resolved, gates));
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
      split: { ...dataset.split, group: dataset.split.group ?? null, time: dataset.split.time ?? null },
      metrics: [...new Set(dataset.metrics ?? [])],
      models: resolved.models,
      defaults: resolved.defaults,
      slices: [...new Set(dataset.slices)],
      rule: ruleOf(dataset),
      gates,
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

function gatesOf(gates: ProjectFile['datasets'][string]['gates']): Gates {
  const { model = null, slices = {}, ...rules } = gates;
  const written = Object.entries(rules).filter(([, gate]) => gate !== undefined);
  return {
    model,
    byMetric: Object.fromEntries(written.filter(([id]) => !budgets.has(id))) as Record<string, Gate>,
    byBudget: Object.fromEntries(written.filter(([id]) => budgets.has(id))) as Record<string, BudgetGate>,
    bySlice: slices as Record<string, Gate>,
  };
}

/** The project's settings of a model are checked for every data set that uses them. */
function withoutRepeats(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function crossCheck(
  at: string[],
  dataset: ProjectFile['datasets'][string],
  { models: chosen, defaults }: Pick<DatasetConfig, 'models' | 'defaults'>,
  gates: Gates,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const { task, metrics: listed } = dataset;
  const gated = gates.model;
  if (Object.hasOwn(dataset.columns, dataset.target)) {
    problems.push({
      path: [...at, 'columns', dataset.target],
      message: 'is the target, not a feature',
      next: 'say what kind of target it is with "task"',
    });
  }
  if (Object.keys(gates.bySlice).length > 0 && dataset.slices.length === 0) {
    problems.push({
      path: [...at, 'gates', 'slices'],
      message: 'there are no slices to judge',
      next: 'name the columns to slice by: slices: [Contract]',
    });
  }
  problems.push(...checkRule(at, dataset), ...checkSplit([...at, 'split'], dataset));
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
  problems.push(...checkGates([...at, 'gates'], gates, listed ?? null));
  return problems;
}

function ruleOf({ threshold, cost, calibration }: ProjectFile['datasets'][string]): RuleAim | null {
  if (threshold === 0.5 && calibration === undefined) return null;
  return { calibration: calibration ?? null, threshold: threshold === 'cost' ? { costs: cost! } : threshold };
}

function checkRule(at: string[], { threshold, cost, task }: ProjectFile['datasets'][string]): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (threshold === 'cost' && (!cost || cost.false_positive + cost.false_negative === 0)) {
    problems.push({
      path: [...at, 'threshold'],
      message: 'nothing says what wrong decisions cost',
      next: 'add cost: { false_positive: 1, false_negative: 10 }, in any unit',
    });
  }
  if (cost && threshold !== 'cost') {
    problems.push({ path: [...at, 'cost'], message: 'is not used', next: 'set "threshold: cost", or remove it' });
  }
  if (task === 'regression' && threshold !== 0.5) {
    problems.push({ path: [...at, 'threshold'], message: 'a regression decides for no class', next: 'remove it' });
  }
  return problems;
}

function checkSplit(path: string[], { split, target }: ProjectFile['datasets'][string]): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (split.group !== undefined && split.time !== undefined) {
    problems.push({
      path,
      message: 'rows are parted by groups or in the order of time, not both',
      found: `group: ${split.group}, time: ${split.time}`,
      next: 'remove one of them; time alone keeps later rows of a group from teaching about earlier ones',
    });
  }
  if (split.gap > 0 && split.time === undefined) {
    problems.push({
      path: [...path, 'gap'],
      message: 'a gap needs "time"',
      next: 'name the column that orders the rows',
    });
  }
  for (const key of ['group', 'time'] as const) {
    if (split[key] === target) problems.push({ path: [...path, key], message: 'is the target', found: target });
  }
  return problems;
}
