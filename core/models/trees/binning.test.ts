import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binningWasm } from '../../kernels/binning/binning.wasm.ts';
import { COUNTS_BYTES } from '../../kernels/binning/layout.ts';
import { MISSING_BIN } from '../../kernels/bins.ts';
import { compileKernel } from '../../kernels/compile-kernel.ts';
import { sharedMemory } from '../../kernels/memory.ts';
import type { Feature } from '../../preprocessing/features.ts';
import { categorical, numeric } from '../uniform-rows.fixture.ts';
import { type Binning, binFeature, countBins, learnBinnings } from './binning.ts';

const { NaN: missing, POSITIVE_INFINITY: infinity } = Number;
const learned = (values: ArrayLike<number>, maxBins?: number) => learnBinnings(numeric([values]), { maxBins })[0]!;
const edgesOf = (values: ArrayLike<number>, maxBins?: number): number[] => {
  const binning = learned(values, maxBins);
  return binning.kind === 'numeric' ? [...binning.edges] : [];
};
function binsOf(feature: Feature, binning: Binning): number[] {
  const out = new Uint8Array(feature.kind === 'numeric' ? feature.values.length : feature.codes.length);
  binFeature(feature, binning, out);
  return [...out];
}
const upTo = (n: number, value: (i: number) => number = (i) => i) =>
  Float64Array.from({ length: n }, (_, i) => value(i));

describe('learnBinnings', () => {
  it.each([
    { title: 'few values: half-way between neighbours', values: [3, 1, 1, 2, 3], edges: [1.5, 2.5] },
    { title: 'one value', values: [4, 4], edges: [] },
    { title: 'no value but gaps', values: [missing, missing], edges: [] },
    { title: 'no rows', values: [], edges: [] },
    { title: 'gaps between values', values: [missing, 5, missing, 1], edges: [3] },
    { title: 'zeros of both signs, which are one value', values: [0, -0, 1, -1, -0], edges: [-0.5, 0.5] },
    {
      title: 'the ends of the range, whose sum is too large',
      values: [1.7e308, 1.5e308, -1.7e308],
      edges: [-1e307, 1.6e308],
    },
    { title: 'neighbours with no number between them', values: [1, 1 + Number.EPSILON], edges: [1] },
    { title: 'the smallest numbers', values: [5e-324, 0, 1e-323], edges: [0, 5e-324] },
  ])('finds borders of $title', ({ values, edges }) => {
    expect(edgesOf(values)).toHaveLength(edges.length);
    for (const [i, edge] of edgesOf(values).entries())
      expect(Math.abs(edge - edges[i]!)).toBeLessThanOrEqual(1e-15 * Math.abs(edges[i]!));
  });

  it('gives each of 255 values a bin, and of 256 puts two together', () => {
    expect(edgesOf(upTo(255))).toHaveLength(254);
    expect(edgesOf(upTo(256))).toHaveLength(254);
    expect(countBins(learned(upTo(255)))).toBe(255);
  });

  it.each([2, 7, 100, 255])('parts many values in %d bins of about as many rows', (maxBins) => {
    const values = upTo(10_007, (i) => ((i * 7919) % 10_007) ** 2);
    const edges = edgesOf(values, maxBins);
    expect(edges).toHaveLength(maxBins - 1);
    const counts = new Float64Array(maxBins);
    for (const bin of binsOf({ kind: 'numeric', name: 'x', values }, learned(values, maxBins))) counts[bin]!++;
    for (const count of counts) expect(Math.abs(count - 10_007 / maxBins)).toBeLessThanOrEqual(1);
  });

  it('does not part a value that many rows share, and uses what is left for the others', () => {
    const values = upTo(4000, (i) => (i < 3000 ? 7 : i));
    const edges = edgesOf(values, 20);
    expect(edges.filter((edge) => edge < 3000)).toHaveLength(1);
    expect(edges.length).toBeLessThan(20);
  });

  it.each([
    { rows: 200_000, seen: 'all' },
    { rows: 200_001, seen: 'every second' },
    { rows: 400_000, seen: 'every second' },
  ])('of $rows rows looks at $seen', ({ rows, seen }) => {
    // Every other row has a value beyond the first eleven.
    const edges = edgesOf(upTo(rows, (i) => (i % 2 === 0 ? (i / 2) % 11 : 100 + (i % 997))));
    expect(edges.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((value) => value + 0.5));
    expect(edges.length > 10).toBe(seen === 'all');
  });

  it.each([
    { nCategories: 1, nBins: 1 },
    { nCategories: 255, nBins: 255 },
    { nCategories: 256, nBins: 255 },
  ])('has $nBins bins for $nCategories categories', ({ nCategories, nBins }) => {
    const codes = [...upTo(nCategories)];
    expect(countBins(learnBinnings(categorical(codes, nCategories))[0]!)).toBe(nBins);
  });

  it('puts the rarest of too many categories together, and what it has not seen with gaps', () => {
    const often = [...upTo(600, (i) => (i < 300 ? 299 - (i % 254) : i % 300))];
    const [binning] = learnBinnings(categorical(often, 300));
    const bins = binsOf(categorical([...upTo(300), -1, 300], 301).columns[0]!, binning!);
    expect(new Set(bins.slice(46, 300)).size).toBe(254);
    expect(new Set(bins.slice(0, 46))).toEqual(new Set([254]));
    expect(bins.slice(300)).toEqual([MISSING_BIN, MISSING_BIN]);
  });
});

describe('binFeature', () => {
  const value = fc.oneof(
    fc.double(),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(missing, -0, infinity, -infinity),
  );

  it('counts the edges below a value', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 254, size: 'max' }),
        fc.array(value),
        (cuts, own) => {
          const edges = Float64Array.from(cuts, (cut) => cut + 0).sort();
          const values = Float64Array.from([...own, ...edges]);
          const plain = Array.from(values, (v) =>
            Number.isNaN(v) ? MISSING_BIN : edges.filter((edge) => edge < v).length,
          );
          expect(binsOf({ kind: 'numeric', name: 'x', values }, { kind: 'numeric', edges })).toEqual(plain);
        },
      ),
    );
  });

  it('does not put two values of a few in one bin, nor one in two', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.uniqueArray(finite, { minLength: 1, maxLength: 255, size: 'max' }), (drawn) => {
        const distinct = [...new Set(drawn.map((v) => v + 0))].sort((a, b) => a - b);
        const values = Float64Array.from([...distinct, ...distinct]);
        const bins = binsOf({ kind: 'numeric', name: 'x', values }, learned(values));
        const places = distinct.map((_, i) => i);
        expect(bins).toEqual([...places, ...places]);
      }),
    );
  });

  it('bins more rows than the kernel takes at once', () => {
    const values = upTo(100_000, (i) => (i * 31) % 97);
    expect(binsOf({ kind: 'numeric', name: 'x', values }, learned(values))).toEqual([...values]);
  });

  it('refuses a feature of another kind than was learned', () => {
    expect(() => binsOf(categorical([0], 1).columns[0]!, learned([1, 2]))).toThrow('feature k is categorical');
  });
});

describe('sortNumbers', () => {
  const memory = sharedMemory(100_000)!;
  const { sortNumbers } = new WebAssembly.Instance(compileKernel(binningWasm), { env: { memory } }).exports;
  function sorted(values: ArrayLike<number>): Float64Array {
    const counts = 1024;
    const at = counts + COUNTS_BYTES;
    const spare = at + 8 * values.length;
    new Float64Array(memory.buffer, at, values.length).set(Float64Array.from(values));
    sortNumbers(at, values.length, spare, counts);
    return new Float64Array(memory.buffer, at, values.length).slice();
  }
  it('sorts as Float64Array does, with −0 as 0', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true }),
      fc.integer({ min: -300, max: 300 }),
      fc.constantFrom(0, -0, 5e-324),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 600, size: 'max' }), (values) => {
        expect(sorted(values)).toEqual(Float64Array.from(values, (v) => v + 0).sort());
      }),
    );
  });
  it.each([0, 1, 2, 1000])('sorts %d numbers that differ in all of their bytes', (n) => {
    const values = upTo(n, (i) => Math.sin(i) * 10 ** ((i * 53) % 300) * (i % 2 ? 1 : 1e-300));
    expect(sorted(values)).toEqual(values.slice().sort());
  });
});
