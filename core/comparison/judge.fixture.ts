import type { BudgetGate, Gate } from '../gates/gate-schema.ts';
import type { Estimate } from '../tracking/run.ts';
import { compareModels, type EvaluatedRun } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import type { GateResult } from './gate-result.ts';
import { judge } from './judge.ts';

/** 300 rows of a regression. */
export const rowSet = someRows(300);
type Values = Record<string, Partial<Estimate>>;
/** What every run measured, unless told otherwise. */
export const values: Values = { r2: { value: 0.8, se: 0.01 }, rmse: { value: 0.5 } };

/** A dataset whose candidate is its baseline, as far as `changes` says nothing else. */
export function aDatasetComparison(
  changes: Partial<Omit<DatasetComparison, 'comparisons' | 'gates'>> & {
    gates?: Record<string, Gate>;
    gated?: string;
    byBudget?: Record<string, BudgetGate>;
  } = {},
): DatasetComparison {
  const { gates = {}, byBudget = {}, gated, ...rest } = changes;
  const one: Omit<DatasetComparison, 'comparisons'> = {
    dataset: 'churn',
    gates: { model: gated ?? null, byMetric: gates, byBudget, bySlice: {} },
    metrics: ['r2', 'rmse'],
    models: ['random_forest'],
    listed: rest.models ?? ['random_forest'],
    slices: [],
    candidate: new Map([['random_forest', anEvaluatedRun(rowSet, { metrics: values })]]),
    baseline: new Map([['random_forest', anEvaluatedRun(rowSet, { metrics: values })]]),
    ...rest,
  };
  const { baseline } = one;
  const both = baseline instanceof Map ? [...one.candidate].filter(([model]) => baseline.has(model)) : [];
  return {
    ...one,
    comparisons: new Map(
      both.map(([model, evaluatedRun]) => [
        model,
        compareModels((baseline as ReadonlyMap<string, EvaluatedRun>).get(model)!, evaluatedRun, one.metrics),
      ]),
    ),
  };
}

export const verdict = (each: DatasetComparison, onDataChange: 'fail' | 'accept' = 'fail') =>
  judge([each], { onDataChange });
/** Runs of one forest. */
export const forest = (options: Parameters<typeof anEvaluatedRun>[1] = {}, rows = rowSet) =>
  new Map([['random_forest', anEvaluatedRun(rows, { metrics: values, ...options })]]);

/** What a limit compared and how it tested that, side by side. */
export function testOf(gate: GateResult | undefined) {
  if (gate?.kind !== 'limit' || !gate.compared?.test)
    throw new Error(`no limit was tested: ${gate?.kind} ${gate?.reason}`);
  const { test, ...compared } = gate.compared;
  return { value: gate.value!, ...compared, ...test };
}
