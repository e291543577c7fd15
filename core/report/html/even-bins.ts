/** Sizes that a bin may have, times a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/**
 * About `wanted` bins of equal size from the lowest to the highest value, but for the outermost 0.5 % on either side. Edges are round
 * numbers, so that none of them is somebody's value.
 */
export function evenEdges(values: Float64Array, wanted: number): number[] {
  const sorted = values.filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0.005), at(0.995)];
  if (low === high) return [low - 0.5, low + 0.5].map((edge) => roundTo(edge, 1));
  const step = niceStep((high - low) / wanted);
  const first = Math.floor(low / step);
  const count = Math.max(1, Math.ceil(high / step) - first);
  return Array.from({ length: count + 1 }, (_, i) => roundTo((first + i) * step, step));
}

/** The bin of each value; the outer bins hold what lies beyond. */
export function binsOf(values: Float64Array, edges: readonly number[]): Uint32Array {
  const last = edges.length - 2;
  const step = edges[1]! - edges[0]!;
  return Uint32Array.from(values, (value) => Math.min(last, Math.max(0, Math.floor((value - edges[0]!) / step))));
}

function niceStep(size: number): number {
  let power = 1;
  while (power * 10 <= size) power *= 10;
  while (power > size) power /= 10;
  return power * STEPS.find((step) => step * power >= size)!;
}

/** Without the last digits, which are only those of binary fractions. */
function roundTo(value: number, step: number): number {
  return Math.abs(value) < step / 2 ? 0 : Number(value.toPrecision(12));
}
