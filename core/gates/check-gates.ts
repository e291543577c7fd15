import type { ConfigProblem } from '../errors/config-problem.ts';
import { metrics } from '../metrics/index.ts';
import type { BudgetGate, Gate } from './gate-schema.ts';
import type { Gates } from './gates.ts';

/**
 * What is wrong with gates that are each well-formed.
 *
 * @param listed the metrics that the dataset lists; empty: it lists none and gets the defaults.
 */
export function checkGates(at: readonly string[], gates: Gates, listed: readonly string[]): ConfigProblem[] {
  return [
    ...Object.entries(gates.byMetric).flatMap(([id, gate]) => checkGate([...at, id], id, gate, listed)),
    ...Object.entries(gates.bySlice).flatMap(([id, gate]) => checkGate([...at, 'slices', id], id, gate, listed)),
    ...Object.entries(gates.byBudget).flatMap(([id, gate]) => checkBudget([...at, id], gate)),
  ];
}

function checkGate(path: readonly string[], metric: string, gate: Gate, listed: readonly string[]): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (listed.length > 0 && !listed.includes(metric)) {
    problems.push({
      path: [...path],
      message: `the gate needs the metric "${metric}", but \`metrics\` does not list it`,
      found: listed.join(', '),
      next: `add ${metric} to \`metrics\``,
    });
  }
  if (gate.min === undefined && gate.max === undefined && gate.max_drop === undefined) {
    problems.push(checksNothing(path, 'min, max, max_drop'));
  }
  if (gate.require && gate.max_drop === undefined) {
    problems.push({
      path: [...path, 'require'],
      message: '`require: non_inferior` needs `max_drop`',
      next: 'add `max_drop`: the largest drop you accept',
    });
  }
  const { range, uncertainty } = metrics.get(metric);
  if (gate.max_drop !== undefined && uncertainty === 'none') {
    problems.push({
      path: [...path, 'max_drop'],
      message: `\`max_drop\` does not work for ${metric}: its value depends on a single row, so it has no standard error`,
      next: `set \`min\` or \`max\` for ${metric}, and \`max_drop\` for another metric`,
    });
  }
  const [lowest, highest] = range;
  if (typeof gate.max_drop === 'number' && gate.max_drop > highest - lowest) {
    problems.push({
      path: [...path, 'max_drop'],
      message: `is more than ${metric} can drop, so the gate would always pass`,
      found: String(gate.max_drop),
      allowed: `at most ${highest - lowest}: ${metric} is between ${lowest} and ${highest}`,
      next: `for a share of the baseline value write "${gate.max_drop}%"`,
    });
  }
  for (const key of ['min', 'max'] as const) {
    const bound = gate[key];
    if (bound !== undefined && (bound < lowest || bound > highest)) {
      problems.push({
        path: [...path, key],
        message: `is outside the range of ${metric}, so the gate would always pass or always fail`,
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
  return { path: [...path], message: 'the gate has no rule', allowed, next: 'set at least one of them' };
}
