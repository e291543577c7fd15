/** The values of these rows, in their order; `width` values per row, side by side. */
export function takeValues<Values extends Float64Array | Int32Array>(
  values: Values,
  rows: ArrayLike<number>,
  width = 1,
): Values {
  const taken = new (values.constructor as new (length: number) => Values)(rows.length * width);
  // Plain loops: `from` with a function takes several times as long.
  if (width === 1) for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  else {
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i]! * width;
      for (let k = 0; k < width; k++) taken[i * width + k] = values[from + k]!;
    }
  }
  return taken;
}
