import { describe, expect, it } from 'vitest';
import { StoreError } from '../../errors/app-error.ts';
import { createRandom } from '../../random/random.ts';
import { modelStateToJson } from '../model-state.ts';
import { arrayToJson, type StoredArray } from '../typed-array-json.ts';
import { mixedBinnings, mixedRows, randomEnsemble } from './random-ensemble.fixture.ts';
import { ensembleFromJson, ensembleToJson } from './tree-ensemble-json.ts';
import { loadTreeModel, treeModel } from './tree-model.ts';

const random = createRandom(5, 'model');
const binnings = mixedBinnings(4);
const rows = mixedRows(random, 300, 4);
const shapes = [
  { title: 'values', nOutputs: 1, width: 1, link: 'identity', nClasses: 0, present: [] },
  { title: 'two classes', nOutputs: 1, width: 1, link: 'logistic', nClasses: 3, present: [0, 2] },
  { title: 'boosted classes', nOutputs: 3, width: 1, link: 'softmax', nClasses: 4, present: [0, 2, 3] },
  { title: 'classes of a forest', nOutputs: 3, width: 3, link: 'identity', nClasses: 3, present: [0, 1, 2] },
] as const;
const modelOf = ({ title: _, nOutputs, width, ...rest }: (typeof shapes)[number]) =>
  treeModel({ ensemble: randomEnsemble(random, { nTrees: 9, nFeatures: 4, nOutputs, width }), binnings, ...rest });

describe.each(shapes)('a model of $title', (shape) => {
  it('is the same model after a round trip', () => {
    const model = modelOf(shape);
    const again = loadTreeModel(modelStateToJson(model.state));
    expect(again.state).toEqual(model.state);
    expect(again.predict(rows)).toEqual(model.predict(rows));
  });
});

/** Depth first: a split by the numbers of feature 0, a leaf, a split by the categories of feature 1, two leaves. */
const tree = {
  ...{ link: 'identity', n_classes: 0, present: [], n_outputs: 1, width: 1, scale: 1 },
  binnings: [
    { kind: 'numeric', edges: arrayToJson(Float64Array.of(1, 2)) },
    { kind: 'categorical', bins: arrayToJson(Uint8Array.of(0, 1)) },
  ],
  roots: arrayToJson(Int32Array.of(0, 5)),
  feature: arrayToJson(Int32Array.of(0, -1, 1, -1, -1)),
  bin: arrayToJson(Uint8Array.of(1, 0, 0, 0, 0)),
  missing_left: arrayToJson(Uint8Array.of(0, 0, 1, 0, 0)),
  sets: arrayToJson(Uint32Array.of(1, 0, 0, 0, 0, 0, 0, 0)),
  cover: arrayToJson(Float64Array.of(6, 1, 5, 3, 2)),
  values: arrayToJson(Float64Array.of(10, 20, 30)),
  base: arrayToJson(Float64Array.of(0.5)),
  importances: arrayToJson(Float64Array.of(0.75, 0.25)),
};
const ints = (...values: number[]): StoredArray => arrayToJson(Int32Array.from(values));
const bytes = (...values: number[]): StoredArray => arrayToJson(Uint8Array.from(values));
const doubles = (...values: number[]): StoredArray => arrayToJson(Float64Array.from(values));
const edges = (...values: number[]) => [{ kind: 'numeric', edges: doubles(...values) }, tree.binnings[1]];

describe('loadTreeModel', () => {
  it('reads a tree written by hand', () => {
    const model = loadTreeModel(tree);
    const predicted = model.predict({
      nSamples: 5,
      columns: [
        { kind: 'numeric', name: 'x', values: Float64Array.of(2, 2.5, 3, Number.NaN, 9) },
        { kind: 'categorical', name: 'k', codes: Int32Array.of(1, 0, 1, -1, 5), nCategories: 6 },
      ],
    });
    expect(predicted).toEqual(Float64Array.of(10.5, 20.5, 30.5, 20.5, 20.5));
    expect(modelStateToJson(model.state)).toEqual(tree);
  });

  it.each([
    { title: 'nothing', change: null },
    { title: 'a link there is not', change: { link: 'probit' } },
    { title: 'a key too many', change: { right: ints(0, 0, 0, 0, 0) } },
    { title: 'no trees', change: { roots: undefined } },
    { title: 'an empty list of roots', change: { roots: ints() } },
    { title: 'trees that do not start at 0', change: { roots: ints(1, 5) } },
    { title: 'trees that end before they start', change: { roots: ints(0, -5) } },
    { title: 'a tree without nodes', change: { roots: ints(0, 0, 5) } },
    { title: 'trees that run backwards', change: { roots: ints(0, 6, 5) } },
    { title: 'more nodes than there are', change: { roots: ints(0, 6) } },
    { title: 'roots of another kind', change: { roots: doubles(0, 5) } },
    { title: 'a tree that goes on after its last leaf', change: { feature: ints(-1, -1, 1, -1, -1) } },
    { title: 'a tree that ends before its last leaf', change: { feature: ints(0, -1, 1, -1, 0) } },
    { title: 'a split as the last node', change: { feature: ints(0, -1, 1, 0, 1) } },
    { title: 'a feature there is not', change: { feature: ints(2, -1, 1, -1, -1) } },
    { title: 'a feature below all', change: { feature: ints(-2, -1, 1, -1, -1) } },
    { title: 'a border at the bin of missing values', change: { bin: bytes(255, 0, 0, 0, 0) } },
    { title: 'too few borders', change: { bin: bytes(1, 0, 0, 0) } },
    { title: 'missing values that go nowhere', change: { missing_left: bytes(2, 0, 0, 0, 0) } },
    { title: 'too few sets', change: { sets: arrayToJson(new Uint32Array(7)) } },
    { title: 'too many sets', change: { sets: arrayToJson(new Uint32Array(16)) } },
    { title: 'sets of another kind', change: { sets: ints(1, 0, 0, 0, 0, 0, 0, 0) } },
    { title: 'a node without weight', change: { cover: doubles(6, 0, 5, 3, 2) } },
    { title: 'a node of endless weight', change: { cover: doubles(Number.POSITIVE_INFINITY, 1, 5, 3, 2) } },
    { title: 'a value too few', change: { values: doubles(10, 20) } },
    { title: 'a value that is no number', change: { values: doubles(10, 20, Number.NaN) } },
    { title: 'a base that is not finite', change: { base: doubles(Number.NEGATIVE_INFINITY) } },
    { title: 'a base too many', change: { base: doubles(0, 0) } },
    { title: 'an importance that is no number', change: { importances: doubles(Number.NaN, 1) } },
    { title: 'importances of other features', change: { importances: doubles(1) } },
    { title: 'leaves that do not fit the outputs', change: { width: 2 } },
    { title: 'no outputs', change: { n_outputs: 0 } },
    { title: 'outputs beyond count', change: { n_outputs: 1e9 } },
    { title: 'outputs that the link does not have', change: { n_outputs: 2, base: doubles(0, 0) } },
    { title: 'a scale of 0', change: { scale: 0 } },
    { title: 'a scale that is no number', change: { scale: Number.NaN } },
    { title: 'edges that do not ascend', change: { binnings: edges(2, 1) } },
    { title: 'edges that are alike', change: { binnings: edges(1, 1) } },
    { title: 'an edge that is no number', change: { binnings: edges(Number.NaN) } },
    { title: 'an endless edge', change: { binnings: edges(1, Number.POSITIVE_INFINITY) } },
    { title: 'too many edges', change: { binnings: edges(...Array.from({ length: 255 }, (_, i) => i)) } },
    {
      title: 'a category in the bin of missing values',
      change: { binnings: [tree.binnings[0], { kind: 'categorical', bins: bytes(0, 255) }] },
    },
    { title: 'a feature of a kind there is not', change: { binnings: [{ kind: 'text', edges: doubles() }] } },
    { title: 'features of no kind', change: { binnings: [{}] } },
    { title: 'classes in a regression', change: { present: [0] } },
    { title: 'classes that no output speaks of', change: { n_classes: 2 } },
    { title: 'one class for a link of two', change: { link: 'logistic', n_classes: 2, present: [1] } },
    { title: 'two classes that are one', change: { link: 'logistic', n_classes: 2, present: [1, 1] } },
    { title: 'a class beyond the last', change: { link: 'logistic', n_classes: 2, present: [0, 2] } },
    { title: 'classes that are no whole numbers', change: { link: 'logistic', n_classes: 2, present: [0, 0.5] } },
    { title: 'no score for a class', change: { link: 'softmax', n_classes: 2, present: [0, 1] } },
  ])('refuses $title', ({ change }) => {
    const broken = change && { ...tree, ...change };
    expect(() => loadTreeModel(broken)).toThrow(StoreError);
  });

  it('refuses rows with other features than it was grown on', () => {
    const model = loadTreeModel(tree);
    expect(() => model.predict({ nSamples: 0, columns: [] })).toThrow('grown on 2 features, the table has 0');
    expect(() => model.predict(mixedRows(random, 2, 1))).toThrow(StoreError);
    const swapped = mixedRows(random, 2, 2).columns.toReversed();
    expect(() => model.predict({ nSamples: 2, columns: swapped })).toThrow('a numeric feature where "f1" is');
  });
});

describe('ensembleFromJson', () => {
  it.each([
    { nTrees: 0, nOutputs: 1, width: 1 },
    { nTrees: 1, nOutputs: 1, width: 1 },
    { nTrees: 50, nOutputs: 5, width: 5 },
    { nTrees: 50, nOutputs: 5, width: 1 },
  ])('finds the children, leaves and sets of $nTrees trees again that ensembleToJson leaves out', (shape) => {
    const trees = randomEnsemble(random, { nFeatures: 4, ...shape });
    expect(ensembleFromJson(ensembleToJson(trees), binnings)).toEqual(trees);
  });
});
