import { type Fragment, isText, type Sentence, withTextsJoined } from './fragments.ts';
import { printable } from './printable.ts';
import { withoutReferences, ZERO_WIDTH_SPACE } from './references.ts';
import { webAddress } from './web-address.ts';

declare const escaped: unique symbol;

/**
 * Markdown in which every foreign text is escaped. It is made by `toMarkdown` and `markdown-blocks.ts` alone (the linter refuses to
 * assert it elsewhere), and what is posted must be it: so no string can get past them.
 */
export type Markdown = string & { readonly [escaped]: 'markdown' };

/** A sentence as GitHub's Markdown, on one line. It is no list, heading or quotation, whatever it begins with. */
export function toMarkdown(sentence: Sentence): Markdown {
  const [first, ...rest] = withTextsJoined(sentence);
  if (first === undefined) return '' as Markdown;
  const start = fragmentToMarkdown(first);
  const parts = [isText(first) ? withoutBlock(start) : start];
  let before = first;
  for (const fragment of rest) {
    // Two code spans that touch would be read as one.
    if (before.kind === 'code' && fragment.kind === 'code') parts.push(ZERO_WIDTH_SPACE);
    parts.push(fragmentToMarkdown(fragment));
    before = fragment;
  }
  return parts.join('') as Markdown;
}

function fragmentToMarkdown(fragment: Fragment): string {
  switch (fragment.kind) {
    case 'text':
    case 'number':
      return escapeMarkdown(fragment.text);
    case 'code':
      return codeSpan(fragment.text);
    case 'strong': {
      // A blank beside the asterisks would make them text.
      const content = toMarkdown(fragment.content).trim();
      return content === '' ? '' : `**${content}**`;
    }
    case 'link': {
      const url = webAddress(fragment.url);
      const content = toMarkdown(fragment.content);
      return url === undefined ? content : `[${content}](${destination(url)})`;
    }
  }
}

/**
 * Text that means nothing to Markdown or GitHub: no emphasis, link, formula, HTML or reference. Only what would mean something is
 * escaped, so that the source stays readable.
 */
function escapeMarkdown(text: string): string {
  return (
    withoutReferences(printable(text))
      .replace(/[\\`*~[\]$]/g, '\\$&')
      .replace(/<(?=[A-Za-z/?])/g, '\\<')
      // Programs that look for a comment of ours in the source find none.
      .replace(/<!/g, '<\\!')
      .replace(/&(?=#?\w+;)/g, '\\&')
      .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (run) => run.replaceAll('_', '\\_'))
  );
}

/** The begin of a line without what would make it a list, a heading, a quotation or a rule. */
function withoutBlock(line: string): string {
  return line
    .trimStart()
    .replace(/^(?:[-+](?=\s|$)|[-=](?=[-= ]*$)|#(?=#{0,5}(?:\s|$))|>)/, '\\$&')
    .replace(/^(\d{1,9})([.)](?=\s|$))/, '$1\\$2');
}

/** Nothing in a code span is a link, a reference or HTML. A pipe still ends a table cell: see `table`. */
function codeSpan(text: string): string {
  const plain = printable(text);
  if (plain.trim() === '') return '(empty)';
  // In a table `\\|` would end the cell: there a code span knows no way to write it. A comment would look like a marker of ours to
  // programs that search the source.
  if (/\\\||<!--|-->/.test(plain)) return `<code>${plain.replace(/[!-/:-@[-`{-~]/g, characterReference)}</code>`;
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(plain) ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
}

/** Parentheses would end a link that is not bracketed. */
function destination(url: string): string {
  return /[()]/.test(url) ? `<${url}>` : url;
}

function characterReference(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
