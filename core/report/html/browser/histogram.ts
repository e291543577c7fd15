import type { CustomSeriesRenderItem } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import type { HistogramChart } from '../chart-data.ts';
import { legend, tooltip, valueAxis } from './axes.ts';
import { percent, shown } from './numbers.ts';
import type { Palette } from './palette.ts';

/** Filled bars for this change, an outline for the baseline. */
export function histogramOption({ edges, candidate, baseline }: HistogramChart, palette: Palette): EChartsCoreOption {
  const bars: CustomSeriesRenderItem = (_, api) => {
    const bin = api.value(0) as number;
    const [left = 0, top = 0] = api.coord([edges[bin]!, api.value(1)]);
    const [right = 0, bottom = 0] = api.coord([edges[bin + 1]!, 0]);
    const shape = { x: left, y: top, width: Math.max(1, right - left - 1), height: bottom - top };
    return { type: 'rect', shape, style: { fill: palette.candidate, opacity: 0.75 } };
  };
  return {
    legend: legend(baseline ? 2 : 1, palette),
    grid: { left: 58, right: 14, top: baseline ? 30 : 10, bottom: 44 },
    tooltip: {
      ...tooltip('item', palette),
      formatter: ({ data: [bin, share] }: { data: [number, number] }) =>
        `${shown(edges[bin]!)} to ${shown(edges[bin + 1]!)}\n${percent(share)} of the rows`,
    },
    xAxis: {
      ...valueAxis('Actual − predicted', palette),
      min: edges[0]!,
      max: edges.at(-1)!,
      axisLabel: {
        color: palette.muted,
        formatter: shown,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: {
      ...valueAxis('Share of rows', palette, 42),
      max: Math.max(...candidate, ...(baseline ?? [])) * 1.05,
      axisLabel: { color: palette.muted, formatter: percent, showMaxLabel: false },
    },
    series: [
      {
        type: 'custom',
        name: 'this change',
        itemStyle: { color: palette.candidate },
        renderItem: bars,
        encode: { x: [], y: [] },
        data: candidate.map((share, bin) => [bin, share]),
      },
      ...(baseline ? [outline(edges, baseline, palette)] : []),
    ],
  };
}

function outline(edges: readonly number[], shares: readonly number[], palette: Palette) {
  return {
    type: 'line',
    name: 'baseline',
    step: 'end',
    showSymbol: false,
    silent: true,
    tooltip: { show: false },
    itemStyle: { color: palette.baseline },
    lineStyle: { color: palette.baseline, width: 2, type: 'dashed' },
    data: [...shares.map((share, bin) => [edges[bin]!, share]), [edges.at(-1)!, shares.at(-1)!]],
  };
}
