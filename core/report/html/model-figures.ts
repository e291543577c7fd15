import { code, number, type Sentence, sentence, shownName, text } from '../fragments.ts';
import { count, number as decimal, percent } from '../numbers.ts';
import type { Html } from '../to-html.ts';
import type { ClassCurves, ConfusionMatrix, Curves, ModelCharts, Point, RegressionCharts } from './charts.ts';
import type { Figures } from './figures.ts';
import { fold, html, NOTHING, table } from './html-blocks.ts';

/** Points of a curve that its table has. */
const TABLE_POINTS = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
const VALUES: Sentence = [text('Values as a table')];

/** The charts of one model; nothing where nothing is known of what it predicted. */
export function modelFigures(model: ModelCharts, figures: Figures): Html {
  const drawn = [
    ...(model.curves.length > 0 ? curveFigures(model.curves, figures) : []),
    ...(model.confusion ? [confusionFigure(model.confusion)] : []),
    ...(model.regression ? regressionFigures(model.regression, figures) : []),
    ...(model.importances.length > 0 ? [importancesFigure(model, figures)] : []),
  ];
  return drawn.length === 0 ? NOTHING : html`<div class="figures">${drawn}</div>`;
}

function curveFigures(curves: readonly ClassCurves[], figures: Figures): Html[] {
  const [only] = curves.length === 1 ? curves : [];
  const what = only ? sentence` of ${code(only.class)}` : [];
  const lines = (of: (curves: Curves) => readonly Point[]) =>
    only
      ? [
          { name: 'this change', points: of(only.candidate), isBaseline: false },
          ...(only.baseline ? [{ name: 'baseline', points: of(only.baseline), isBaseline: true }] : []),
        ]
      : curves.map((each) => ({ name: shownName(each.class), points: of(each.candidate), isBaseline: false }));
  return [
    figures.add(
      sentence`ROC curve${what}`,
      {
        kind: 'curves',
        x: 'False positive rate',
        y: 'True positive rate',
        lines: lines(({ roc }) => roc),
        guess: [
          [0, 0],
          [1, 1],
        ],
      },
      curveTable('False positive rate', curves, ({ roc }) => roc),
    ),
    figures.add(
      sentence`Precision–recall curve${what}`,
      {
        kind: 'curves',
        x: 'Recall',
        y: 'Precision',
        lines: lines(({ precisionRecall }) => precisionRecall),
        guess: only
          ? [
              [0, only.share],
              [1, only.share],
            ]
          : [],
      },
      curveTable('Recall', curves, ({ precisionRecall }) => precisionRecall),
    ),
  ];
}

function curveTable(x: string, curves: readonly ClassCurves[], of: (curves: Curves) => readonly Point[]): Html {
  const series = curves.flatMap((each) => [
    { heading: [code(each.class)] as Sentence, points: of(each.candidate) },
    ...(each.baseline ? [{ heading: sentence`${code(each.class)}, baseline`, points: of(each.baseline) }] : []),
  ]);
  const columns = [{ heading: [text(x)] }, ...series.map(({ heading }) => ({ heading, isNumeric: true }))];
  const rows = TABLE_POINTS.map((at) => [
    { content: [text(String(at))] },
    ...series.map(({ points }) => ({ content: [number(points.findLast((point) => point[0] <= at)?.[1] ?? null)] })),
  ]);
  return fold(VALUES, table([text('Some points of the curve')], columns, rows));
}

/** Rows are actual classes. A cell is the darker, the larger a part of its row it is. */
function confusionFigure({ classes, counts, hidden }: ConfusionMatrix): Html {
  const head = classes.map((name) => html`<th scope="col">${[code(name)]}</th>`);
  const body = counts.map((row, i) => {
    const total = row.reduce((sum, cell) => sum + cell, 0);
    const cells = row.map((cell) => {
      const share = total > 0 ? cell / total : 0;
      return html`<td class="shade-${Math.round(share * 10)}">${[text(count(Math.round(cell)))]}<small>${[text(percent(share))]}</small></td>`;
    });
    return html`<tr><th scope="row">${[code(classes[i]!)]}</th>${cells}</tr>`;
  });
  const rest = hidden > 0 ? html`<p class="note">${[text(`${hidden} rarer classes are not shown.`)]}</p>` : NOTHING;
  return html`<figure class="square matrix"><figcaption>Confusion matrix</figcaption><div class="scroll"><table>
<caption>Rows: actual class. Columns: predicted class.</caption>
<thead><tr><td></td>${head}</tr></thead><tbody>${body}</tbody></table></div>${rest}</figure>
`;
}

function regressionFigures({ edges, cells, residuals }: RegressionCharts, figures: Figures): Html[] {
  const columns = ['Actual − predicted', 'This change', ...(residuals.baseline ? ['Baseline'] : [])].map(
    (heading, i) => ({ heading: [text(heading)], isNumeric: i > 0 }),
  );
  const rows = residuals.candidate.map((share, i) => [
    { content: [text(`${decimal(residuals.edges[i]!)} to ${decimal(residuals.edges[i + 1]!)}`)] },
    { content: [text(percent(share))], value: share },
    ...(residuals.baseline
      ? [{ content: [text(percent(residuals.baseline[i]!))], value: residuals.baseline[i]! }]
      : []),
  ]);
  return [
    figures.add(
      [text('Predicted and actual values')],
      {
        kind: 'grid',
        edges,
        cells: cells.map(({ predicted, actual, rows: n }) => [predicted, actual, n]),
      },
      gridTable(edges, cells),
    ),
    figures.add(
      [text('Residuals: actual − predicted')],
      {
        kind: 'histogram',
        edges: residuals.edges,
        candidate: residuals.candidate,
        baseline: residuals.baseline ?? null,
      },
      fold(
        VALUES,
        table([text('Shares of the rows; the first and the last bin also hold what lies beyond')], columns, rows),
      ),
    ),
  ];
}

/** Actual values by predicted ones: how many rows lie in each bin of predictions, and where their actual values lie. */
function gridTable(edges: RegressionCharts['edges'], cells: RegressionCharts['cells']): Html {
  const range = (bin: number) => `${decimal(edges[bin]!)} to ${decimal(edges[bin + 1]!)}`;
  const columns = ['Predicted', 'Actual', 'Rows'].map((heading, i) => ({
    heading: [text(heading)] as Sentence,
    isNumeric: i === 2,
  }));
  const rows = cells.map(({ predicted, actual, rows: n }) => [
    { content: [text(range(predicted))] },
    { content: [text(range(actual))] },
    { content: [text(count(n))], value: n },
  ]);
  const caption = [text('Squares with five rows or more; those at the edges also hold what lies beyond')];
  return fold(VALUES, table(caption, columns, rows, { isSortable: true }));
}

function importancesFigure({ importances }: ModelCharts, figures: Figures): Html {
  const columns = [{ heading: [text('Feature')] }, { heading: [text('Share of the gain')], isNumeric: true }];
  const rows = importances.map(({ feature, share }) => [
    { content: [code(feature)] },
    { content: [text(percent(share))], value: share },
  ]);
  return figures.add(
    [text('Feature importance (gain)')],
    {
      kind: 'bars',
      unit: 'Share of the gain',
      bars: importances.map(({ feature, share }) => ({ name: shownName(feature), value: share })),
    },
    fold(VALUES, table([text('Features by importance')], columns, rows, { isSortable: true })),
  );
}
