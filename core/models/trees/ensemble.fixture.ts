import { MISSING_BIN } from '../../kernels/bins.ts';
import { createRandom, type Random } from '../../random/random.ts';
import { powerOfTwo } from '../../stats/elementary.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/** A random ensemble to explain, and rows for it. */
export interface AnEnsemble {
  readonly ensemble: TreeEnsemble;
  readonly bins: readonly Uint8Array[];
  readonly nSamples: number;
}

/**
 * Random trees on bins 0…`nBins` − 1 over features that occur again and again on a path, with random covers and values, and
 * rows of which a sixth is missing. `nCategorical` of the features are split by sets.
 */
export function anEnsemble(
  options: {
    readonly seed?: number;
    readonly nTrees?: number;
    readonly nFeatures?: number;
    readonly nCategorical?: number;
    readonly nBins?: number;
    readonly depth?: number;
    readonly nOutputs?: number;
    readonly width?: number;
    readonly nSamples?: number;
  } = {},
): AnEnsemble {
  const { seed = 1, nTrees = 3, nFeatures = 4, nCategorical = 0, nBins = 8, depth = 4, nSamples = 10 } = options;
  const { nOutputs = 1, width = nOutputs } = options;
  const random = createRandom(seed, 'ensemble');
  const nodes: Node[] = [];
  const sets: number[] = [];
  const values: number[] = [];
  const roots = [0];

  /** @returns the weight of the rows. */
  const grow = (root: number, level: number): number => {
    const node: Node = { feature: -1, bin: 0, right: 0, missingLeft: random.integer(2), set: -1, cover: 0 };
    nodes.push(node);
    if (level === depth || random.integer(6) === 0) {
      node.right = values.length / width;
      for (let k = 0; k < width; k++) values.push(random.normal());
      node.cover = 1 + random.integer(50);
    } else {
      node.feature = random.integer(nFeatures);
      if (node.feature < nCategorical) {
        node.set = sets.length / 8;
        sets.push(...aSet(random, nBins));
      } else node.bin = random.integer(nBins - 1);
      const left = grow(root, level + 1);
      node.right = nodes.length - root;
      node.cover = left + grow(root, level + 1);
    }
    return node.cover;
  };
  for (let tree = 0; tree < nTrees; tree++) {
    grow(nodes.length, 0);
    roots.push(nodes.length);
  }
  const ensemble: TreeEnsemble = {
    roots: Int32Array.from(roots),
    feature: Int32Array.from(nodes, (node) => node.feature),
    bin: Uint8Array.from(nodes, (node) => node.bin),
    right: Int32Array.from(nodes, (node) => node.right),
    missingLeft: Uint8Array.from(nodes, (node) => node.missingLeft),
    set: Int32Array.from(nodes, (node) => node.set),
    sets: Uint32Array.from(sets),
    cover: Float64Array.from(nodes, (node) => node.cover),
    values: Float64Array.from(values),
    width,
    nOutputs,
    base: Float64Array.from({ length: nOutputs }, () => random.normal()),
    scale: width === 1 ? 1 : 1 / nTrees,
    importances: new Float64Array(nFeatures).fill(1 / nFeatures),
  };
  const bins = Array.from({ length: nFeatures }, () =>
    Uint8Array.from({ length: nSamples }, () => (random.integer(6) === 0 ? MISSING_BIN : random.integer(nBins))),
  );
  return { ensemble, bins, nSamples };
}

interface Node {
  feature: number;
  bin: number;
  right: number;
  missingLeft: number;
  set: number;
  cover: number;
}

function aSet(random: Random, nBins: number): number[] {
  const words = new Array<number>(8).fill(0);
  for (let b = 0; b < nBins; b++) words[b >> 5]! += random.integer(2) * powerOfTwo(b & 31);
  return words;
}
