import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import type { SplitPlan } from '../dataset/split-plan.ts';
import { createRandom } from '../random/random.ts';
import { createTable, type Table } from '../table/table.ts';
import { prepareEvaluationSet } from './evaluation-set.ts';

/** A table of two numeric features, and a target that one of them tells: 0/1 classes or a number. */
export function aTable(nRows: number, seed = 1, kind: 'binary' | 'continuous' = 'binary'): Table {
  const random = createRandom(seed, 'table');
  const signal = Float64Array.from({ length: nRows }, () => random.normal());
  const noise = Float64Array.from({ length: nRows }, () => random.normal());
  const target = signal.map((x) => (kind === 'binary' ? Number(x + random.normal() > 0) : 2 * x + random.normal()));
  return createTable([
    { kind: 'numeric', name: 'signal', values: signal },
    { kind: 'numeric', name: 'noise', values: noise },
    { kind: 'numeric', name: 'target', values: target },
  ]);
}

/** The evaluation set of a table made by `aTable`. */
export function anEvaluationSet(
  table: Table,
  changes: { dataset?: string; nFolds?: number; keyColumns?: string[]; plan?: Partial<SplitPlan> } = {},
): EvaluationSet {
  const column = table.column('target');
  if (column?.kind !== 'numeric') throw new TypeError('the target is not numeric');
  const binary = column.values.every((value) => value === 0 || value === 1);
  return prepareEvaluationSet({
    dataset: changes.dataset ?? 'toy',
    table,
    target: { type: binary ? 'binary' : 'continuous', classes: binary ? ['0', '1'] : [], values: column.values },
    keyColumns: changes.keyColumns ?? ['signal', 'noise'],
    file: 'toy.csv',
    plan: { folds: changes.nFolds ?? 5, group: null, time: null, gap: 0, ...changes.plan },
    cuts: null,
  });
}
