import type { ConfigProblem } from '../errors/config-problem.ts';
import { checkGates } from '../gates/check-gates.ts';
import { trainers } from '../trainers/index.ts';
import { checkSpaces } from '../tuning/check-spaces.ts';
import { declaredRoles } from './columns-key.ts';
import type { DatasetConfig } from './dataset-keys.ts';

/** What is wrong with a dataset whose values are each well-formed. */
export function datasetProblems(config: DatasetConfig): ConfigProblem[] {
  const at = ['datasets', config.id];
  return [
    ...checkColumns(at, config),
    ...checkDecision(at, config),
    ...checkSplit([...at, 'split'], config),
    ...checkModels(at, config),
    ...checkSlices(at, config),
    ...checkSpaces([...at, 'tuning', 'spaces'], config.tuning?.spaces ?? {}),
    ...checkGates([...at, 'gates'], config.gates, config.metrics),
  ];
}

function checkColumns(at: string[], { columns, target, decimal, thousands }: DatasetConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (Object.hasOwn(declaredRoles(columns), target)) {
    problems.push({
      path: [...at, 'columns', target],
      message: '`columns` must not give the target a role',
      next: 'remove it; `task` says what kind of target it is, and `missing` alone may stand here',
    });
  }
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column === 'string' || column.format === undefined || (column.role ?? 'date') === 'date') continue;
    problems.push({
      path: [...at, 'columns', name],
      message: '`format` is for dates only',
      found: `role: ${column.role}`,
      next: 'set `role: date`, or remove `format`',
    });
  }
  if (thousands === (decimal ?? '.')) {
    problems.push({
      path: [...at, 'thousands'],
      message: 'is the same mark as `decimal`',
      found: `"${thousands}"`,
      next: 'set `decimal` to the other mark, or remove `thousands`',
    });
  }
  return problems;
}

function checkDecision(at: string[], { threshold, cost, calibration, task }: DatasetConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const example = 'cost: { false_positive: 1, false_negative: 10 }, in any unit';
  if (threshold === 'cost' && !cost) {
    problems.push({
      path: [...at, 'threshold'],
      message: '`threshold: cost` needs `cost`',
      next: `add ${example}`,
    });
  }
  if (threshold === 'cost' && cost && cost.false_positive + cost.false_negative === 0) {
    problems.push({
      path: [...at, 'cost'],
      message: 'at least one of the costs must be above 0',
      next: `for example ${example}`,
    });
  }
  if (cost && threshold !== 'cost') {
    problems.push({
      path: [...at, 'cost'],
      message: '`cost` has no effect without `threshold: cost`',
      next: 'set `threshold: cost`, or remove `cost`',
    });
  }
  const set = [...(threshold === 0.5 ? [] : ['threshold']), ...(calibration === null ? [] : ['calibration'])];
  for (const key of task === 'regression' ? set : []) {
    problems.push({
      path: [...at, key],
      message: `\`${key}\` only applies to classification`,
      next: `remove \`${key}\``,
    });
  }
  return problems;
}

function checkSplit(path: string[], { split, target }: DatasetConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (split.group !== null && split.time !== null) {
    problems.push({
      path,
      message: 'set either `split.group` or `split.time`, not both',
      found: `group: ${split.group}, time: ${split.time}`,
      next: 'remove one; with `time` alone, no model learns from later rows of the same group',
    });
  }
  if (split.gap > 0 && split.time === null) {
    problems.push({
      path: [...path, 'gap'],
      message: '`gap` needs `time`',
      next: 'set `split.time` to the column that orders the rows',
    });
  }
  for (const key of ['group', 'time'] as const) {
    if (split[key] === target)
      problems.push({
        path: [...path, key],
        message: 'must not be the target',
        found: target,
        next: 'name another column',
      });
  }
  return problems;
}

function checkModels(at: string[], { models, task, gates }: DatasetConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (task) {
    const suitable = trainers.all.filter(({ tasks }) => tasks.includes(task)).map(({ id }) => id);
    for (const { id } of models.filter(({ id, origin }) => origin === 'listed' && !suitable.includes(id))) {
      problems.push({
        path: [...at, 'models', id],
        message: `model "${id}" does not support ${task}`,
        allowed: suitable.join(', '),
      });
    }
  }
  const trained = models.map(({ id }) => id);
  if (gates.model !== null && !trained.includes(gates.model)) {
    problems.push({
      path: [...at, 'gates', 'model'],
      message: `the gates judge "${gates.model}", but this model is not trained`,
      allowed: trained.join(', '),
      next: 'add it to `models`, or name another model',
    });
  }
  return problems;
}

function checkSlices(at: string[], { gates, slices }: DatasetConfig): ConfigProblem[] {
  if (Object.keys(gates.bySlice).length === 0 || slices.length > 0) return [];
  return [
    {
      path: [...at, 'gates', 'slices'],
      message: '`gates.slices` needs `slices`',
      next: 'name the columns to slice by, for example slices: [Contract]',
    },
  ];
}
