import { log } from '../../stats/elementary.ts';
import type { NumericSamples, Samples } from './drift-test.ts';

/** A column of numbers with more distinct values in the reference is cut into ranges. */
const MOST_VALUES = 20;

/** Two distributions over the same bins: shares that add up to 1. */
export interface Shares {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/**
 * The shares of a column's categories. Numbers with more than twenty distinct values in the reference fall into ranges of equal width, as many
 * as Sturges' rule gives for both tables together (`numpy.histogram_bin_edges(bins='sturges')`); others have a bin for each value.
 */
export function sharesOf(samples: Samples): Shares {
  if (samples.kind === 'categorical') return { reference: shares(samples.reference), current: shares(samples.current) };
  const edges = distinct(samples.reference).length > MOST_VALUES ? sturgesEdges(samples) : valueEdges(samples);
  return { reference: shares(histogram(samples.reference, edges)), current: shares(histogram(samples.current, edges)) };
}

function shares(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}

function sturgesEdges({ reference, current }: NumericSamples): number[] {
  const low = Math.min(reference[0]!, current[0]!);
  const high = Math.max(reference.at(-1)!, current.at(-1)!);
  const bins = Math.ceil(log(reference.length + current.length) / log(2) + 1);
  const width = (high - low) / bins;
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * width));
}

/** Edges such that each distinct value has a bin of its own. */
function valueEdges({ reference, current }: NumericSamples): number[] {
  const values = distinct(Float64Array.from([...distinct(reference), ...distinct(current)]).sort());
  return [...values, values.at(-1)!];
}

function distinct(ascending: Float64Array): Float64Array {
  return ascending.filter((value, i) => i === 0 || value !== ascending[i - 1]);
}

/** How many of these ascending values lie in each bin; a bin holds its lower edge, the last one both. */
function histogram(values: Float64Array, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  let bin = 0;
  for (const value of values) {
    while (bin < counts.length - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return counts;
}
