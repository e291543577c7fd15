import type { EChartsCoreOption } from 'echarts/core';
import type { CurveChart } from '../chart-data.ts';
import { legend, tooltip, valueAxis } from './axes.ts';
import { shown } from './numbers.ts';
import type { Palette } from './palette.ts';

export function curveOption({ x, y, lines, guess }: CurveChart, palette: Palette): EChartsCoreOption {
  const unit = { min: 0, max: 1 };
  return {
    legend: { ...legend(lines.length, palette), icon: 'rect', itemHeight: 3 },
    grid: { left: 52, right: 14, top: lines.length > 4 ? 54 : lines.length > 1 ? 32 : 10, bottom: 44 },
    tooltip: { ...tooltip('axis', palette), valueFormatter: (value: number) => shown(value) },
    xAxis: { ...valueAxis(x, palette), ...unit },
    yAxis: { ...valueAxis(y, palette, 36), ...unit },
    series: [
      ...lines.map(({ name, points, isBaseline }, i) => {
        const color = isBaseline ? palette.baseline : lines.length > 2 ? palette.classes[i]! : palette.candidate;
        return {
          type: 'line',
          name,
          data: [...points],
          showSymbol: false,
          itemStyle: { color },
          lineStyle: { color, width: 2, type: isBaseline ? 'dashed' : 'solid' },
          z: isBaseline ? 3 : 2,
        };
      }),
      {
        type: 'line',
        data: [...guess],
        showSymbol: false,
        silent: true,
        tooltip: { show: false },
        lineStyle: { color: palette.muted, width: 1, type: 'dotted' },
      },
    ],
  };
}
