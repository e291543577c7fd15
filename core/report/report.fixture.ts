import type { BudgetGateResult, DriftGate, FloorGate, LimitGate } from '../comparison/gate-result.ts';
import type { NoBaseline } from '../comparison/no-baseline.ts';
import type { Verdict } from '../comparison/verdict.ts';
import type { DatasetReport, MetricReport, ModelReport, Report } from './report-schema.ts';

type Test = NonNullable<NonNullable<LimitGate['compared']>['test']>;

/** A limit that holds; `compared` and `test` replace fields of what it compared and how it tested that. */
export function aLimit(
  changes: Partial<LimitGate> = {},
  compared: Partial<Omit<NonNullable<LimitGate['compared']>, 'test'>> = {},
  test: Partial<Test> = {},
): LimitGate {
  return {
    kind: 'limit',
    dataset: 'churn',
    model: 'random_forest',
    metric: 'roc_auc',
    direction: 'maximize',
    outcome: 'pass',
    reason: 'within_limit',
    value: 0.8434,
    allowed: 0.005,
    written: 'max_drop: 0.005',
    compared: {
      baseline: 0.8412,
      drop: -0.0022,
      pairing: 'key',
      test: {
        standardError: 0.0011,
        degreesOfFreedom: 1868,
        pValue: 0.977,
        adjustedPValue: 0.977,
        smallestDrop: 0.0065,
        ...test,
      },
      ...compared,
    },
    ...changes,
  };
}

/** A limit that has nothing to compare with. */
export function anUntestedLimit(changes: Partial<LimitGate>): LimitGate {
  return { ...aLimit(), compared: null, ...changes };
}

export function aFloor(changes: Partial<FloorGate> = {}): FloorGate {
  return {
    kind: 'floor',
    dataset: 'churn',
    model: 'random_forest',
    metric: 'accuracy',
    direction: 'maximize',
    outcome: 'pass',
    reason: 'above_floor',
    bound: 'min',
    value: 0.7981,
    allowed: 0.7,
    written: 'min: 0.7',
    standardError: 0.0048,
    isNear: false,
    ...changes,
  };
}

/** A cost that rose as far as it may. */
export function aBudget(changes: Partial<BudgetGateResult> = {}): BudgetGateResult {
  return {
    kind: 'budget',
    dataset: 'churn',
    model: 'random_forest',
    budget: 'model_bytes',
    outcome: 'pass',
    reason: 'within_budget',
    bound: 'max_rise',
    value: 1_200_000,
    allowed: 1_200_000,
    baseline: 1_000_000,
    written: 'max_rise: 20%',
    ...changes,
  };
}

export function aDrift(changes: Partial<DriftGate> = {}): DriftGate {
  return {
    kind: 'drift',
    dataset: 'churn',
    outcome: 'pass',
    reason: 'within_share',
    written: 'max_share: 0.3',
    columns: 21,
    moved: ['tenure', 'Contract'],
    share: 2 / 21,
    allowed: 0.3,
    ...changes,
  };
}

export function aVerdict(changes: Partial<Verdict> = {}): Verdict {
  const evaluationSet = {
    dataset: 'churn',
    outcome: 'pass',
    pairing: 'key',
    baselineRows: 7043,
    candidateRows: 7043,
  } as const;
  return {
    outcome: 'pass',
    missing: [],
    evaluationSets: [{ ...evaluationSet, shared: 7043, gone: 0, relabelled: 0, added: 0 }],
    gates: [aLimit(), aFloor()],
    unchanged: [],
    ...changes,
  };
}

export function aMetric(metric: string, value: number, baseline: number | null): MetricReport {
  const estimate = (shift: number) => ({
    value: value + shift,
    ci: [value + shift - 0.01, value + shift + 0.01] as [number, number],
    se: 0.005,
    n: 7043,
  });
  return {
    metric,
    direction: 'maximize',
    outOfFold: estimate(0),
    test: estimate(-0.003),
    train: estimate(0.06),
    baseline,
    delta: baseline === null ? null : value - baseline,
    trend: baseline === null ? [] : [0.836, 0.839, 0.838, baseline],
  };
}

export function aModel(changes: Partial<ModelReport> = {}): ModelReport {
  return {
    model: 'random_forest',
    run: '20261124-073812-churn-random_forest-0badc0de',
    baselineRun: '20261120-073812-churn-random_forest-0badf00d',
    metrics: [aMetric('roc_auc', 0.8434, 0.8412), aMetric('accuracy', 0.7981, 0.7975)],
    params: { n_estimators: 100 },
    changedParams: [{ name: 'max_depth', before: null, after: 12 }],
    fitSeconds: 3.2,
    modelBytes: 123_456,
    modelSha256: 'c'.repeat(64),
    repeats: 2,
    measuredOn: 'folds',
    cv: { mean: 0.8434, sd: 0.0061 },
    ...changes,
  };
}

export function aDataset(changes: Partial<DatasetReport> = {}): DatasetReport {
  return {
    dataset: 'churn',
    task: 'classification',
    target: 'Churn',
    primaryMetric: 'roc_auc',
    selectedModel: 'random_forest',
    data: {
      path: 'data/churn_data.csv',
      rows: 7043,
      sha256: `77c1aaa${'7'.repeat(57)}`,
      columns: ['tenure', 'Contract'],
    },
    baselineData: { rows: 7043, sha256: `77c1aaa${'7'.repeat(57)}`, columns: ['tenure', 'Contract'] },
    baseline: {
      kind: 'base',
      sha: 'a1b2c3d'.padEnd(40, '0'),
      commitsBehind: 0,
      sameInputs: false,
      sharedRows: 1,
      pairing: 'key',
      provenance: 'verified',
      branch: 'main',
    },
    notes: [],
    slices: [],
    models: [aModel()],
    ...changes,
  };
}

/** A report of a pull request that passes. */
export function aReport(changes: Partial<Report> = {}): Report {
  return {
    schema: 2,
    command: 'pipeline',
    place: 'pull_request',
    verdict: aVerdict(),
    subject: 'change',
    stopsMerge: false,
    notJudged: null,
    datasets: [aDataset()],
    judgeChanges: [],
    head: { sha: '9f8e7d6'.padEnd(40, '0'), branch: 'deeper-trees', dirty: false },
    changedFiles: ['mlops.yml'],
    warnings: [],
    errors: [],
    runUrl: 'https://github.com/org/repo/actions/runs/1',
    version: '0.1.0',
    ...changes,
  };
}

/** A report of a dataset that has nothing to be compared with. */
export function aReportWithout(why: NoBaseline, place: Report['place'] = 'pull_request'): Report {
  const isFirst = why.reason === 'no_run';
  const limit = isFirst
    ? anUntestedLimit({ reason: 'first_run' })
    : anUntestedLimit({ reason: 'no_baseline', outcome: 'not_comparable' });
  const model = aModel({
    baselineRun: null,
    changedParams: [],
    metrics: aModel().metrics.map((metric) => ({ ...metric, baseline: null, delta: null, trend: [] })),
  });
  return aReport({
    place,
    verdict: aVerdict({
      outcome: isFirst ? 'first_run' : 'not_comparable',
      evaluationSets: [],
      gates: [limit, aFloor()],
    }),
    datasets: [aDataset({ baseline: { kind: 'none', why }, baselineData: null, models: [model] })],
    changedFiles: null,
  });
}
