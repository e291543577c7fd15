import { shorten } from '../errors/list-names.ts';

/** What a reader saw in a file and a person should know. */
export type TableNote =
  /** A text column whose values are numbers but for a few. */
  | {
      readonly note: 'almost_numeric';
      readonly file: string;
      readonly column: string;
      /** Where the first text lies: `line 34`. */
      readonly place: string;
      /** The texts that are no numbers, the most frequent first. */
      readonly texts: readonly string[];
      /** How many rows have one of them, of those that are not missing. */
      readonly rows: number;
      readonly of: number;
      /** The whole list for the key `missing`: these texts, and those that are read as missing today. */
      readonly missing: readonly string[];
    }
  /** What a column has in fields that are read as missing, though something is written there. */
  | {
      readonly note: 'read_as_missing';
      readonly file: string;
      readonly column: string;
      readonly texts: readonly string[];
    }
  /** Each line ends with a delimiter, or each row has one more than the header; there are no values after it. */
  | { readonly note: 'trailing_delimiter'; readonly file: string };

/** More distinct texts than this are no marks for missing values. */
const MOST_MARKS = 5;

/** Texts that look like marks for missing values: few distinct ones. */
export function areMarks(texts: readonly string[]): boolean {
  return texts.length <= MOST_MARKS;
}

/** What a person should know without asking: sentences. */
export function tableWarnings(notes: readonly TableNote[]): string[] {
  return notes.flatMap((note) => tableNoteText(note) ?? []);
}

function tableNoteText(note: TableNote): string | undefined {
  switch (note.note) {
    case 'read_as_missing':
      return undefined;
    case 'almost_numeric': {
      const { column, place, texts, rows, of, missing } = note;
      const found = `column "${column}" is read as text: ${rows} of ${of} values are no numbers, the first is ${JSON.stringify(texts[0])} in ${place}`;
      const others = texts.length > 1 ? ` (${shorten(texts.map((text) => JSON.stringify(text)))})` : '';
      const next = areMarks(texts)
        ? `if they mean that a value is missing, set \`missing: ${listText(missing)}\` for this dataset`
        : 'correct them';
      return `${found}${others}; ${next}, or declare the column categorical under \`columns\``;
    }
    case 'trailing_delimiter':
      return 'the lines end with a delimiter; nothing follows it, so no column was made of it';
  }
}

/** Texts as a list in YAML. */
function listText(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;
}
