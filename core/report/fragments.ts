import { number as formatNumber } from './numbers.ts';

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

export function text(value: string): Fragment {
  return { kind: 'text', text: value };
}

/** A name, a path or a value; a long one is cut. */
export function code(value: string): Fragment {
  return { kind: 'code', text: value.length > LONGEST_NAME ? `${value.slice(0, LONGEST_NAME - 1)}…` : value };
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

/** A message as errors and warnings have it: what stands between backquotes is code. */
export function prose(message: string): Sentence {
  return message
    .split(/`([^`]+)`/)
    .flatMap((part, i): Sentence => (part === '' ? [] : [i % 2 === 1 ? code(part) : text(part)]));
}
