/*
 * Sends rows down a tree. Each feature has two columns: in the first a missing value is the highest bin, in the second the
 * lowest, with all others one up; a split reads the one that sends missing values its way. A row goes left, to the next node,
 * when its bin is below the limit of the node's test. A leaf has limit 0 and so leads to itself: rows go down together, eight
 * abreast, as far as the deepest of them, and no branch has to be guessed.
 */
import { SET_BYTES } from '../../bins';
import { ABREAST, NODE_BYTES, NODE_RIGHT, NODE_TEST, PLACE_BYTES, TEST_CATEGORIES, TEST_COLUMN_SHIFT, TEST_LIMIT, TEST_SPLIT } from '../layout';
import * as job from './parameters';
export * from './parameters';

/** Writes both columns of a feature to the rows' lines. `first`: where they are in the first row's. */
export function toLines(bins: usize, n: i32, first: usize): void {
  const stride = job.stride;
  for (let row = 0; row < n; row++) {
    const bin = load<u8>(bins + <usize>row);
    const at = first + stride * <usize>row;
    store<u8>(at, bin);
    store<u8>(at, bin + 1, 1);
  }
}

/** Where a node's place is, in a list of places beside the nodes. */
@inline
function placeIn(list: usize, node: usize, nodes: usize): usize {
  return list + (node - nodes) / <usize>(NODE_BYTES / PLACE_BYTES);
}

@inline
function next(nodes: usize, node: usize, test: u32, line: usize, setOf: usize, sets: usize): usize {
  const bin = <u32>load<u8>(line + <usize>(test >>> TEST_COLUMN_SHIFT));
  let isLeft = bin < (test & TEST_LIMIT);
  if (setOf != 0 && (test & TEST_CATEGORIES) != 0) {
    const set = sets + SET_BYTES * <usize>load<u32>(placeIn(setOf, node, nodes));
    isLeft = <bool>((load<u32>(set + 4 * <usize>(bin >>> 5)) >>> (bin & 31)) & 1);
  }
  // Both ways are read, so that nothing has to be guessed.
  return select<usize>(node + NODE_BYTES, load<u32>(node, NODE_RIGHT), isLeft);
}

/** Adds what the tree with this root says of rows 0…n − 1 to `outputs`: nOutputs f64 a row, of which its leaves say the first `width`. */
export function addTree(root: usize, n: i32, outputs: usize): void {
  if (job.setOf) walk(root, n, outputs, job.setOf, job.sets);
  else walk(root, n, outputs, 0, 0);
}

@inline
function walk(root: usize, n: i32, outputs: usize, setOf: usize, sets: usize): void {
  const nodes = job.nodes;
  const leafOf = job.leafOf;
  const values = job.values;
  const width = job.width;
  const stride = job.stride;
  const nOutputs = job.nOutputs;
  for (let row = 0; row < n; row += ABREAST) {
    const lineA = job.lines + stride * <usize>row;
    const lineB = lineA + stride;
    const lineC = lineB + stride;
    const lineD = lineC + stride;
    const lineE = lineD + stride;
    const lineF = lineE + stride;
    const lineG = lineF + stride;
    const lineH = lineG + stride;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    let e = root;
    let f = root;
    let g = root;
    let h = root;
    while (true) {
      const testA = load<u32>(a, NODE_TEST);
      const testB = load<u32>(b, NODE_TEST);
      const testC = load<u32>(c, NODE_TEST);
      const testD = load<u32>(d, NODE_TEST);
      const testE = load<u32>(e, NODE_TEST);
      const testF = load<u32>(f, NODE_TEST);
      const testG = load<u32>(g, NODE_TEST);
      const testH = load<u32>(h, NODE_TEST);
      if (((testA | testB | testC | testD | testE | testF | testG | testH) & TEST_SPLIT) == 0) break;
      a = next(nodes, a, testA, lineA, setOf, sets);
      b = next(nodes, b, testB, lineB, setOf, sets);
      c = next(nodes, c, testC, lineC, setOf, sets);
      d = next(nodes, d, testD, lineD, setOf, sets);
      e = next(nodes, e, testE, lineE, setOf, sets);
      f = next(nodes, f, testF, lineF, setOf, sets);
      g = next(nodes, g, testG, lineG, setOf, sets);
      h = next(nodes, h, testH, lineH, setOf, sets);
    }
    const out = outputs + 8 * <usize>(row * nOutputs);
    const step = 8 * <usize>nOutputs;
    addValues(out, nodes, a, leafOf, values, width);
    if (row + 1 < n) addValues(out + 1 * step, nodes, b, leafOf, values, width);
    if (row + 2 < n) addValues(out + 2 * step, nodes, c, leafOf, values, width);
    if (row + 3 < n) addValues(out + 3 * step, nodes, d, leafOf, values, width);
    if (row + 4 < n) addValues(out + 4 * step, nodes, e, leafOf, values, width);
    if (row + 5 < n) addValues(out + 5 * step, nodes, f, leafOf, values, width);
    if (row + 6 < n) addValues(out + 6 * step, nodes, g, leafOf, values, width);
    if (row + 7 < n) addValues(out + 7 * step, nodes, h, leafOf, values, width);
  }
}

@inline
function addValues(out: usize, nodes: usize, leaf: usize, leafOf: usize, values: usize, width: i32): void {
  const from = values + 8 * <usize>width * <usize>load<u32>(placeIn(leafOf, leaf, nodes));
  for (let k = 0; k < width; k++) {
    const at = out + 8 * <usize>k;
    store<f64>(at, load<f64>(at) + load<f64>(from + 8 * <usize>k));
  }
}
