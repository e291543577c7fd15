import type { CustomSeriesRenderItem } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import type { Interval, IntervalChart } from '../chart-data.ts';
import { legend, nameAxis, tooltip, valueAxis } from './axes.ts';
import { shown } from './numbers.ts';
import type { Palette } from './palette.ts';

/** Pixels between the middle of a row and its two marks. */
const APART = 8;

/** A dot for the value and a bar for the interval: round for this change, a diamond for the baseline. */
export function intervalOption({ rows }: IntervalChart, palette: Palette): EChartsCoreOption {
  const series = (
    name: string,
    color: string,
    offset: number,
    of: (row: IntervalChart['rows'][number]) => Interval | null,
  ) => ({
    type: 'custom',
    name,
    itemStyle: { color },
    renderItem: drawMark(color, offset),
    encode: { x: [1, 2, 3], y: 0 },
    data: rows.flatMap((row, i) => {
      const interval = of(row);
      return interval === null
        ? []
        : [[i, interval.value, interval.ci?.[0] ?? interval.value, interval.ci?.[1] ?? interval.value]];
    }),
    tooltip: {
      formatter: ({ data: [row, value, low, high] }: { data: [number, number, number, number] }) =>
        `${rows[row]!.name}, ${name}\n${shown(value)}${low === high ? '' : ` (${shown(low)} to ${shown(high)})`}`,
    },
  });
  const hasBaseline = rows.some(({ baseline }) => baseline !== null);
  return {
    legend: {
      ...legend(hasBaseline ? 2 : 1, palette),
      itemWidth: 12,
      data: [
        { name: 'this change', icon: 'circle' },
        { name: 'baseline', icon: 'diamond' },
      ],
    },
    grid: { left: 152, right: 18, top: hasBaseline ? 30 : 10, bottom: 28 },
    tooltip: tooltip('item', palette),
    xAxis: { ...valueAxis('', palette), scale: true, splitNumber: 3 },
    yAxis: nameAxis(
      rows.map(({ name }) => name),
      palette,
    ),
    series: [
      series('this change', palette.candidate, hasBaseline ? -APART : 0, ({ candidate }) => candidate),
      ...(hasBaseline ? [series('baseline', palette.baseline, APART, ({ baseline }) => baseline)] : []),
    ],
  };
}

function drawMark(color: string, offset: number): CustomSeriesRenderItem {
  return (_, api) => {
    const row = api.value(0);
    const [x = 0, middle = 0] = api.coord([api.value(1), row]);
    const [low = 0] = api.coord([api.value(2), row]);
    const [high = 0] = api.coord([api.value(3), row]);
    const y = middle + offset;
    const bar = { x: low, y: y - 2.5, width: Math.max(1, high - low), height: 5, r: 2.5 };
    return {
      type: 'group',
      children: [
        { type: 'rect', shape: bar, style: { fill: color, opacity: 0.45 } },
        offset > 0
          ? {
              type: 'polygon',
              shape: {
                points: [
                  [x - 6, y],
                  [x, y - 6],
                  [x + 6, y],
                  [x, y + 6],
                ],
              },
              style: { fill: color },
            }
          : { type: 'circle', shape: { cx: x, cy: y, r: 5 }, style: { fill: color } },
      ],
    };
  };
}
