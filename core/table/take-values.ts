/** The values at these rows, in their order. */
export function takeValues<Values extends Float64Array | Int32Array>(values: Values, rows: ArrayLike<number>): Values {
  const taken = new (values.constructor as new (length: number) => Values)(rows.length);
  // A plain loop: `from` with a function takes several times as long.
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}
