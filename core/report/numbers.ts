const MINUS = '−';

/** A metric's value for people: four decimals below 10, fewer above, `—` for none. */
export function number(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '—';
  return sign(value) + magnitude(Math.abs(value));
}

/** A difference with its sign; what rounds to nothing is `0`. */
export function signed(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '—';
  if (value === 0) return '0';
  return (value > 0 ? '+' : MINUS) + magnitude(Math.abs(value));
}

/** A p-value without its leading zero, as papers write it: `p < .001`, `p = .040`. */
export function pValue(p: number): string {
  const text = pNumber(p);
  return text.startsWith('.') ? `p = ${text}` : `p ${text}`;
}

/** The same for a column of them: `< .001`, `.040`. */
export function pNumber(p: number): string {
  if (p < 0.001) return '< .001';
  return p > 0.995 ? '> .99' : p.toFixed(p < 0.1 ? 3 : 2).slice(1);
}

export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 row`, `1,200 rows`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** How many times as much: `2.5`, `40`. */
export function multiple(value: number): string {
  return value >= 10 ? count(Math.round(value)) : String(Number(value.toFixed(1)));
}

/** `0.4 s`, `38 s`, `12 min`. */
export function duration(seconds: number): string {
  if (seconds >= 120) return `${count(Math.round(seconds / 60))} min`;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

function sign(value: number): string {
  return value < 0 ? MINUS : '';
}

function magnitude(size: number): string {
  if (size === 0) return '0';
  if (size >= 1e9 || size < 0.00005) return size.toExponential(1).replace('e-', `e${MINUS}`).replace('e+', 'e');
  if (size >= 1000) return count(Math.round(size));
  return size.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4);
}
