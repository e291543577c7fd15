/** A number as an axis or a tooltip shows it. */
export function shown(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-4) return value.toExponential(1);
  return String(Number(value.toPrecision(4)));
}

export function percent(share: number): string {
  return `${shown(share * 100)} %`;
}
