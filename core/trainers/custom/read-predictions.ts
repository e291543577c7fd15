import type { Target } from '../../dataset/target.ts';
import { DataError, type Problem } from '../../errors/app-error.ts';
import { type DecidedPredictions, decided } from '../../models/predictions.ts';
import { suggest } from '../../registry/suggest.ts';
import { readCsv } from '../../table/csv.ts';
import { type Table, valueText } from '../../table/table.ts';
import { readClasses } from './read-classes.ts';
import { type PlaceOf, readNumber } from './read-number.ts';

/** Rows of one mistake that are named; the rest is counted. */
const NAMED = 3;

/**
 * The predictions that a command wrote: CSV with the key column, `prediction`, and for classes optionally
 * `probability_<class>`, each row of the test file once, in any order.
 *
 * @param options.names of the rows that were to be predicted, in the order of the result.
 * @throws DataError for columns, keys, numbers and classes that are not allowed, each with its line and row.
 */
export function readPredictions(
  bytes: Uint8Array,
  options: {
    readonly file: string;
    readonly keyColumn: string;
    readonly names: readonly string[];
    readonly target: Pick<Target, 'type' | 'classes'>;
  },
): DecidedPredictions {
  const { file, keyColumn, names, target } = options;
  const table = readTexts(bytes, options);
  const key = table.column(keyColumn)!;
  const keys = Array.from({ length: table.nRows }, (_, row) => valueText(key, row));
  const order = matchKeys(keys, names, file, keyColumn);
  // In the order of the rows that were to be predicted, each where its line says.
  const ordered = table.take(order);
  const placeOf: PlaceOf = (row) => `line ${order[row]! + 2} (row ${names[row]})`;
  if (target.type !== 'continuous') return readClasses(ordered, target.classes, { file, placeOf });
  const outputs = readNumber(ordered, 'prediction', {
    file,
    placeOf,
    allowed: 'a finite number',
    isAllowed: () => true,
  });
  return decided({ outputs, nClasses: 0 });
}

/** The table with all columns as text, the header checked. */
function readTexts(
  bytes: Uint8Array,
  { file, keyColumn, target }: { file: string; keyColumn: string; target: Pick<Target, 'classes'> },
): Table {
  const end = bytes.indexOf(0x0a);
  const header = readCsv(end < 0 ? bytes : bytes.subarray(0, end), { file }).columns.map(({ name }) => name);
  const probabilities = target.classes.map((name) => `probability_${name}`);
  const known = [keyColumn, 'prediction', ...probabilities];
  const given = probabilities.filter((name) => header.includes(name));
  const needed = [keyColumn, ...(given.length > 0 ? probabilities : ['prediction'])];
  const found = header.map((name) => `"${name}"`).join(', ');
  const allowed = `the columns ${known.map((name) => `"${name}"`).join(', ')}`;
  const problems: Problem[] = [
    ...needed
      .filter((name) => !header.includes(name))
      .map((name) => ({ file, place: 'line 1', message: `there is no column "${name}"`, found, allowed })),
    ...header
      .filter((name) => !known.includes(name))
      .map((name) => {
        const near = suggest(name, known);
        return {
          file,
          place: 'line 1',
          message: `unknown column "${name}"`,
          allowed,
          next: near && !header.includes(near) ? `did you mean "${near}"?` : 'do not write it',
        };
      }),
  ];
  if (problems.length > 0) throw new DataError(problems);
  return readCsv(bytes, {
    file,
    kinds: Object.fromEntries(header.map((name) => [name, 'categorical' as const])),
    missing: [],
  });
}

/** For each row that was to be predicted, the row of the file that holds it. */
function matchKeys(keys: readonly string[], names: readonly string[], file: string, column: string): number[] {
  const wanted = new Map(names.map((name, i) => [name, i]));
  const order = new Array<number>(names.length).fill(-1);
  const unknown: string[] = [];
  const twice: string[] = [];
  for (const [row, key] of keys.entries()) {
    const at = wanted.get(key);
    const where = `"${key}" in line ${row + 2}`;
    if (at === undefined) unknown.push(where);
    else if (order[at]! >= 0) twice.push(where);
    else order[at] = row;
  }
  const missing = names.filter((_, i) => order[i]! < 0).map((name) => `"${name}"`);
  const allowed = `each "${column}" of the test file once: ${names.length} rows`;
  const problem = (list: readonly string[], message: string): Problem[] =>
    list.length === 0 ? [] : [{ file, message: `${message}: ${list.length}`, found: some(list), allowed }];
  const problems = [
    ...problem(missing, 'rows of the test file without a prediction'),
    ...problem(unknown, 'keys that are not in the test file'),
    ...problem(twice, 'keys that occur twice'),
  ];
  if (problems.length > 0) throw new DataError(problems);
  return order;
}

function some(list: readonly string[]): string {
  const rest = list.length - NAMED;
  return list.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
