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

/** Texts that mean "missing" where the user says so: for all columns, and for single ones instead. */
export interface MissingTexts {
  /** Instead of `DEFAULT_MISSING` in CSV; JSON Lines and Parquet have none by default. Empty text is always missing. */
  readonly missing?: readonly string[];
  /** By column, instead of `missing`. */
  readonly missingIn?: Readonly<Record<string, readonly string[]>>;
}

/** The texts that mean "missing" in a column; undefined: the reader's default. */
export function missingTextsOf(
  { missing, missingIn = {} }: MissingTexts,
  column: string,
): readonly string[] | undefined {
  return Object.hasOwn(missingIn, column) ? missingIn[column] : missing;
}

/** Tests for texts that mean "missing". */
export interface MissingTest {
  /** Whether the bytes from `start` to before `end`, already trimmed, mean "missing". */
  isMissing(bytes: Uint8Array, start: number, end: number): boolean;
  /** The texts that it tests for, without blanks around them. */
  readonly texts: readonly string[];
  /** The texts that it has met so far; empty text is not among them. */
  readonly met: ReadonlySet<string>;
}

/** A test for these texts, ignoring blanks around them, and for empty text, which is always missing. */
export function missingTest(tokens: readonly string[]): MissingTest {
  const utf8 = new TextEncoder();
  const met = new Set<string>();
  const byFirst: ({ readonly text: string; readonly bytes: Uint8Array }[] | undefined)[] = new Array(256).fill(
    undefined,
  );
  const texts = tokens.map(trimmed);
  for (const text of texts) {
    const bytes = utf8.encode(text);
    if (bytes.length === 0) continue;
    const group = byFirst[bytes[0]!] ?? [];
    group.push({ text, bytes });
    byFirst[bytes[0]!] = group;
  }
  return {
    texts,
    isMissing(bytes, start, end) {
      if (start === end) return true;
      const group = byFirst[bytes[start]!];
      if (group === undefined) return false;
      for (const token of group) {
        if (!equals(bytes, start, end, token.bytes)) continue;
        met.add(token.text);
        return true;
      }
      return false;
    },
    met,
  };
}

/** Text without the blanks and tabs around it. */
export function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

function equals(bytes: Uint8Array, start: number, end: number, token: Uint8Array): boolean {
  if (token.length !== end - start) return false;
  for (let i = 0; i < token.length; i++) if (bytes[start + i] !== token[i]) return false;
  return true;
}
