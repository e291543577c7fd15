import { shown } from './numbers.ts';
import type { Palette } from './palette.ts';

/** An axis of numbers with its name along it. */
export function valueAxis(name: string, { muted, line }: Palette, nameGap = 28) {
  return {
    type: 'value' as const,
    name,
    nameLocation: 'middle' as const,
    nameGap,
    nameTextStyle: { color: muted },
    axisLabel: { color: muted, formatter: shown, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line, opacity: 0.6 } },
  };
}

/** Names from top to bottom; long ones are cut, and are whole in the tooltip and the table. */
export function nameAxis(names: readonly string[], { text, line }: Palette) {
  return {
    type: 'category' as const,
    data: [...names],
    inverse: true,
    axisLabel: { color: text, width: 140, overflow: 'truncate' as const, interval: 0 },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
  };
}

/** Drawn into the chart: a tooltip of HTML would take names for HTML, and the page's policy forbids its styles. */
export function tooltip(trigger: 'axis' | 'item', { card, text, line }: Palette) {
  return {
    trigger,
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: card,
    borderColor: line,
    textStyle: { color: text, fontSize: 12 },
  };
}

/** Names the lines where there is more than one. */
export function legend(lines: number, { text }: Palette) {
  return {
    show: lines > 1,
    type: 'plain' as const,
    top: 0,
    left: 0,
    itemWidth: 22,
    textStyle: { color: text, width: 110, overflow: 'truncate' as const },
  };
}
