import { z } from 'zod';
import { StoreError } from '../../errors/app-error.ts';
import type { Binning } from '../trees/binning.ts';
import { arrayFromJson, arrayToJson } from '../typed-array-json.ts';
import type { Trees } from './trees.ts';

const schema = z.strictObject({
  n_outputs: z.int().min(1).max(256),
  binnings: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('numeric'), edges: z.unknown() }),
      z.strictObject({ kind: z.literal('categorical'), bins: z.unknown() }),
    ]),
  ),
  roots: z.unknown(),
  feature: z.unknown(),
  bin: z.unknown(),
  right: z.unknown(),
  missing_left: z.unknown(),
  set: z.unknown(),
  sets: z.unknown(),
  values: z.unknown(),
});

export function forestToJson(trees: Trees, binnings: readonly Binning[]): z.infer<typeof schema> {
  return {
    n_outputs: trees.nOutputs,
    binnings: binnings.map((binning) =>
      binning.kind === 'numeric'
        ? { kind: 'numeric', edges: arrayToJson(binning.edges) }
        : { kind: 'categorical', bins: arrayToJson(binning.bins) },
    ),
    roots: arrayToJson(trees.roots),
    feature: arrayToJson(trees.feature),
    bin: arrayToJson(trees.bin),
    right: arrayToJson(trees.right),
    missing_left: arrayToJson(trees.missingLeft),
    set: arrayToJson(trees.set),
    sets: arrayToJson(trees.sets),
    values: arrayToJson(trees.values),
  };
}

/** @throws StoreError unless every index stays inside its array and every path ends in a leaf. */
export function forestFromJson(json: unknown): { trees: Trees; binnings: Binning[] } {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw broken(parsed.error.issues[0]!.message);
  const { n_outputs: nOutputs, ...stored } = parsed.data;
  const roots = arrayFromJson(stored.roots, 'int32');
  const n = roots.at(-1) ?? 0;
  if (roots.length < 2 || roots[0] !== 0 || n < 1) throw broken('it has no tree');
  const feature = arrayFromJson(stored.feature, 'int32', n);
  const trees: Trees = {
    roots,
    feature,
    bin: arrayFromJson(stored.bin, 'uint8', n),
    right: arrayFromJson(stored.right, 'int32', n),
    missingLeft: arrayFromJson(stored.missing_left, 'uint8', n),
    set: arrayFromJson(stored.set, 'int32', n),
    sets: arrayFromJson(stored.sets, 'uint32'),
    values: arrayFromJson(stored.values, 'float64', n * nOutputs),
    nOutputs,
  };
  const binnings = stored.binnings.map(
    (binning): Binning =>
      binning.kind === 'numeric'
        ? { kind: 'numeric', edges: arrayFromJson(binning.edges, 'float64') }
        : { kind: 'categorical', bins: arrayFromJson(binning.bins, 'uint8') },
  );
  for (let tree = 0; tree + 1 < roots.length; tree++) checkTree(trees, roots[tree]!, roots[tree + 1]!, binnings);
  if (!trees.values.every(Number.isFinite)) throw broken('a leaf has no finite value');
  return { trees, binnings };
}

/** Children come after their parent, so that no path can run in a circle. */
function checkTree(trees: Trees, root: number, end: number, binnings: readonly Binning[]): void {
  if (end <= root) throw broken('a tree has no node');
  for (let node = root; node < end; node++) {
    const feature = trees.feature[node]!;
    if (feature === -1) continue;
    const binning = binnings[feature];
    if (!binning) throw broken('a node splits by a feature there is not');
    const right = trees.right[node]!;
    if (right <= node + 1 - root || right >= end - root) throw broken('a child lies outside its tree');
    const set = trees.set[node]!;
    if (set < -1 || (set >= 0 && set * 8 + 8 > trees.sets.length)) throw broken('a split has no set of categories');
    if (set >= 0 !== (binning.kind === 'categorical')) throw broken('a split does not suit its feature');
  }
}

function broken(detail: string): StoreError {
  return new StoreError({ message: `the forest in the model file is broken: ${detail}` });
}
