import type { EChartsCoreOption } from 'echarts/core';
import type { TrialChart } from '../chart-data.ts';
import { legend, tooltip, valueAxis } from './axes.ts';
import { shown } from './numbers.ts';
import type { Palette } from './palette.ts';

export function trialOption({ metric, trials, best }: TrialChart, palette: Palette): EChartsCoreOption {
  return {
    legend: legend(2, palette),
    grid: { left: 66, right: 14, top: 30, bottom: 44 },
    tooltip: { ...tooltip('axis', palette), valueFormatter: (value: number) => shown(value) },
    xAxis: { ...valueAxis('Trial', palette), minInterval: 1 },
    yAxis: { ...valueAxis(metric, palette, 48), scale: true },
    series: [
      {
        type: 'line',
        name: 'trial',
        data: [...trials],
        lineStyle: { width: 0 },
        symbolSize: 6,
        itemStyle: { color: palette.candidate },
      },
      {
        type: 'line',
        name: 'best so far',
        step: 'end',
        data: [...best],
        showSymbol: false,
        itemStyle: { color: palette.baseline },
        lineStyle: { color: palette.baseline, width: 2, type: 'dashed' },
      },
    ],
  };
}
