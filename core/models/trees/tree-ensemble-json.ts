import { z } from 'zod';
import { StoreError } from '../../errors/app-error.ts';
import { arrayFromJson, arrayToJson } from '../typed-array-json.ts';
import type { Binning } from './binning.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

const ARRAYS = {
  roots: 'int32',
  feature: 'int32',
  bin: 'uint8',
  right: 'int32',
  missing_left: 'uint8',
  set: 'int32',
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
    right: arrayToJson(trees.right),
    missing_left: arrayToJson(trees.missingLeft),
    set: arrayToJson(trees.set),
    sets: arrayToJson(trees.sets),
    cover: arrayToJson(trees.cover),
    values: arrayToJson(trees.values),
    base: arrayToJson(trees.base),
    importances: arrayToJson(trees.importances),
  };
}

/** @throws StoreError unless every index stays inside its array, every path ends in a leaf, and every number is finite. */
export function ensembleFromJson(json: unknown, binnings: readonly Binning[]): TreeEnsemble {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw broken(parsed.error.issues[0]!.message);
  const { n_outputs: nOutputs, width, scale, ...stored } = parsed.data;
  if (width !== 1 && width !== nOutputs) throw broken('its leaves do not fit its outputs');
  const roots = arrayFromJson(stored.roots, 'int32');
  const n = roots.at(-1) ?? -1;
  if (roots[0] !== 0 || n < 0) throw broken('it has no list of trees');
  const feature = arrayFromJson(stored.feature, 'int32', n);
  const nLeaves = feature.reduce((count, f) => count + Number(f === -1), 0);
  const trees: TreeEnsemble = {
    roots,
    feature,
    bin: arrayFromJson(stored.bin, 'uint8', n),
    right: arrayFromJson(stored.right, 'int32', n),
    missingLeft: arrayFromJson(stored.missing_left, 'uint8', n),
    set: arrayFromJson(stored.set, 'int32', n),
    sets: arrayFromJson(stored.sets, 'uint32'),
    cover: arrayFromJson(stored.cover, 'float64', n),
    values: arrayFromJson(stored.values, 'float64', nLeaves * width),
    width,
    nOutputs,
    base: arrayFromJson(stored.base, 'float64', nOutputs),
    scale,
    importances: arrayFromJson(stored.importances, 'float64', binnings.length),
  };
  for (let tree = 0; tree + 1 < roots.length; tree++)
    checkTree(trees, roots[tree]!, roots[tree + 1]!, nLeaves, binnings);
  if (trees.cover.some((weight) => !(weight > 0 && Number.isFinite(weight)))) throw broken('a node has no weight');
  for (const numbers of [trees.values, trees.base, trees.importances])
    if (!numbers.every(Number.isFinite)) throw broken('a number is not finite');
  return trees;
}

/** Children come after their parent and inside their tree, so that no path can run in a circle or into another tree. */
function checkTree(
  trees: TreeEnsemble,
  root: number,
  end: number,
  nLeaves: number,
  binnings: readonly Binning[],
): void {
  if (end <= root) throw broken('a tree has no node');
  for (let node = root; node < end; node++) {
    const feature = trees.feature[node]!;
    const right = trees.right[node]!;
    const set = trees.set[node]!;
    if (trees.missingLeft[node]! > 1) throw broken('missing values go nowhere');
    if (feature === -1) {
      if (right < 0 || right >= nLeaves || set !== -1) throw broken('a leaf has no value');
      continue;
    }
    const binning = binnings[feature];
    if (!binning) throw broken('a node splits by a feature there is not');
    if (right <= node + 1 - root || right >= end - root) throw broken('a child lies outside its tree');
    if (set < -1 || (set >= 0 && set * 8 + 8 > trees.sets.length)) throw broken('a split has no set of categories');
    if (set >= 0 !== (binning.kind === 'categorical')) throw broken('a split does not suit its feature');
    if (trees.bin[node] === 255) throw broken('a border lies at the bin of missing values');
  }
}

function broken(detail: string): StoreError {
  return new StoreError({ message: `the trees in the model file are broken: ${detail}` });
}
