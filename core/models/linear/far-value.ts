import type { Features } from '../../preprocessing/features.ts';

/** Standard deviations from which on a value is more likely wrong than rare. */
const FAR = 200;

/**
 * The feature with the value that lies farthest from the others, in standard deviations of these others, if it is far enough
 * to spoil a linear model: where training rows do not have it, nothing holds the coefficient back that it is multiplied by.
 *
 * Features of 0 and 1, as categories are encoded, are left out, and those that are constant but for the value.
 *
 * @param features dense: finite values, none missing.
 */
export function farValue({ columns }: Features): { readonly name: string; readonly deviations: number } | undefined {
  let worst: { name: string; deviations: number } | undefined;
  for (const column of columns) {
    if (column.kind !== 'numeric') continue;
    const { name, values } = column;
    if (values.every((value) => value === 0 || value === 1)) continue;
    const deviations = farthest(values);
    if (deviations >= FAR && deviations > (worst?.deviations ?? 0)) worst = { name, deviations };
  }
  return worst;
}

/** How far the value farthest from the mean is from the mean of the others; 0 where these are all alike. */
function farthest(values: Float64Array): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  let place = 0;
  for (let row = 1; row < n; row++) if (Math.abs(values[row]! - mean) > Math.abs(values[place]! - mean)) place = row;
  const first = values[place === 0 ? 1 : 0]!;
  // Less one of them, so that others that are all alike have no spread at all.
  const others = values.filter((_, row) => row !== place).map((value) => value - first);
  const centre = others.reduce((sum, value) => sum + value / others.length, 0);
  const variance = others.reduce((sum, value) => sum + ((value - centre) * (value - centre)) / others.length, 0);
  return variance > 0 ? Math.abs(values[place]! - first - centre) / Math.sqrt(variance) : 0;
}
