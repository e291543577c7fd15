const BLANKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** What acts on a terminal, reverses a line or is not seen at all; halves of surrogate pairs and Hangul fillers among it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u2028\u2029\u3164\uffa0]/gu;

/** Foreign text on one line: line breaks and tabs become a blank, every other unseen character is shown: `␛`, `<U+202E>`. */
export function printable(text: string): string {
  return text.replace(BLANKS, ' ').replace(UNSEEN, sign);
}

/** The same for text of several lines: a log, a terminal. */
export function printableLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.replaceAll('\t', '  ').replace(UNSEEN, sign))
    .join('\n');
}

/** JSON in which no character acts on a terminal. It means the same: only what stands in strings can be unseen. */
export function printableJson(json: string): string {
  return json.replace(UNSEEN, (character) => (character === '\n' ? character : escaped(character)));
}

function sign(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}
