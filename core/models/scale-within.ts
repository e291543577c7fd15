/**
 * The largest power of two that keeps `largest` times it within `most`; 1 when `largest` is 0. From 2⁻¹⁰²² to 2¹⁰²², so that
 * dividing by it is exact too.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 */
export function scaleWithin(largest: number, most: number): number {
  if (largest === 0) return 1;
  let scale = 1;
  while (largest * scale > most && scale > 2 ** -1022) scale /= 2;
  while (largest * scale * 2 <= most && scale < 2 ** 1022) scale *= 2;
  return scale;
}
