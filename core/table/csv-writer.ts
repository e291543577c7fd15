import { delimiterByte } from './csv.ts';
import { type Column, isMissing, type Table, valueText } from './table.ts';

/**
 * A table as RFC 4180 text with a header and LF line ends, one at the end too. Values are quoted only where necessary. Missing
 * values are empty fields; numbers are the shortest decimals that give the same bits.
 *
 * `readCsv` with the columns' kinds declared returns the same table, except for what CSV cannot express: text that reads as a
 * missing value (`NA`, blanks, empty text), categories that no row has, and lone surrogates.
 *
 * @throws RangeError for an infinite value, a column without a name, or a delimiter that is not one ASCII character.
 */
export function writeCsv(table: Table, options: { readonly delimiter?: string } = {}): string {
  const delimiter = options.delimiter ?? ',';
  delimiterByte(delimiter);
  if (table.columns.length === 0) return '';
  const needsQuotes = (text: string) =>
    text.includes(delimiter) ||
    text.includes('"') ||
    text.includes('\n') ||
    text.includes('\r') ||
    text[0] === '\ufeff';
  const quoted = (text: string) => (needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text);

  // Only with a strange delimiter can a number hold it.
  const plain = /[-+.0-9:TZe]/.test(delimiter) ? quoted : (text: string) => text;
  const writers = table.columns.map((column) => fieldWriter(column, column.kind === 'numeric' ? plain : quoted));
  const lines = [table.columns.map((column) => headerField(column.name, quoted)).join(delimiter)];
  const alone = writers.length === 1;
  for (let row = 0; row < table.nRows; row++) {
    let line = writers[0]!(row);
    for (let i = 1; i < writers.length; i++) line += delimiter + writers[i]!(row);
    // An empty line at the end of the file would not be read as a row.
    lines.push(alone && line === '' ? '""' : line);
  }
  return `${lines.join('\n')}\n`;
}

function headerField(name: string, quoted: (text: string) => string): string {
  if (name === '') throw new RangeError('a column without a name cannot be written as CSV');
  return quoted(name);
}

function fieldWriter(column: Column, quoted: (text: string) => string): (row: number) => string {
  if (column.kind === 'categorical') {
    const texts = column.categories.map(quoted);
    return (row) => (isMissing(column, row) ? '' : texts[column.codes[row]!]!);
  }
  return (row) => {
    const value = column.values[row]!;
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
      throw new RangeError(`column "${column.name}" is infinite in row ${row}`);
    }
    return quoted(Object.is(value, -0) ? '-0' : valueText(column, row));
  };
}
