import type { Fragment, Sentence } from './fragments.ts';
import { printable } from './printable.ts';

/** Keeps GitHub from seeing a mention or a reference, and is not seen itself. */
const ZERO_WIDTH_SPACE = '\u200b';

/** A sentence as GitHub's Markdown. Line breaks and table cells are for the caller to keep apart. */
export function toMarkdown(sentence: Sentence): string {
  return sentence.map(fragmentToMarkdown).join('');
}

function fragmentToMarkdown(fragment: Fragment): string {
  switch (fragment.kind) {
    case 'text':
    case 'number':
      return escapeMarkdown(fragment.text);
    case 'code':
      return codeSpan(fragment.text);
    case 'strong':
      return `**${toMarkdown(fragment.content)}**`;
    case 'link':
      return `[${toMarkdown(fragment.content)}](${destination(encodeURI(fragment.url))})`;
  }
}

/**
 * Text that means nothing to Markdown or GitHub: no emphasis, link, HTML, mention or reference. Only what would mean something is
 * escaped, so that the source stays readable.
 */
function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(/[\\`*~[\]]/g, '\\$&')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (run) => run.replaceAll('_', '\\_'))
    .replace(/@|#(?=\d)/g, `$&${ZERO_WIDTH_SPACE}`);
}

/** Nothing in a code span is a link, a mention or HTML. A pipe still ends a table cell: see `table`. */
function codeSpan(text: string): string {
  const plain = printable(text);
  if (plain.trim() === '') return '(empty)';
  // In a table `\\|` would end the cell: there a code span knows no way to write it.
  if (plain.includes('\\|')) return `<code>${plain.replace(/[!-/:-@[-`{-~]/g, characterReference)}</code>`;
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
}

/** Parentheses would end a link that is not bracketed. */
function destination(url: string): string {
  return /[()]/.test(url) ? `<${url}>` : url;
}

function characterReference(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
