import { parseDateText } from '../table/date.ts';
import { dateReader, formatsOf } from '../table/date-format.ts';
import type { Column } from '../table/table.ts';
import { defineDataCheck, type Finding, roleOf } from './data-check.ts';

/** Whole numbers are dates only where the name says so. */
const DATE_NAME =
  /(^|[^a-z])(date|time|timestamp|datetime|day|ts)$|[a-z](Date|Time|Timestamp)$|_(at|on)$|^(date|timestamp)/i;
const LONG_NUMBER = /^\d{16,}$/;
/** Numbers that a column of dates may have at most to be looked at. */
const MOST_LOOKED_AT = 100_000;

export const dates = defineDataCheck({
  id: 'dates',
  summary: 'dates that are read as text or as numbers',
  find: ({ table, roles, declared }) =>
    table.columns.flatMap((column): Finding[] => {
      const role = roleOf({ roles }, column.name);
      const isGuessed = role === 'categorical' || role === 'numeric' || role === 'id';
      if (!isGuessed || declared.includes(column.name)) return [];
      const texts = textsOf(column);
      if (texts.length === 0 || texts.every((text) => !Number.isNaN(parseDateText(text)))) return [];
      const [format, ...others] = formatsOf(texts);
      if (format === undefined) return severalFormats(column.name, texts);
      const read = dateReader(format)!;
      const other = others.find((each) => {
        const readOther = dateReader(each)!;
        return texts.some((text) => readOther(text) !== read(text));
      });
      const name = JSON.stringify(column.name);
      if (other !== undefined) {
        return [
          {
            columns: [column.name],
            message: `column ${name} has dates that can be read as ${format} or ${other} (${JSON.stringify(texts[0])}), so they are read as text`,
            next: `say which: columns: { ${name}: { role: date, format: "${format}" } }`,
          },
        ];
      }
      return [
        {
          columns: [column.name],
          message: `column ${name} has dates, written as ${format} (${JSON.stringify(texts[0])})`,
          next: null,
          settings: { columns: { [column.name]: { role: 'date' as const, format } } },
        },
      ];
    }),
});

/** Dates that no one format reads: each by itself is a date. */
function severalFormats(column: string, texts: readonly string[]): Finding[] {
  const isDate = (text: string) =>
    !Number.isNaN(parseDateText(text)) || (/\D/.test(text) && formatsOf([text]).length > 0);
  if (!texts.every(isDate)) return [];
  const [first, ...others] = texts as [string, ...string[]];
  const formats = formatsOf([first]).map((format) => dateReader(format)!);
  const other = others.find((text) => !formats.some((read) => Number.isFinite(read(text)))) ?? texts.at(-1)!;
  return [
    {
      columns: [column],
      message: `column "${column}" has dates in more than one format (${JSON.stringify(first)}, ${JSON.stringify(other)}), so they are read as text`,
      next: 'write all of them alike, best as 2024-01-31',
    },
  ];
}

/** The distinct values as text; none for whole numbers whose name does not say that they are dates. */
function textsOf(column: Column): readonly string[] {
  if (column.kind === 'categorical') {
    const texts = column.categories.map((text) => text.trim());
    // Ids of more than fifteen digits are kept as text, and count nanoseconds as well as anything.
    return DATE_NAME.test(column.name) || texts.some((text) => !LONG_NUMBER.test(text)) ? texts : [];
  }
  if (column.isDate || !DATE_NAME.test(column.name)) return [];
  const distinct = new Set(column.values.filter((value) => !Number.isNaN(value)));
  return distinct.size > MOST_LOOKED_AT ? [] : [...distinct].map(String);
}
