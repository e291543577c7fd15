import { aColumn, aDatasetDrift, aDriftOfEverything } from '../drift-report.fixture.ts';
import { aStudy, aTrial } from '../study.fixture.ts';
import type { Charts, Point } from './charts.ts';

const curve: readonly Point[] = [
  [0, 0],
  [0.1, 0.6],
  [0.5, 0.9],
  [1, 1],
];
const curves = { roc: curve, precisionRecall: curve.toReversed().map(([x, y]): Point => [1 - x, y]) };

const STABLE = { status: 'stable' as const, values: null, numbers: null };

/** Charts of every kind, for the dataset `churn` and its model. @param name what stands for a name. */
export function everyChart(name: (text: string) => string = (text) => text): Charts {
  const importances = ['tenure', 'Contract'].map((feature, i) => ({ feature: name(feature), share: 0.6 - 0.3 * i }));
  const counts = [
    [80, 15, 5],
    [10, 60, 3],
    [4, 6, 17],
  ];
  return {
    datasets: [
      {
        dataset: name('churn'),
        models: [
          {
            model: name('random_forest'),
            baselineMetrics: new Map([[name('roc_auc'), { value: 0.84, ci: [0.83, 0.85], se: 0.005, n: 200 }]]),
            curves: ['No', 'Yes', 'Maybe'].map((each) => ({
              class: name(each),
              share: 0.3,
              candidate: curves,
              baseline: curves,
            })),
            confusion: { classes: ['No', 'Yes', 'Maybe'].map(name), counts, hidden: 2 },
            importances,
          },
          {
            model: name('custom'),
            curves: [{ class: name('Yes'), share: 0.3, candidate: curves, baseline: curves }],
            regression: {
              edges: [0, 1, 2, 3],
              cells: [
                { predicted: 0, actual: 0, rows: 40 },
                { predicted: 1, actual: 2, rows: 12 },
              ],
              residuals: { edges: [-2, -1, 0, 1, 2], candidate: [0.1, 0.4, 0.4, 0.1], baseline: [0.2, 0.3, 0.3, 0.2] },
            },
            importances,
          },
        ],
        drift: aDatasetDrift({
          dataset: name('churn'),
          drift: aDriftOfEverything({
            moved: [name('tenure')],
            columns: [aColumn({ column: name('tenure') }), aColumn({ column: name('Contract'), ...STABLE })],
          }),
        }),
        studies: [
          aStudy({
            model: name('random_forest'),
            metric: name('roc_auc'),
            trials: [
              aTrial(1, 0.8, { params: { [name('tenure')]: name('Yes') } }),
              aTrial(2, null, { state: 'failed', failure: name('Maybe') }),
              aTrial(3, 0.83),
            ],
          }),
        ],
      },
    ],
  };
}
