/*
 * Sends rows down a tree. A node is two words:
 *
 *   limit (9 bits), by categories (1), split (1), column (21)
 *   address of the right child; of a leaf its own
 *
 * A row goes left, to the next node, when its bin is below the limit. Each feature has two columns: in the first a missing
 * value is the highest bin, in the second the lowest, with all others one up; a split reads the one that sends missing
 * values its way. A leaf has limit 0 and so leads to itself: rows go down together, eight abreast, as far as the deepest
 * of them, and no branch has to be guessed.
 */
const CATEGORIES: u32 = 1 << 9;
const SPLIT: u32 = 1 << 10;
const COLUMN: u32 = 11;

/** Writes both columns of a feature to the rows' lines, `stride` bytes a row. */
export function toLines(bins: usize, n: i32, line: usize, stride: usize): void {
  for (let row = 0; row < n; row++) {
    const bin = load<u8>(bins + <usize>row);
    const at = line + stride * <usize>row;
    store<u8>(at, bin);
    store<u8>(at, bin + 1, 1);
  }
}

@inline
function next(nodes: usize, node: usize, word: u32, line: usize, setOf: usize, sets: usize): usize {
  const bin = <u32>load<u8>(line + <usize>(word >>> COLUMN));
  let isLeft = bin < (word & 511);
  if (setOf != 0 && (word & CATEGORIES) != 0) {
    const set = sets + 32 * <usize>load<u32>(setOf + ((node - nodes) >> 1));
    isLeft = <bool>((load<u32>(set + 4 * <usize>(bin >>> 5)) >>> (bin & 31)) & 1);
  }
  // Both ways are read, so that nothing has to be guessed.
  return select<usize>(node + 8, load<u32>(node, 4), isLeft);
}

/**
 * Adds what the tree says of rows 0…n − 1 to `outputs`.
 *
 * @param root address of the tree's first node.
 * @param leafOf per node the place of its values, if it is a leaf.
 * @param width numbers that a leaf says; they are added from `outputs` on, `nOutputs` doubles a row.
 * @param setOf per node its set of 32 bytes in `sets`; 0: no node has one.
 * @param lines 2 · nFeatures bytes a row, and room for seven rows more than there are.
 */
export function addTree(nodes: usize, root: usize, leafOf: usize, values: usize, width: i32, setOf: usize, sets: usize, lines: usize, stride: usize, n: i32, outputs: usize, nOutputs: i32): void {
  if (setOf) walk(nodes, root, leafOf, values, width, setOf, sets, lines, stride, n, outputs, nOutputs);
  else walk(nodes, root, leafOf, values, width, 0, 0, lines, stride, n, outputs, nOutputs);
}

@inline
function walk(nodes: usize, root: usize, leafOf: usize, values: usize, width: i32, setOf: usize, sets: usize, lines: usize, stride: usize, n: i32, outputs: usize, nOutputs: i32): void {
  for (let row = 0; row < n; row += 8) {
    const lineA = lines + stride * <usize>row;
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
      const wordA = load<u32>(a);
      const wordB = load<u32>(b);
      const wordC = load<u32>(c);
      const wordD = load<u32>(d);
      const wordE = load<u32>(e);
      const wordF = load<u32>(f);
      const wordG = load<u32>(g);
      const wordH = load<u32>(h);
      if (((wordA | wordB | wordC | wordD | wordE | wordF | wordG | wordH) & SPLIT) == 0) break;
      a = next(nodes, a, wordA, lineA, setOf, sets);
      b = next(nodes, b, wordB, lineB, setOf, sets);
      c = next(nodes, c, wordC, lineC, setOf, sets);
      d = next(nodes, d, wordD, lineD, setOf, sets);
      e = next(nodes, e, wordE, lineE, setOf, sets);
      f = next(nodes, f, wordF, lineF, setOf, sets);
      g = next(nodes, g, wordG, lineG, setOf, sets);
      h = next(nodes, h, wordH, lineH, setOf, sets);
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
  const from = values + 8 * <usize>width * <usize>load<u32>(leafOf + ((leaf - nodes) >> 1));
  for (let k = 0; k < width; k++) {
    const at = out + 8 * <usize>k;
    store<f64>(at, load<f64>(at) + load<f64>(from + 8 * <usize>k));
  }
}
