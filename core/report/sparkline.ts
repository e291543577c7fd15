const BARS = [...'▁▂▃▄▅▆▇█'];

/** Values as a row of bars from the lowest to the highest of them; all equal ones are at half height. */
export function sparkline(values: readonly number[]): string {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return values.map((value) => BARS[span === 0 ? 3 : Math.round(((value - low) / span) * (BARS.length - 1))]!).join('');
}
