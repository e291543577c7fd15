import type { Estimate } from '../../tracking/run.ts';
import { baselineSentence } from '../baseline-sentences.ts';
import { code, number, type Sentence, sentence, shownName, strong, text } from '../fragments.ts';
import { ARROWS } from '../gate-row.ts';
import { sliceName } from '../gate-sentences.ts';
import { noteSentence } from '../note-sentences.ts';
import { count, plural, signed } from '../numbers.ts';
import type { DatasetReport } from '../report-schema.ts';
import { withInterval } from '../tables.ts';
import type { Html } from '../to-html.ts';
import type { Interval } from './chart-data.ts';
import type { DatasetCharts } from './charts.ts';
import { driftFigures } from './drift-figures.ts';
import type { Figures } from './figures.ts';
import { fold, html, list, NOTHING, table } from './html-blocks.ts';
import { modelFigures } from './model-figures.ts';
import { metricsTable } from './runs-section.ts';
import { tuningFigures } from './tuning-figures.ts';

/** One dataset: how its models compare, and what each does. @param index tells its headings from others'. */
export function datasetSection(
  dataset: DatasetReport,
  charts: DatasetCharts | undefined,
  figures: Figures,
  index: number,
): Html {
  const { models, data, target, task, slices, selectedModel, baseline, notes } = dataset;
  const about = sentence`${plural(models.length, 'model')} on ${plural(data?.rows ?? 0, 'row')}, target ${code(target)}${task === null ? '' : ` (${task})`}`;
  const compared = [
    ...(baseline.kind === 'none' ? [] : [baselineSentence(baseline)]),
    ...notes.map((note) => noteSentence(note)),
  ];
  const shown = selectedModel ?? models[0]?.model;
  return html`<section aria-labelledby="dataset-${index}"><h2 id="dataset-${index}">${[code(dataset.dataset)]}</h2>
<p>${about}</p>${list(compared)}
${intervalFigures(dataset, charts, figures)}
${fold(sentence`All metrics of ${code(dataset.dataset)}`, metricsTable(dataset))}
${slices.length > 0 ? fold(sentence`Slices, by ${code(selectedModel ?? '')}`, slicesTable(dataset)) : NOTHING}
${models.map((model) => {
  const own = charts?.models.find((each) => each.model === model.model);
  const inside = own ? modelFigures(own, figures) : NOTHING;
  const title = sentence`Charts of ${strong(code(model.model))}`;
  return inside === NOTHING ? NOTHING : fold(title, inside, { isOpen: model.model === shown });
})}
${(charts?.studies ?? []).map((study) => tuningFigures(study, figures))}
${charts?.drift ? driftFigures(charts.drift, figures) : NOTHING}
</section>
`;
}

/** Per metric: each model's value and interval, beside its baseline's. */
function intervalFigures({ models }: DatasetReport, charts: DatasetCharts | undefined, figures: Figures): Html {
  const metrics = new Map(
    models.flatMap((model) => model.metrics.map((each) => [each.metric, each.direction] as const)),
  );
  const drawn = [...metrics].flatMap(([metric, direction]): Html[] => {
    const rows = models.map((model) => ({
      name: shownName(model.model),
      candidate: intervalOf(model.metrics.find((each) => each.metric === metric)?.outOfFold),
      baseline: intervalOf(charts?.models.find((each) => each.model === model.model)?.baselineMetrics?.get(metric)),
    }));
    if (rows.every(({ candidate }) => candidate === null)) return [];
    return [figures.add(sentence`${metric} ${ARROWS[direction]}`, { kind: 'intervals', rows })];
  });
  if (drawn.length === 0) return NOTHING;
  return html`<div class="plots"><h3>Metrics out of fold, with 95 % intervals</h3>
<div class="figures">${drawn}</div></div>`;
}

function intervalOf(estimate: Estimate | undefined): Interval | null {
  return estimate?.value == null ? null : { value: estimate.value, ci: estimate.ci };
}

function slicesTable({ slices }: DatasetReport): Html {
  const ids = slices[0]?.metrics.map(({ metric }) => metric) ?? [];
  const columns = [
    { heading: [text('Slice')] },
    ...['Rows', ...ids.flatMap((id) => [`${id} (95 % CI)`, 'Δ'])].map((heading) => ({
      heading: [text(heading)] as Sentence,
      isNumeric: true,
    })),
  ];
  const rows = slices.map((slice) => [
    { content: [sliceName(slice)] },
    { content: [text(count(slice.n))], value: slice.n },
    ...slice.metrics.flatMap(({ outOfFold, delta }) => [
      { content: withInterval(outOfFold), value: outOfFold.value },
      { content: [number(delta, signed)], value: delta },
    ]),
  ]);
  return table([text('The selected model on the rows of one value each')], columns, rows, { isSortable: true });
}
