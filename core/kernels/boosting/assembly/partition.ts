/*
 * Parts rows in two by the table of bins that go left (`sidesOf`), keeping their order. Both lists are written at every row
 * and only one moves on, so there is no branch to guess.
 */
import { TILE_FEATURES } from '../layout';
import { tileAt, widthOf } from './feature';
import * as job from './parameters';

/**
 * @param rows row numbers, of which `from`…`to` − 1 are meant; 0: the rows themselves.
 * @param left where the rows that go left are written, and `right` the others; each has room for all. `left` may be where
 * they are read, since no row is written before it was.
 * @returns how many went left.
 */
export function partition(feature: i32, rows: usize, from: i32, to: i32, left: usize, right: usize): i32 {
  const tile = feature / TILE_FEATURES;
  const bins = tileAt(tile) + <usize>(feature % TILE_FEATURES);
  const width = widthOf(tile);
  const goesLeft = job.goesLeft;
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
