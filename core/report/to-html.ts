import { type Fragment, type Sentence, withTextsJoined } from './fragments.ts';
import { printable } from './printable.ts';
import { withoutReferences } from './references.ts';
import { webAddress } from './web-address.ts';

declare const escaped: unique symbol;

/** HTML in which every foreign text is escaped. It is made here and in `html/html-blocks.ts` alone. */
export type Html = string & { readonly [escaped]: 'html' };

/** A sentence as HTML: for pages, and for places in Markdown that take HTML only, such as `<summary>`. */
export function toHtml(sentence: Sentence): Html {
  return withTextsJoined(sentence).map(fragmentToHtml).join('') as Html;
}

function fragmentToHtml(fragment: Fragment): string {
  switch (fragment.kind) {
    case 'text':
    case 'number':
      return escapeHtml(withoutReferences(printable(fragment.text)));
    case 'code':
      return printable(fragment.text).trim() === ''
        ? '(empty)'
        : `<code>${escapeHtml(printable(fragment.text))}</code>`;
    case 'strong':
      return `<strong>${toHtml(fragment.content)}</strong>`;
    case 'link': {
      const url = webAddress(fragment.url);
      const content = toHtml(fragment.content);
      return url === undefined ? content : `<a href="${escapeHtml(url)}">${content}</a>`;
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
