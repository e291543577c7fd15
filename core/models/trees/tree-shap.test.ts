import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MISSING_BIN } from '../../kernels/bins.ts';
import { type AnEnsemble, anEnsemble } from './ensemble.fixture.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';
import { explainTrees } from './tree-shap.ts';

/** Where a row goes from a node that splits: said once more, plainly. */
function goesLeft(trees: TreeEnsemble, node: number, bin: number): boolean {
  if (bin === MISSING_BIN) return trees.missingLeft[node] === 1;
  const set = trees.set[node]!;
  if (set < 0) return bin <= trees.bin[node]!;
  return Math.floor(trees.sets[set * 8 + Math.floor(bin / 32)]! / 2 ** (bin % 32)) % 2 === 1;
}

/** The outputs of a row when only some features are known: the others send it both ways, by their cover. */
function outputs({ ensemble, bins }: AnEnsemble, row: number, known: ReadonlySet<number>): number[] {
  const { roots, feature, right, cover, values, width, nOutputs, base, scale } = ensemble;
  const result = [...base];
  const below = (root: number, node: number): number[] => {
    const f = feature[node]!;
    if (f < 0) return [...values.subarray(right[node]! * width, (right[node]! + 1) * width)];
    const children = [node + 1, root + right[node]!] as const;
    if (known.has(f)) return below(root, children[goesLeft(ensemble, node, bins[f]![row]!) ? 0 : 1]);
    const [left, other] = children.map((child) => below(root, child));
    return left!.map((value, k) => (value * cover[children[0]]! + other![k]! * cover[children[1]]!) / cover[node]!);
  };
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    for (const [k, value] of below(roots[tree]!, roots[tree]!).entries())
      result[width === 1 ? tree % nOutputs : k]! += scale * value;
  }
  return result;
}

/** Shapley's definition: the mean over all subsets of the other features of what a feature adds. nOutputs × nFeatures. */
function shapley(given: AnEnsemble, row: number): number[] {
  const n = given.bins.length;
  const { nOutputs } = given.ensemble;
  const subset = (mask: number) => new Set(Array.from({ length: n }, (_, f) => f).filter((f) => (mask >> f) & 1));
  const worth = Array.from({ length: 2 ** n }, (_, mask) => outputs(given, row, subset(mask)));
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  const values = new Array<number>(nOutputs * n).fill(0);
  for (let mask = 0; mask < 2 ** n; mask++) {
    const size = subset(mask).size;
    for (let f = 0; f < n; f++) {
      if ((mask >> f) & 1) continue;
      const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n);
      for (let k = 0; k < nOutputs; k++)
        values[k * n + f]! += weight * (worth[mask | (1 << f)]![k]! - worth[mask]![k]!);
    }
  }
  return values;
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    // Written so that NaN fails.
    if (!(Math.abs(actual[i]! - expected[i]!) <= tolerance)) expect(actual[i]).toBe(expected[i]);
  }
}

const anyEnsemble = fc
  .record({
    seed: fc.nat(),
    nTrees: fc.integer({ min: 1, max: 6 }),
    nFeatures: fc.integer({ min: 1, max: 6 }),
    nCategorical: fc.integer({ min: 0, max: 6 }),
    nBins: fc.constantFrom(2, 8, 40, 255),
    depth: fc.integer({ min: 0, max: 6 }),
    nOutputs: fc.integer({ min: 1, max: 3 }),
    boosting: fc.boolean(),
    nSamples: fc.constantFrom(0, 1, 3, 35),
  })
  .map(({ boosting, nOutputs, ...rest }) => anEnsemble({ ...rest, nOutputs, width: boosting ? 1 : nOutputs }));

describe('explainTrees', () => {
  it("gives Shapley's values by definition: categories, missing values, repeated features, leaves alone, both widths", () => {
    fc.assert(
      fc.property(anyEnsemble, (given) => {
        const { nOutputs, values } = explainTrees(given.ensemble, given.bins, given.nSamples);
        const perRow = nOutputs * given.bins.length;
        for (let row = 0; row < given.nSamples; row += 17)
          expectClose(values.subarray(row * perRow, (row + 1) * perRow), shapley(given, row));
      }),
      { numRuns: 300 },
    );
  });

  it('adds up: base and values of a row are its output; the base is the mean over the training rows', () => {
    fc.assert(
      fc.property(anyEnsemble, (given) => {
        const { base, values } = explainTrees(given.ensemble, given.bins, given.nSamples);
        const n = given.bins.length;
        const all = new Set(given.bins.keys());
        if (given.nSamples > 0) expectClose(base, outputs(given, 0, new Set()));
        for (let row = 0; row < given.nSamples; row++) {
          const sums = base.map((mean, k) => {
            const at = (row * base.length + k) * n;
            return values.subarray(at, at + n).reduce((sum, value) => sum + value, mean);
          });
          expectClose(sums, outputs(given, row, all));
        }
      }),
    );
  });

  it('says the same of a row, to the last bit, whatever rows stand around it', () => {
    const { ensemble, bins, nSamples } = anEnsemble({ nSamples: 70, nOutputs: 2, nCategorical: 2 });
    const together = explainTrees(ensemble, bins, nSamples).values;
    const perRow = 2 * bins.length;
    for (const row of [0, 31, 32, 69]) {
      const alone = explainTrees(
        ensemble,
        bins.map((own) => own.slice(row, row + 1)),
        1,
      ).values;
      expect(alone).toEqual(together.slice(row * perRow, (row + 1) * perRow));
    }
  });

  it('keeps its digits on paths of 40 different features', () => {
    const given = anEnsemble({ nFeatures: 40, depth: 14, nTrees: 2, nSamples: 3 });
    const chain = aChain(40);
    for (const each of [given, chain]) {
      const { base, values } = explainTrees(each.ensemble, each.bins, each.nSamples);
      for (let row = 0; row < each.nSamples; row++) {
        const own = values.subarray(row * 40, (row + 1) * 40);
        expectClose(
          [own.reduce((sum, value) => sum + value, base[0]!)],
          outputs(each, row, new Set(each.bins.keys())),
          1e-13,
        );
      }
    }
  });

  it('treats alike 40 features that play the same part', () => {
    const { ensemble, bins } = aChain(40);
    const { base, values } = explainTrees(ensemble, bins, 1);
    // Only the row of all ones reaches the value 1, and half the rows go along at each step: (1 − 2⁻⁴⁰)/40 for each.
    expect(base[0]).toBeCloseTo(2 ** -40, 20);
    expectClose(values.subarray(0, 40), new Array(40).fill((1 - 2 ** -40) / 40), 1e-15);
  });
});

/** A tree that says 1 where all features are 0, else 0: one split after the other. Rows: all zeros, all ones. */
function aChain(n: number): AnEnsemble {
  const size = 2 * n + 1;
  const ensemble: TreeEnsemble = {
    roots: Int32Array.of(0, size),
    feature: Int32Array.from({ length: size }, (_, node) => (node < n ? node : -1)),
    bin: new Uint8Array(size),
    right: Int32Array.from({ length: size }, (_, node) => (node < n ? 2 * n - node : node - n)),
    missingLeft: new Uint8Array(size),
    set: new Int32Array(size).fill(-1),
    sets: new Uint32Array(0),
    cover: Float64Array.from({ length: size }, (_, node) => 2 ** (node <= n ? n - node : node - n - 1)),
    values: Float64Array.from({ length: n + 1 }, (_, leaf) => Number(leaf === 0)),
    width: 1,
    nOutputs: 1,
    base: Float64Array.of(0),
    scale: 1,
    importances: new Float64Array(n).fill(1 / n),
  };
  return { ensemble, bins: Array.from({ length: n }, () => Uint8Array.of(0, 1)), nSamples: 2 };
}

/*
 * `node scripts/generate/tree-shap-golden.ts`, which gives the same ensembles to shap 0.51.0:
 * shap.TreeExplainer({"trees": [{children_left, children_right, children_default, features, thresholds, values,
 * node_sample_weight}, …]}, feature_perturbation="tree_path_dependent").shap_values(X) and .expected_value
 */
const golden = JSON.parse(readFileSync(new URL('golden/tree-shap.json', import.meta.url), 'utf8')) as {
  options: Parameters<typeof anEnsemble>[0];
  base: number[];
  values: number[];
}[];

describe('beside shap.TreeExplainer', () => {
  it.each(golden)('$options', ({ options, base, values }) => {
    const given = anEnsemble(options);
    const ours = explainTrees(given.ensemble, given.bins, given.nSamples);
    expectClose(ours.base, base, 1e-12);
    expectClose(ours.values, values, 1e-12);
  });
});
