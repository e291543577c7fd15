import { ConfigError } from '../../errors/app-error.ts';

/** A piece of a filter; `at` counts characters from 0. */
export interface Token {
  readonly kind: 'word' | 'text' | 'operator' | 'open' | 'close' | 'end';
  /** Without its quotes. */
  readonly text: string;
  readonly at: number;
}

/** Where in a filter something is, for messages. */
export function placeOf(source: string, at: number): string {
  return `--filter, ${at < source.length ? `character ${at + 1}` : 'at its end'}`;
}

const SIGNS = /[=!<>~&|]+/y;
const QUOTE = /['"`]/;
/** Words go on over anything that could not begin something else. */
const WORD = /[^\s=!<>~&|()'"]+/y;

/**
 * Cuts a filter into words, quoted texts, signs and parentheses. A word may hold a name in quotes or backticks
 * (`metrics."my metric"`); in quotes, the quote itself is written twice.
 *
 * @throws ConfigError for a quote that is never closed.
 */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const character = source[at]!;
    const start = at;
    if (/\s/.test(character)) at++;
    else if (character === '(' || character === ')') {
      at++;
      tokens.push({ kind: character === '(' ? 'open' : 'close', text: character, at: start });
    } else if (matchAt(SIGNS, source, at)) {
      const text = matchAt(SIGNS, source, at)!;
      at += text.length;
      tokens.push({ kind: 'operator', text, at: start });
    } else if (QUOTE.test(character)) {
      const quoted = quotedAt(source, at);
      at = quoted.end;
      tokens.push({ kind: 'text', text: quoted.text, at: start });
    } else {
      let text = '';
      let plain = matchAt(WORD, source, at) ?? character;
      const tick = plain.indexOf('.`');
      if (tick >= 0) plain = plain.slice(0, tick + 1);
      text = plain;
      at += plain.length;
      if (text.endsWith('.') && QUOTE.test(source[at] ?? '')) {
        const quoted = quotedAt(source, at);
        text += quoted.text;
        at = quoted.end;
      }
      tokens.push({ kind: 'word', text, at: start });
    }
  }
  return [...tokens, { kind: 'end', text: '', at: source.length }];
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

function quotedAt(source: string, start: number): { readonly text: string; readonly end: number } {
  const quote = source[start]!;
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] !== quote) text += source[at];
    else if (source[at + 1] === quote) text += source[at++];
    else return { text, end: at + 1 };
  }
  throw new ConfigError({
    place: placeOf(source, start),
    message: `the quote ${quote} is never closed`,
    found: source.slice(start, start + 40),
  });
}
