/** Texts that mean "missing" by default: the `na_values` of `pandas.read_csv` 3.1. `?` is not among them. */
export const DEFAULT_MISSING: readonly string[] = [
  '',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
];

/** Whether the bytes from `start` to before `end`, already trimmed, mean "missing". */
export type MissingTest = (bytes: Uint8Array, start: number, end: number) => boolean;

/** A test for these texts, ignoring blanks around them, and for empty text, which is always missing. */
export function missingTest(tokens: readonly string[]): MissingTest {
  const utf8 = new TextEncoder();
  const byFirst: (Uint8Array[] | undefined)[] = new Array(256).fill(undefined);
  for (const token of tokens) {
    const bytes = utf8.encode(token.replace(/^[ \t]+|[ \t]+$/g, ''));
    if (bytes.length === 0) continue;
    const group = byFirst[bytes[0]!] ?? [];
    group.push(bytes);
    byFirst[bytes[0]!] = group;
  }
  return (bytes, start, end) => {
    if (start === end) return true;
    const group = byFirst[bytes[start]!];
    return group?.some((token) => equals(bytes, start, end, token)) ?? false;
  };
}

function equals(bytes: Uint8Array, start: number, end: number, token: Uint8Array): boolean {
  if (token.length !== end - start) return false;
  for (let i = 0; i < token.length; i++) if (bytes[start + i] !== token[i]) return false;
  return true;
}
