import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import type { Charts, DatasetCharts, ModelCharts } from './charts.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { classCurves } from './curves.ts';
import { regressionCharts } from './regression-charts.ts';
import { testedRows } from './tested-rows.ts';

/** Features that a chart shows. */
const TOP_FEATURES = 15;

interface ChartedDataset {
  readonly dataset: string;
  readonly runs: readonly EvaluatedRun[];
  /** By model. */
  readonly baseline: ReadonlyMap<string, EvaluatedRun>;
  readonly drift: DatasetCharts['drift'] | undefined;
  readonly studies: NonNullable<DatasetCharts['studies']>;
}

/** What can be drawn of these runs, from the evidence in memory. */
export function chartsOf(datasets: readonly ChartedDataset[]): Charts {
  return {
    datasets: datasets.map(({ dataset, runs, baseline, drift, studies }) => ({
      dataset,
      models: runs.map((run) => modelCharts(run, baseline.get(run.run.model))),
      ...(drift && { drift }),
      studies,
    })),
  };
}

function modelCharts({ run, predictions }: EvaluatedRun, baseline: EvaluatedRun | undefined): ModelCharts {
  const own = predictions ? testedRows(predictions) : undefined;
  const before = baseline?.predictions ? testedRows(baseline.predictions) : undefined;
  const isClassification = run.task === 'classification';
  return {
    model: run.model,
    ...(baseline && {
      baselineMetrics: new Map(Object.entries(baseline.run.metrics).map(([id, { outOfFold }]) => [id, outOfFold])),
    }),
    curves: own && isClassification ? classCurves(own, before) : [],
    ...(own &&
      (isClassification ? { confusion: confusionMatrix(own) } : { regression: regressionCharts(own, before) })),
    importances: (run.importances ?? []).slice(0, TOP_FEATURES),
  };
}
