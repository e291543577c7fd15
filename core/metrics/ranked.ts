/** Groups of rows with equal scores, highest score first; rows in ascending order within a group. */
export function* ranked(scores: Float64Array): Generator<Uint32Array> {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    yield order.subarray(start, end);
    start = end;
  }
}
