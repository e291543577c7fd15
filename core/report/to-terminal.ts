import type { Fragment, Sentence } from './fragments.ts';
import { printable } from './printable.ts';

/** A sentence as plain text: for terminals, logs and annotations. */
export function toTerminal(sentence: Sentence): string {
  return sentence.map(fragmentToTerminal).join('');
}

function fragmentToTerminal(fragment: Fragment): string {
  switch (fragment.kind) {
    case 'text':
    case 'number':
      return printable(fragment.text);
    case 'code':
      return printable(fragment.text).trim() === '' ? '(empty)' : printable(fragment.text);
    case 'strong':
      return toTerminal(fragment.content);
    case 'link':
      return `${toTerminal(fragment.content)} (${printable(fragment.url)})`;
  }
}
