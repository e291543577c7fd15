import { type Columns, declaredRoles } from '../../config/columns-key.ts';
import { type CheckFinding, checkTable } from '../../data-check/check-table.ts';
import type { Settings } from '../../data-check/data-check.ts';
import { guessedRoles } from '../../dataset/columns.ts';
import { writtenNumbers } from '../../dataset/written-numbers.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import type { NumberFormat } from '../../table/number-format.ts';
import { isMissing, type Table } from '../../table/table.ts';
import { readDatasetTable, readOptionsOf } from '../read-dataset-table.ts';

/** Keys of a dataset that say how its table is read. */
export interface Reading extends NumberFormat {
  readonly missing?: readonly string[];
  readonly target_missing?: 'drop';
  readonly columns?: Columns;
}

/** A table as it is read with the keys that its content asks for. */
export interface MendedTable {
  readonly table: Table;
  readonly reading: Reading;
  /** What asked for them. */
  readonly findings: readonly CheckFinding[];
}

/** A mended column may show something new, such as dates below a mark for missing values. More than this it does not. */
const MOST_ROUNDS = 3;

/** Words that pandas reads as missing and people use as a class. */
const CLASS_WORDS = new Set(['None', 'NA', 'N/A', 'n/a']);
/** A class is not rare; values that were forgotten are. */
const CLASS_SHARE = 0.05;

/**
 * Reads a table, and again with the keys that the data checks propose: how numbers and missing values are written, dates, ids.
 *
 * @param target the column to predict; undefined where none is named, and nothing is mended.
 */
export async function readMended(files: ProjectFiles, path: string, target: string | undefined): Promise<MendedTable> {
  const read = async ({ columns = {}, missing, decimal, thousands }: Reading) => {
    const config = {
      columns,
      missing: missing ? [...missing] : null,
      decimal: decimal ?? null,
      thousands: thousands ?? null,
    };
    return (await readDatasetTable(files, path, readOptionsOf({ ...config, delimiter: null }), ABSENT)).table;
  };
  let table = await read({});
  let reading: Reading = numberFormat(table);
  if (Object.keys(reading).length > 0) table = await read(reading);
  const findings: CheckFinding[] = [];
  for (let round = 0; target !== undefined && table.column(target) && round < MOST_ROUNDS; round++) {
    const found = proposals(table, { path, target, declared: reading.columns ?? {} });
    if (found.length === 0) break;
    findings.push(...found);
    reading = found.reduce((sum, { settings = {} }) => merged(sum, settings), reading);
    table = await read(reading);
  }
  const dropped = target === undefined ? [] : withoutTarget(table, target);
  return {
    table,
    reading: dropped.length === 0 ? reading : { ...reading, target_missing: 'drop' },
    findings: [...findings, ...dropped],
  };
}

const ABSENT = { message: 'file not found', next: 'give the path of a table: mlops init data.csv --target column' };

/** What the checks would write into `mlops.yml`. */
function proposals(
  table: Table,
  { path, target, declared }: { readonly path: string; readonly target: string; readonly declared: Columns },
): readonly CheckFinding[] {
  const options = { file: path, target, declared: declaredRoles(declared) };
  const { roles } = guessedRoles(table, options);
  const features = roles
    .filter(({ kind }) => ['numeric', 'categorical', 'date'].includes(kind))
    .map(({ name }) => name);
  const found = checkTable({ file: path, table, roles, features, target: null });
  return [
    ...classWord(table, target),
    ...found.filter(
      ({ settings, columns }) =>
        settings && (!settings.columns || columns.some((name) => !Object.hasOwn(declared, name))),
    ),
  ];
}

/** A class such as `None`, which is read as missing. Beside numbers it is no class. */
function classWord(table: Table, target: string): readonly CheckFinding[] {
  const texts = table.notes.flatMap((each) =>
    each.note === 'read_as_missing' && each.column === target ? each.texts : [],
  );
  const isText = table.column(target)?.kind === 'categorical';
  const isClass = isText && texts.length > 0 && texts.every((text) => CLASS_WORDS.has(text));
  if (!isClass || missingRows(table, target) < CLASS_SHARE * table.nRows) return [];
  const shown = texts.map((text) => `"${text}"`).join(', ');
  return [
    {
      check: 'missing_marks',
      columns: [target],
      message: `${shown} in the target "${target}" is kept as a class`,
      next: 'if it means that the class is not known, remove `missing` from this column and set `target_missing: drop`',
      settings: { columns: { [target]: { missing: [] } } },
    },
  ];
}

function withoutTarget(table: Table, target: string): readonly CheckFinding[] {
  const missing = missingRows(table, target);
  if (missing === 0 || missing === table.nRows) return [];
  return [
    {
      check: 'missing_marks',
      columns: [target],
      message: `the target "${target}" is missing in ${missing} of ${table.nRows} rows: they are left out`,
      next: null,
    },
  ];
}

function missingRows(table: Table, name: string): number {
  const column = table.column(name);
  let missing = 0;
  for (let row = 0; column && row < table.nRows; row++) if (isMissing(column, row)) missing++;
  return missing;
}

function merged(reading: Reading, { missing, columns }: Settings): Reading {
  return {
    ...reading,
    ...(missing && { missing: [...new Set([...(reading.missing ?? []), ...missing])] }),
    ...(columns && { columns: { ...columns, ...reading.columns } }),
  };
}

/** How most of the text that looks like numbers is written. */
function numberFormat(table: Table): NumberFormat {
  const formats = table.columns.flatMap((column) =>
    column.kind === 'categorical' ? (writtenNumbers(column) ?? []) : [],
  );
  const all: NumberFormat = Object.assign({}, ...formats);
  const fits = formats.every((format) =>
    Object.entries(format).every(([key, mark]) => all[key as keyof NumberFormat] === mark),
  );
  return !fits || all.thousands === (all.decimal ?? '.') ? {} : all;
}
