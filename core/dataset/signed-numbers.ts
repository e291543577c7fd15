import type { CategoricalColumn, Column } from '../table/table.ts';

/** A number with a currency, a percent sign or a unit beside it, a minus of typographers, or groups of digits parted by narrow blanks. */
const SIGNED = /^[$€£¥₹]?\s*[+\-\u2212]?\s*[$€£¥₹]?\s*\d[\d.,'\s]*(%|[$€£¥₹]|[A-Za-z]{1,4}\.?(\/[A-Za-z]{1,3})?)?$/;
/** How accountants write what is below zero: `(1.25)`. */
const IN_BRACKETS = /^\(([^()]*)\)$/;
const PLAIN = /^[+-]?[\d.,' ]*$/;
/** The share of the values that have to look like that. */
const LEAST = 0.95;
/** Longer text is no number. */
const LONGEST = 40;
/** A column with fewer distinct values is as good as categories. */
const FEW = 10;
/** A comma with other than three digits behind it does not part thousands. */
const DECIMAL_COMMA = /,(\d{1,2}|\d{4,})(?!\d)/;
const COMMA_THEN_POINT = /,.*\./;

/**
 * What to write in pandas so that a column of text is read as the numbers that it looks like: `"$84,835.00 "`, `12%`, `1.008,50 €`, `(1.25)`. Null
 * where it does not look like numbers.
 */
export function numbersAlone(column: Column): string | null {
  if (column.kind !== 'categorical' || column.categories.length < FEW) return null;
  const texts = column.categories.map((text) => text.trim());
  const signs = new Set(texts.map((text) => text.replace(/[\d.,' +-]/g, '')));
  const signed = texts.filter((text) => text.length <= LONGEST && SIGNED.test(text.replace(IN_BRACKETS, '$1')));
  // Codes such as A1 or 12B have many different letters.
  if (signed.length < LEAST * texts.length || signs.size > 3 || texts.every((text) => PLAIN.test(text))) return null;
  const hasComma = texts.some((text) => DECIMAL_COMMA.test(text)) && !texts.some((text) => COMMA_THEN_POINT.test(text));
  const digits = hasComma
    ? '.str.replace(r"[^0-9,-]", "", regex=True).str.replace(",", ".")'
    : '.str.replace(r"[^0-9.-]", "", regex=True)';
  return `df[${JSON.stringify(column.name)}]${minusOf(texts)}${digits}.astype(float)`;
}

/** The first value that is no plain number. */
export function signedExample({ categories }: CategoricalColumn): string {
  return categories.find((text) => !PLAIN.test(text.trim()))!;
}

/** What makes a hyphen of other ways to write a minus, before all else but digits is removed. */
function minusOf(texts: readonly string[]): string {
  return [
    texts.some((text) => text.includes('\u2212')) ? String.raw`.str.replace("\u2212", "-")` : '',
    texts.some((text) => IN_BRACKETS.test(text))
      ? String.raw`.str.replace(r"^\s*\((.*)\)\s*$", r"-\1", regex=True)`
      : '',
  ].join('');
}
