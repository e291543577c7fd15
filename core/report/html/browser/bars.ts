import type { EChartsCoreOption } from 'echarts/core';
import type { BarChart } from '../chart-data.ts';
import { nameAxis, tooltip, valueAxis } from './axes.ts';
import { shown } from './numbers.ts';
import type { Palette } from './palette.ts';

export function barOption({ unit, bars, threshold }: BarChart, palette: Palette): EChartsCoreOption {
  return {
    grid: { left: 152, right: 24, top: 6, bottom: 46 },
    tooltip: {
      ...tooltip('item', palette),
      formatter: ({ name, value }: { name: string; value: number }) => `${name}\n${shown(value)}`,
    },
    xAxis: { ...valueAxis(unit, palette), splitNumber: 4 },
    yAxis: nameAxis(
      bars.map(({ name }) => name),
      palette,
    ),
    series: [
      {
        type: 'bar',
        barMaxWidth: 14,
        itemStyle: { color: palette.candidate },
        data: bars.map(({ value, isMarked }) => (isMarked ? { value, itemStyle: { color: palette.bad } } : value)),
        ...(threshold !== undefined && {
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: palette.text, type: 'dashed' },
            data: [{ xAxis: threshold }],
          },
        }),
      },
    ],
  };
}
