import { code, number, shownName, text } from '../fragments.ts';
import type { Html } from '../to-html.ts';
import type { DriftCharts } from './charts.ts';
import type { Figures } from './figures.ts';
import { fold, html, table } from './html-blocks.ts';

/** How far each column moved. Statistics of different tests are compared by their share of the threshold. */
export function driftFigures({ columns }: DriftCharts, figures: Figures): Html {
  const byMove = columns
    .map((column) => ({ ...column, ratio: column.statistic / column.threshold }))
    .sort((a, b) => b.ratio - a.ratio);
  const headings = [
    ...['Column', 'Test', 'Outcome'].map((heading) => ({ heading: [text(heading)] })),
    ...['Statistic', 'Threshold'].map((heading) => ({ heading: [text(heading)], isNumeric: true })),
  ];
  const rows = byMove.map(({ column, test, drifted, statistic, threshold }) => [
    { content: [code(column)] },
    { content: [text(test)] },
    { content: [text(drifted ? 'drifted' : 'as before')] },
    { content: [number(statistic)], value: statistic },
    { content: [number(threshold)], value: threshold },
  ]);
  const figure = figures.add([text('Drift by column: statistic ÷ threshold')], {
    kind: 'bars',
    unit: 'Statistic ÷ threshold',
    bars: byMove.map(({ column, ratio, drifted }) => ({ name: shownName(column), value: ratio, isMarked: drifted })),
    threshold: 1,
  });
  return fold(
    [text('Drift')],
    html`<div class="figures">${figure}</div>${table([text('Every column, most drifted first')], headings, rows, { isSortable: true })}`,
    { isOpen: true },
  );
}
