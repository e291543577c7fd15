import type { Fragment, Sentence } from './fragments.ts';
import { printable } from './printable.ts';

/** A sentence as HTML: for pages, and for places in Markdown that take HTML only, such as `<summary>`. */
export function toHtml(sentence: Sentence): string {
  return sentence.map(fragmentToHtml).join('');
}

function fragmentToHtml(fragment: Fragment): string {
  switch (fragment.kind) {
    case 'text':
    case 'number':
      return escapeHtml(fragment.text);
    case 'code':
      return `<code>${escapeHtml(fragment.text)}</code>`;
    case 'strong':
      return `<strong>${toHtml(fragment.content)}</strong>`;
    case 'link':
      return `<a href="${escapeHtml(encodeURI(fragment.url))}">${toHtml(fragment.content)}</a>`;
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
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
