import { defineDataCheck, type Finding, roleOf } from './data-check.ts';

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

export const signedNumbers = defineDataCheck({
  id: 'signed_numbers',
  summary: 'numbers with a currency, a percent sign or a unit, which are read as text',
  find: ({ table, roles, declared }) =>
    table.columns.flatMap((column): Finding[] => {
      const role = roleOf({ roles }, column.name);
      const isSaid = declared.includes(column.name);
      if (column.kind !== 'categorical' || isSaid || column.categories.length < FEW) return [];
      const texts = column.categories.map((text) => text.trim());
      const signs = new Set(texts.map((text) => text.replace(/[\d.,' +-]/g, '')));
      const signed = texts.filter((text) => text.length <= LONGEST && SIGNED.test(text.replace(IN_BRACKETS, '$1')));
      // Codes such as A1 or 12B have many different letters.
      if (signed.length < LEAST * texts.length || signs.size > 3 || texts.every((text) => PLAIN.test(text))) return [];
      const name = JSON.stringify(column.name);
      const found = `column ${name} looks like numbers with a sign or unit (${JSON.stringify(column.categories.find((_, i) => !PLAIN.test(texts[i]!)))}), but is read as text`;
      const next = `write the numbers alone, in pandas: df[${name}]${minusOf(texts)}.str.replace(r"[^0-9.-]", "", regex=True).astype(float)`;
      // It differs in each row, but it says nothing of which row it is.
      if (role === 'id' || role === 'ignore')
        return [
          {
            columns: [column.name],
            message: `${found} that differs in each row, so it is no feature`,
            next,
            settings: { columns: { [column.name]: 'ignore' } },
          },
        ];
      return [{ columns: [column.name], message: found, next }];
    }),
});

/** What makes a hyphen of other ways to write a minus, before all else but digits is removed. */
function minusOf(texts: readonly string[]): string {
  return [
    texts.some((text) => text.includes('\u2212')) ? String.raw`.str.replace("\u2212", "-")` : '',
    texts.some((text) => IN_BRACKETS.test(text))
      ? String.raw`.str.replace(r"^\s*\((.*)\)\s*$", r"-\1", regex=True)`
      : '',
  ].join('');
}
