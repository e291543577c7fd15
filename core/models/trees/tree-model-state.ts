import { z } from 'zod';
import { StoreError } from '../../errors/app-error.ts';
import { arrayFromJson, arrayToJson } from '../typed-array-json.ts';
import type { Binning } from './binning.ts';
import { LINKS, type Link } from './link.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';
import { ensembleFromJson, ensembleToJson } from './tree-ensemble-json.ts';

/** All that a fitted model of trees knows. */
export interface TreeModelState {
  readonly kind: 'trees';
  readonly ensemble: TreeEnsemble;
  readonly binnings: readonly Binning[];
  readonly link: Link;
  /** 0 for a regression. */
  readonly nClasses: number;
  /** Classes that the trees speak of, ascending: those that training rows had. */
  readonly present: readonly number[];
}

export function treeModelToJson({ ensemble, binnings, link, nClasses, present }: TreeModelState): unknown {
  return {
    link,
    n_classes: nClasses,
    present: [...present],
    binnings: binnings.map((binning) =>
      binning.kind === 'numeric'
        ? { kind: 'numeric', edges: arrayToJson(binning.edges) }
        : { kind: 'categorical', bins: arrayToJson(binning.bins) },
    ),
    ...ensembleToJson(ensemble),
  };
}

const stored = z.object({
  link: z.enum(LINKS),
  n_classes: z.int().min(0).max(256),
  present: z.array(z.int().min(0).max(255)).max(256),
  binnings: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('numeric'), edges: z.unknown() }),
        z.strictObject({ kind: z.literal('categorical'), bins: z.unknown() }),
      ]),
    )
    .max(1_000_000),
});

/**
 * What `treeModelToJson` gave, which is hostile input.
 *
 * @throws StoreError unless every index stays inside its array, every path ends in a leaf, and every number is finite.
 */
export function treeModelFromJson(json: unknown): TreeModelState {
  const { link, n_classes: nClasses, present, binnings: storedBinnings, ...rest } = parse(json);
  const binnings = storedBinnings.map((binning): Binning => {
    if (binning.kind === 'categorical') {
      const bins = arrayFromJson(binning.bins, 'uint8');
      if (bins.includes(255)) throw broken('a category has the bin of missing values');
      return { kind: 'categorical', bins };
    }
    const edges = arrayFromJson(binning.edges, 'float64');
    if (edges.length > 254) throw broken('a feature has too many bins');
    if (edges.some((edge, i) => !Number.isFinite(edge) || (i > 0 && edge <= edges[i - 1]!)))
      throw broken('the borders of bins do not ascend');
    return { kind: 'numeric', edges };
  });
  const ensemble = ensembleFromJson(rest, binnings);
  const ascending = present.every((label, i) => label < nClasses && (i === 0 || label > present[i - 1]!));
  const outputs = { identity: Math.max(1, present.length), complement: 1, logistic: 1, softmax: present.length }[link];
  const classes = { identity: present.length, complement: 2, logistic: 2, softmax: present.length }[link];
  if (!ascending || present.length > 0 !== nClasses > 0 || ensemble.nOutputs !== outputs || present.length !== classes)
    throw broken('its outputs and classes do not belong together');
  return { kind: 'trees', ensemble, binnings, link, nClasses, present };
}

function parse(json: unknown): z.infer<typeof stored> & Record<string, unknown> {
  const parsed = stored.loose().safeParse(json);
  if (!parsed.success) throw broken(parsed.error.issues[0]!.message);
  return parsed.data;
}

function broken(detail: string): StoreError {
  return new StoreError({ message: `the trees in the model file are broken: ${detail}` });
}
