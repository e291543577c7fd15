import type { ConfigProblem } from '../errors/config-problem.ts';
import { metrics } from '../metrics/index.ts';
import type { BudgetGate, Gate } from './gate-schema.ts';
import type { Gates } from './gates.ts';

/** What is wrong with gates that each are well-formed. @param listed the data set's metrics; null: the task's defaults. */
export function checkGates(at: readonly string[], gates: Gates, listed: readonly string[] | null): ConfigProblem[] {
  return [
    ...Object.entries(gates.byMetric).flatMap(([id, gate]) => checkGate([...at, id], id, gate, listed)),
    ...Object.entries(gates.bySlice).flatMap(([id, gate]) => checkGate([...at, 'slices', id], id, gate, listed)),
    ...Object.entries(gates.byBudget).flatMap(([id, gate]) => checkBudget([...at, id], gate)),
  ];
}

function checkGate(
  path: readonly string[],
  metric: string,
  gate: Gate,
  listed: readonly string[] | null,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (listed && !listed.includes(metric)) {
    problems.push({
      path: [...path],
      message: `gate on "${metric}", which is not among the metrics`,
      found: listed.join(', '),
      next: `add ${metric} to "metrics"`,
    });
  }
  if (gate.min === undefined && gate.max === undefined && gate.max_drop === undefined) {
    problems.push(checksNothing(path, 'min, max, max_drop'));
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
  return problems;
}

function checkBudget(path: readonly string[], { max, max_rise }: BudgetGate): ConfigProblem[] {
  return max === undefined && max_rise === undefined ? [checksNothing(path, 'max, max_rise')] : [];
}

function checksNothing(path: readonly string[], allowed: string): ConfigProblem {
  return { path: [...path], message: 'the gate checks nothing', allowed, next: 'give at least one of them' };
}
