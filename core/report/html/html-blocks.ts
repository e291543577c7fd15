import type { Sentence } from '../fragments.ts';
import { printableJson } from '../printable.ts';
import { type Html, toHtml } from '../to-html.ts';

type Part = Sentence | Html | number | readonly Html[];

/**
 * HTML from a template of our own; what is put in is escaped, or HTML already. A plain string is neither. Nothing but numbers belongs
 * inside of a tag.
 *
 * @example
 * html`<p>target ${[code(name)]}</p>`
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return strings.map((own, i) => own + partToHtml(parts[i] ?? [])).join('') as Html;
}

export const NOTHING: Html = html``;

/** What we wrote ourselves and nobody else has a word in: a script, a style sheet. */
export function ours(text: string): Html {
  return text as Html;
}

/** A value as JSON for an element `<script>`, which nothing in it can end. */
export function json(value: unknown): Html {
  return printableJson(JSON.stringify(value)).replaceAll('<', '\\u003c') as Html;
}

/** A column: its heading, and whether it holds numbers. */
export interface Column {
  readonly heading: Sentence;
  readonly isNumeric?: boolean;
}

export interface Cell {
  readonly content: Sentence | Html;
  /** What the column is sorted by, where that is not the text. */
  readonly value?: number | null;
}

/** A table that scrolls within itself. Readers of screens hear its caption; the script lets it be sorted by its headings. */
export function table(
  caption: Sentence,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: { readonly isSortable?: boolean } = {},
): Html {
  const head = columns.map(({ heading, isNumeric }) =>
    isNumeric ? html`<th scope="col" class="number">${heading}</th>` : html`<th scope="col">${heading}</th>`,
  );
  const body = rows.map((row) => html`<tr>${row.map((cell, i) => cellToHtml(cell, i, columns[i]!))}</tr>\n`);
  const open = options.isSortable ? html`<table class="sortable">` : html`<table>`;
  return html`<div class="scroll">${open}<caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>`;
}

/** A part that opens on a click. */
export function fold(title: Sentence, body: Html, options: { readonly isOpen?: boolean } = {}): Html {
  const open = options.isOpen ? html`<details open>` : html`<details>`;
  return html`${open}<summary>${title}</summary>${body}</details>`;
}

export function list(sentences: readonly Sentence[]): Html {
  return sentences.length === 0 ? NOTHING : html`<ul>${sentences.map((each) => html`<li>${each}</li>`)}</ul>`;
}

function cellToHtml({ content, value }: Cell, index: number, { isNumeric }: Column): Html {
  if (index === 0) return html`<th scope="row">${content}</th>`;
  if (!isNumeric) return html`<td>${content}</td>`;
  return value == null || !Number.isFinite(value)
    ? html`<td class="number">${content}</td>`
    : html`<td class="number" data-value="${value}">${content}</td>`;
}

function partToHtml(part: Part): string {
  if (typeof part === 'string') return part;
  if (typeof part === 'number') return String(part);
  return isHtmlList(part) ? part.join('') : toHtml(part);
}

function isHtmlList(part: Sentence | readonly Html[]): part is readonly Html[] {
  return typeof part[0] === 'string';
}
