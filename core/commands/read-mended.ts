import { type Columns, declaredRoles } from '../config/columns-key.ts';
import type { DatasetConfig } from '../config/project.ts';
import { type CheckFinding, checkTable } from '../data-check/check-table.ts';
import type { Settings } from '../data-check/data-check.ts';
import { featuresOf, guessedRoles } from '../dataset/columns.ts';
import { keepsNumbers, writtenNumbers } from '../dataset/written-numbers.ts';
import { listNames } from '../errors/list-names.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import type { NumberFormat } from '../table/number-format.ts';
import { isMissing, type Table } from '../table/table.ts';
import { readDatasetTable, readOptionsOf } from './read-dataset-table.ts';

/** Keys of a dataset that say how its table is read. */
export interface Reading extends NumberFormat {
  readonly delimiter?: NonNullable<DatasetConfig['delimiter']>;
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

/** What `mlops.yml` says already of how a dataset's table is read. */
export function readingOf(config: DatasetConfig): Reading {
  const { columns, missing, decimal, thousands, delimiter, targetMissing } = config;
  return {
    ...(delimiter && { delimiter }),
    ...(missing && { missing }),
    ...(decimal && { decimal }),
    ...(thousands && { thousands }),
    ...(targetMissing === 'drop' && { target_missing: targetMissing }),
    ...(Object.keys(columns).length > 0 && { columns }),
  };
}

/**
 * Reads a table, and again with the keys that the data checks propose: how numbers and missing values are written, dates, ids.
 *
 * @param options.reading what is said already of how it is read.
 * @param options.target the column to predict; null where none is named.
 * @throws DataError when it is not there or cannot be read.
 */
export async function readMended(
  files: ProjectFiles,
  path: string,
  options: {
    readonly reading: Reading;
    readonly target: string | null;
    readonly split?: DatasetConfig['split'] | undefined;
    readonly absent: { readonly message: string; readonly next: string };
  },
): Promise<MendedTable> {
  const { target, split, absent } = options;
  const read = async ({ columns = {}, missing, decimal, thousands, delimiter }: Reading) => {
    const config = {
      columns,
      missing: missing ? [...missing] : null,
      decimal: decimal ?? null,
      thousands: thousands ?? null,
      delimiter: delimiter ?? null,
    };
    return (await readDatasetTable(files, path, readOptionsOf(config), absent)).table;
  };
  let { reading } = options;
  let table = await read(reading);
  const findings: CheckFinding[] = [];
  const mend = async (found: readonly CheckFinding[]) => {
    findings.push(...found);
    reading = found.reduce((sum, { settings = {} }) => merged(sum, settings), reading);
    if (found.length > 0) table = await read(reading);
  };
  await mend(numberFormat(table));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = proposals(table, {
      path,
      target,
      split,
      missing: options.reading.missing,
      declared: reading.columns ?? {},
    });
    if (found.length === 0) break;
    await mend(found);
  }
  if (target !== null && reading.target_missing === undefined) {
    const found = withoutTarget(table, target);
    findings.push(...found);
    reading = found.reduce((sum, { settings = {} }) => merged(sum, settings), reading);
  }
  return { table, reading, findings };
}

/** What the checks would write into `mlops.yml`. */
function proposals(
  table: Table,
  {
    path,
    target,
    split,
    missing,
    declared,
  }: {
    readonly path: string;
    readonly target: string | null;
    readonly split: DatasetConfig['split'] | undefined;
    /** The marks that `mlops.yml` lists. */
    readonly missing: readonly string[] | undefined;
    readonly declared: Columns;
  },
): readonly CheckFinding[] {
  const isSaid = target === null || missing !== undefined || Object.hasOwn(declared, target);
  const { roles } = guessedRoles(table, {
    file: path,
    target,
    declared: declaredRoles(declared),
    ...(split && { split }),
  });
  const found = checkTable({
    file: path,
    table,
    roles,
    declared: Object.keys(declared),
    features: featuresOf(roles),
    target: null,
  });
  return [
    ...(isSaid ? [] : classWord(table, target)),
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
      message: `${shown} in the target "${target}" is a class, and not a missing value`,
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
      message: `the target "${target}" is missing in ${missing} of ${table.nRows} rows`,
      next: null,
      settings: { target_missing: 'drop' },
    },
  ];
}

function missingRows(table: Table, name: string): number {
  const column = table.column(name);
  let missing = 0;
  for (let row = 0; column && row < table.nRows; row++) if (isMissing(column, row)) missing++;
  return missing;
}

/** The keys as they are, and what is to be set besides. */
function merged(reading: Reading, { missing, columns, ...others }: Settings): Reading {
  return {
    ...reading,
    ...others,
    ...(missing && { missing: [...new Set([...(reading.missing ?? []), ...missing])] }),
    ...(columns && { columns: { ...columns, ...reading.columns } }),
  };
}

/** How most of the text that looks like numbers is written. */
function numberFormat(table: Table): readonly CheckFinding[] {
  const found = table.columns.flatMap((column) => {
    const format = column.kind === 'categorical' ? writtenNumbers(column) : undefined;
    return format ? [{ name: column.name, format }] : [];
  });
  const all: NumberFormat = Object.assign({}, ...found.map(({ format }) => format));
  const fits = found.every(({ format }) =>
    Object.entries(format).every(([key, mark]) => all[key as keyof NumberFormat] === mark),
  );
  if (found.length === 0 || !fits || all.thousands === (all.decimal ?? '.') || !keepsNumbers(all, table)) return [];
  const columns = found.map(({ name }) => name);
  const marks = Object.entries(all).map(
    ([key, mark]) => `"${mark}" as the ${key === 'decimal' ? 'decimal point' : 'thousands separator'}`,
  );
  return [
    {
      check: 'number_format',
      columns,
      message: `${listNames(columns)} ${columns.length === 1 ? 'has' : 'have'} numbers with ${marks.join(' and ')}`,
      next: null,
      settings: all,
    },
  ];
}
