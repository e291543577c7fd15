const CANDIDATES = [',', ';', '\t', '|'] as const;
const QUOTE = 0x22;

/**
 * The delimiter of a table's text, from its header: of comma, semicolon, tab and bar the one that stands there most often
 * outside quotes; a comma when none does. A file called `.tsv` (or `.tsv.gz`) has tabs.
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
