import { z } from 'zod';
import { StoreError } from '../../errors/app-error.ts';
import { arrayFromJson, arrayToJson } from '../typed-array-json.ts';
import type { Binning } from './binning.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

const ARRAYS = {
  roots: 'int32',
  feature: 'int32',
  bin: 'uint8',
  missing_left: 'uint8',
  sets: 'uint32',
  cover: 'float64',
  values: 'float64',
  base: 'float64',
  importances: 'float64',
} as const;

const schema = z.strictObject({
  n_outputs: z.int().min(1).max(256),
  width: z.int().min(1).max(256),
  scale: z.number().positive().max(1),
  ...(Object.fromEntries(Object.keys(ARRAYS).map((name) => [name, z.unknown()])) as Record<
    keyof typeof ARRAYS,
    z.ZodUnknown
  >),
});

export function ensembleToJson(trees: TreeEnsemble): z.infer<typeof schema> {
  return {
    n_outputs: trees.nOutputs,
    width: trees.width,
    scale: trees.scale,
    roots: arrayToJson(trees.roots),
    feature: arrayToJson(trees.feature),
    bin: arrayToJson(trees.bin),
    missing_left: arrayToJson(trees.missingLeft),
    sets: arrayToJson(trees.sets),
    cover: arrayToJson(trees.cover),
    values: arrayToJson(trees.values),
    base: arrayToJson(trees.base),
    importances: arrayToJson(trees.importances),
  };
}

/**
 * What the order of nodes says anyway is not stored: a tree ends where each split has its two children, leaves and sets
 * are numbered as they come.
 *
 * @throws StoreError unless every path ends in a leaf, every index stays inside its array, and every number is finite.
 */
export function ensembleFromJson(json: unknown, binnings: readonly Binning[]): TreeEnsemble {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw broken(parsed.error.issues[0]!.message);
  const { n_outputs: nOutputs, width, scale, ...stored } = parsed.data;
  if (width !== 1 && width !== nOutputs) throw broken('its leaves do not fit its outputs');
  const roots = arrayFromJson(stored.roots, 'int32');
  const n = roots.at(-1) ?? -1;
  if (roots[0] !== 0 || n < 0) throw broken('it has no list of trees');
  const feature = arrayFromJson(stored.feature, 'int32', n);
  const { right, set, nLeaves, nSets } = connect(roots, feature, binnings);
  const trees: TreeEnsemble = {
    roots,
    feature,
    bin: arrayFromJson(stored.bin, 'uint8', n),
    right,
    missingLeft: arrayFromJson(stored.missing_left, 'uint8', n),
    set,
    sets: arrayFromJson(stored.sets, 'uint32', 8 * nSets),
    cover: arrayFromJson(stored.cover, 'float64', n),
    values: arrayFromJson(stored.values, 'float64', nLeaves * width),
    width,
    nOutputs,
    base: arrayFromJson(stored.base, 'float64', nOutputs),
    scale,
    importances: arrayFromJson(stored.importances, 'float64', binnings.length),
  };
  if (trees.bin.includes(255)) throw broken('a border lies at the bin of missing values');
  if (trees.missingLeft.some((evaluatedRun) => evaluatedRun > 1)) throw broken('missing values go nowhere');
  if (trees.cover.some((weight) => !(weight > 0 && Number.isFinite(weight)))) throw broken('a node has no weight');
  for (const numbers of [trees.values, trees.base, trees.importances])
    if (!numbers.every(Number.isFinite)) throw broken('a number is not finite');
  return trees;
}

/** Finds right children, and numbers leaves and sets, from the depth-first order of the nodes. */
function connect(roots: Int32Array, feature: Int32Array, binnings: readonly Binning[]) {
  const right = new Int32Array(feature.length);
  const set = new Int32Array(feature.length).fill(-1);
  let nLeaves = 0;
  let nSets = 0;
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    const root = roots[tree]!;
    const end = roots[tree + 1]!;
    if (end <= root || end > feature.length) throw broken('a tree has no node');
    /** Splits whose right child is still to come. */
    const waiting: number[] = [];
    for (let node = root; node < end; node++) {
      if (node > root && feature[node - 1] === -1) {
        const parent = waiting.pop();
        if (parent === undefined) throw broken('a tree goes on after its last leaf');
        right[parent] = node - root;
      }
      if (feature[node] === -1) {
        right[node] = nLeaves++;
        continue;
      }
      const binning = binnings[feature[node]!];
      if (!binning) throw broken('a node splits by a feature that does not exist');
      if (binning.kind === 'categorical') set[node] = nSets++;
      waiting.push(node);
    }
    if (waiting.length > 0 || feature[end - 1] !== -1) throw broken('a tree ends before its last leaf');
  }
  return { right, set, nLeaves, nSets };
}

function broken(detail: string): StoreError {
  return new StoreError({ message: `the trees in the model file are broken: ${detail}` });
}
