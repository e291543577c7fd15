import type { EChartsCoreOption } from 'echarts/core';
import type { ChartData } from '../chart-data.ts';
import { barOption } from './bars.ts';
import { curveOption } from './curves.ts';
import { gridOption } from './grid.ts';
import { histogramOption } from './histogram.ts';
import { intervalOption } from './intervals.ts';
import type { Palette } from './palette.ts';
import { trialOption } from './trials.ts';

/** What ECharts draws of a figure's data. */
export function optionOf(data: ChartData, palette: Palette): EChartsCoreOption {
  return { ...common(palette), ...ownOption(data, palette) };
}

function ownOption(data: ChartData, palette: Palette): EChartsCoreOption {
  switch (data.kind) {
    case 'curves':
      return curveOption(data, palette);
    case 'intervals':
      return intervalOption(data, palette);
    case 'bars':
      return barOption(data, palette);
    case 'grid':
      return gridOption(data, palette);
    case 'histogram':
      return histogramOption(data, palette);
    case 'trials':
      return trialOption(data, palette);
  }
}

function common({ text, font }: Palette): EChartsCoreOption {
  return { animation: false, textStyle: { color: text, fontFamily: font } };
}
