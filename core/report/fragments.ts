import { number as formatNumber } from './numbers.ts';
import { printable } from './printable.ts';

/** A part of a sentence. What it holds is plain text; each target (Markdown, terminal, HTML) has one function that escapes it. */
export type Fragment =
  | { readonly kind: 'text'; readonly text: string }
  /** Names, paths and values, often of other people's files. */
  | { readonly kind: 'code'; readonly text: string }
  /** A number, and how it is written. */
  | { readonly kind: 'number'; readonly value: number | null; readonly text: string }
  | { readonly kind: 'strong'; readonly content: Sentence }
  | { readonly kind: 'link'; readonly content: Sentence; readonly url: string };

/** What a report says, before it is rendered for a target. */
export type Sentence = readonly Fragment[];

/** Characters of a name that are shown. */
const LONGEST_NAME = 120;
/** Characters of a message that are shown. */
const LONGEST_MESSAGE = 1000;

export function text(value: string): Fragment {
  return { kind: 'text', text: value };
}

/** A name, a path or a value; a long one is cut. */
export function code(value: string): Fragment {
  return { kind: 'code', text: shownName(value) };
}

/** A name where it is data and not part of a sentence, as in a chart. */
export function shownName(name: string): string {
  return cut(name, LONGEST_NAME);
}

/** A number as people read it; `—` for none. */
export function number(value: number | null, format: (value: number | null) => string = formatNumber): Fragment {
  return { kind: 'number', value, text: format(value) };
}

export function strong(...content: Sentence): Fragment {
  return { kind: 'strong', content };
}

export function link(url: string, ...content: Sentence): Fragment {
  return { kind: 'link', content, url };
}

/**
 * A sentence from a template; plain strings in it become text.
 *
 * @example
 * sentence`${code('churn')} dropped by ${number(0.0121)}`
 */
export function sentence(
  strings: TemplateStringsArray,
  ...parts: readonly (Fragment | Sentence | string)[]
): readonly Fragment[] {
  return strings.flatMap((between, i): Sentence => {
    const part = parts[i];
    const own = between === '' ? [] : [text(between)];
    if (part === undefined || part === '') return own;
    if (typeof part === 'string') return [...own, text(part)];
    return 'kind' in part ? [...own, part] : [...own, ...part];
  });
}

/** Sentences one after the other, with text in between. */
export function join(parts: readonly (Fragment | Sentence)[], between: string): Sentence {
  return parts.flatMap((part, i): Sentence => {
    const own = 'kind' in part ? [part] : part;
    return i === 0 ? own : [text(between), ...own];
  });
}

/** A message as errors and warnings have it: what stands between backquotes is code; a long one is cut. */
export function prose(message: string): Sentence {
  return cut(message, LONGEST_MESSAGE)
    .split(/`([^`]+)`/)
    .flatMap((part, i): Sentence => (part === '' ? [] : [i % 2 === 1 ? code(part) : text(part)]));
}

/** Texts that stand side by side as one, to be escaped together: a reference may begin in one and end in the next. */
export function withTextsJoined(sentence: Sentence): Fragment[] {
  const fragments: Fragment[] = [];
  for (const fragment of sentence) {
    const last = fragments.at(-1);
    if (last && isText(last) && isText(fragment)) fragments[fragments.length - 1] = text(last.text + fragment.text);
    else fragments.push(fragment);
  }
  return fragments;
}

export function isText(fragment: Fragment): fragment is Extract<Fragment, { kind: 'text' | 'number' }> {
  return fragment.kind === 'text' || fragment.kind === 'number';
}

function cut(value: string, length: number): string {
  const shown = printable(value);
  return shown.length > length ? `${shown.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…` : shown;
}
