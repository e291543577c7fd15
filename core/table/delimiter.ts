const CANDIDATES = [',', ';', '\t', '|'] as const;
const QUOTE = 0x22;

/**
 * Guesses the delimiter from the header: comma, semicolon, tab or vertical bar, whichever is most frequent outside quotes; a
 * comma if there is none of them. A `.tsv` or `.tsv.gz` file always has tabs.
 */
export function sniffDelimiter(bytes: Uint8Array, file: string): string {
  if (/\.tsv(\.gz)?$/i.test(file)) return '\t';
  const counts = new Map<number, number>(CANDIDATES.map((candidate) => [candidate.charCodeAt(0), 0]));
  let quoted = false;
  for (const byte of bytes) {
    if (byte === QUOTE) quoted = !quoted;
    if (quoted) continue;
    if (byte === 0x0a || byte === 0x0d) break;
    const count = counts.get(byte);
    if (count !== undefined) counts.set(byte, count + 1);
  }
  return CANDIDATES.reduce((best, candidate) =>
    counts.get(candidate.charCodeAt(0))! > counts.get(best.charCodeAt(0))! ? candidate : best,
  );
}
