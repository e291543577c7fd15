/*
 * Parts rows in two by a table that says of each bin whether it goes left, keeping their order. Both lists are written
 * at every row and only one moves on, so there is no branch to guess.
 */

/**
 * @param bins the bin of the first row; those of the next rows are `width` bytes apart, in the feature's tile.
 * @param rows row numbers, of which `from`…`to` − 1 are meant; 0: the rows themselves.
 * @param goesLeft 256 bytes: 1 for bins that go left.
 * @param left where the rows that go left are written, and `right` the others; each has room for all. `left` may be where
 * they are read, since no row is written before it was.
 * @returns how many went left.
 */
export function partition(bins: usize, width: usize, rows: usize, from: i32, to: i32, goesLeft: usize, left: usize, right: usize): i32 {
  let nLeft: i32 = 0;
  let nRight: i32 = 0;
  for (let i = from; i < to; i++) {
    const row = rows ? load<i32>(rows + 4 * <usize>i) : i;
    const isLeft = <i32>load<u8>(goesLeft + <usize>load<u8>(bins + width * <usize>row));
    store<i32>(left + 4 * <usize>nLeft, row);
    store<i32>(right + 4 * <usize>nRight, row);
    nLeft += isLeft;
    nRight += 1 - isLeft;
  }
  return nLeft;
}
