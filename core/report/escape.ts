/**
 * Foreign text (names, paths, values of other people's files) as a Markdown code span: nothing in it is a link, a
 * mention, HTML or the end of a table cell. Control characters become blanks; long text is cut.
 */
export function code(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  const short = plain.length > 120 ? `${plain.slice(0, 119)}…` : plain;
  if (short.trim() === '') return '(empty)';
  const longest = Math.max(0, ...(short.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = short.startsWith('`') || short.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${short}${pad}${fence}`;
}

/** Foreign prose (warnings, reasons) as plain Markdown text: every character that could mean something is escaped. */
export function prose(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_{}[\]<>#|~@&!]/g, (character) => `&#${character.codePointAt(0)};`);
}
