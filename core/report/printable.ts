/** Text of other people's files: control characters, which could act on a terminal or a page, become blanks. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}
