import { code, number, type Sentence, sentence, strong, text } from '../fragments.ts';
import { ARROWS } from '../gate-row.ts';
import { count, number as decimal, signed } from '../numbers.ts';
import type { DatasetReport, Report } from '../report-schema.ts';
import { measuredNote, withInterval } from '../tables.ts';
import type { Html } from '../to-html.ts';
import { type Cell, html, NOTHING, table } from './html-blocks.ts';

const NUMBERS = ['Out of fold (95 % CI)', 'Baseline', 'Δ', 'Test', 'Train'];

/** Every model of every dataset by its primary metric: what one would sort by. */
export function runsSection({ datasets }: Report): Html {
  const rows = datasets.flatMap(({ dataset, models, primaryMetric, selectedModel }) =>
    models.map((model): Cell[] => {
      const metric = model.metrics.find((each) => each.metric === primaryMetric);
      return [
        { content: modelName(model.model === selectedModel, model.model, measuredNote(model.measuredOn)) },
        { content: [code(dataset)] },
        { content: metric ? sentence`${metric.metric} ${ARROWS[metric.direction]}` : [] },
        ...(metric ? metricCells(metric) : NUMBERS.map(() => ({ content: [] }))),
        { content: [text(model.fitSeconds.toFixed(2))], value: model.fitSeconds },
        { content: [text(model.modelBytes === null ? '—' : count(model.modelBytes))], value: model.modelBytes },
        { content: [code(model.run)] },
      ];
    }),
  );
  if (rows.length === 0) return NOTHING;
  const columns = [
    ...['Model', 'Dataset', 'Primary metric'].map((heading) => ({ heading: [text(heading)] })),
    ...[...NUMBERS, 'Fit, s', 'Model, bytes'].map((heading) => ({ heading: [text(heading)], isNumeric: true })),
    { heading: [text('Run')] },
  ];
  const caption = sentence`Models by their primary metric; in bold, the selected one of each dataset`;
  return html`<section aria-labelledby="runs"><h2 id="runs">Runs</h2>${table(caption, columns, rows, { isSortable: true })}</section>`;
}

/** Every model and metric of a dataset. */
export function metricsTable({ models, selectedModel }: DatasetReport): Html {
  const rows = models.flatMap(({ model, metrics, measuredOn }) =>
    metrics.map((metric): Cell[] => [
      { content: modelName(model === selectedModel, model, measuredNote(measuredOn)) },
      { content: sentence`${metric.metric} ${ARROWS[metric.direction]}` },
      ...metricCells(metric),
    ]),
  );
  const columns = [
    ...['Model', 'Metric'].map((heading) => ({ heading: [text(heading)] })),
    ...NUMBERS.map((heading) => ({ heading: [text(heading)], isNumeric: true })),
  ];
  return table([text('Every model and metric')], columns, rows, { isSortable: true });
}

function metricCells(metric: DatasetReport['models'][number]['metrics'][number]): Cell[] {
  const { outOfFold, baseline, delta, test, train } = metric;
  const plain = (value: number | null, format: (value: number | null) => string = decimal): Cell => ({
    content: [number(value, format)],
    value,
  });
  return [
    { content: withInterval(outOfFold), value: outOfFold.value },
    plain(baseline === null || delta === null ? null : baseline),
    plain(delta, signed),
    plain(test.value),
    plain(train.value),
  ];
}

function modelName(isSelected: boolean, model: string, note: string): Sentence {
  return [isSelected ? strong(code(model)) : code(model), text(note)];
}
