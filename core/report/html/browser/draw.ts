import type { ChartData } from '../chart-data.ts';
import { type EChartsType, init } from './echarts.ts';
import { optionOf } from './options.ts';
import { readPalette } from './palette.ts';

/** Draws each figure when it comes into view, anew when the reader's colours change, and fits it to its place. */
export function drawWhenSeen(data: readonly ChartData[]): void {
  const drawn = new Map<HTMLElement, { readonly chart: EChartsType; readonly data: ChartData }>();
  const draw = (place: HTMLElement) => {
    if (drawn.has(place) || place.clientWidth === 0) return;
    const own = data[Number(place.dataset.chart)]!;
    const height = heightOf(own);
    if (height !== null) place.style.height = `${height}px`;
    const chart = init(place, null, { renderer: 'svg' });
    chart.setOption(optionOf(own, readPalette()));
    drawn.set(place, { chart, data: own });
  };
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target as HTMLElement);
    },
    { rootMargin: '400px' },
  );
  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const own = drawn.get(target as HTMLElement);
      if (own && target.clientWidth > 0) own.chart.resize();
    }
  });
  const places = document.querySelectorAll<HTMLElement>('[data-chart]');
  for (const place of places) {
    seen.observe(place);
    sized.observe(place);
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const { chart, data: own } of drawn.values()) chart.setOption(optionOf(own, readPalette()), true);
  });
  // Paper shows all of it.
  addEventListener('beforeprint', () => {
    for (const place of places) draw(place);
  });
}

/** Pixels, where they depend on how much there is to show. */
function heightOf(data: ChartData): number | null {
  if (data.kind === 'intervals') return 78 + 42 * data.rows.length;
  if (data.kind === 'bars') return 56 + 24 * data.bars.length;
  return null;
}
