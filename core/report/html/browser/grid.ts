import type { CustomSeriesRenderItem } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import type { GridChart } from '../chart-data.ts';
import { tooltip, valueAxis } from './axes.ts';
import { shown } from './numbers.ts';
import type { Palette } from './palette.ts';

/** Squares that are the darker, the more rows lie in them; on the dotted line a prediction is right. */
export function gridOption({ edges, cells }: GridChart, palette: Palette): EChartsCoreOption {
  const [low, high] = [edges[0]!, edges.at(-1)!];
  const most = Math.max(...cells.map(([, , rows]) => rows));
  const renderItem: CustomSeriesRenderItem = (_, api) => {
    const [column, row, rows] = [api.value(0) as number, api.value(1) as number, api.value(2) as number];
    const [left = 0, bottom = 0] = api.coord([edges[column]!, edges[row]!]);
    const [right = 0, top = 0] = api.coord([edges[column + 1]!, edges[row + 1]!]);
    const opacity = 0.12 + 0.88 * Math.sqrt(rows / most);
    return {
      type: 'rect',
      shape: { x: left, y: top, width: right - left, height: bottom - top },
      style: { fill: `rgb(${palette.shade.replaceAll(' ', ',')})`, opacity },
    };
  };
  const range = { min: low, max: high };
  const axisLabel = {
    color: palette.muted,
    formatter: shown,
    hideOverlap: true,
    showMinLabel: false,
    showMaxLabel: false,
  };
  return {
    grid: { left: 58, right: 14, top: 10, bottom: 44 },
    tooltip: {
      ...tooltip('item', palette),
      formatter: ({ data: [column, row, rows] }: { data: [number, number, number] }) =>
        `predicted ${between(edges, column)}\nactual ${between(edges, row)}\n${rows} rows`,
    },
    xAxis: { ...valueAxis('Predicted', palette), ...range, axisLabel },
    yAxis: { ...valueAxis('Actual', palette, 42), ...range, axisLabel },
    series: [
      { type: 'custom', renderItem, encode: { x: [], y: [] }, data: [...cells], clip: true },
      {
        type: 'line',
        data: [
          [low, low],
          [high, high],
        ],
        showSymbol: false,
        silent: true,
        tooltip: { show: false },
        lineStyle: { color: palette.text, width: 1, type: 'dotted' },
      },
    ],
  };
}

function between(edges: readonly number[], bin: number): string {
  return `${shown(edges[bin]!)} to ${shown(edges[bin + 1]!)}`;
}
