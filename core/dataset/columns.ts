import { DataError } from '../errors/app-error.ts';
import { listNames, shorten } from '../errors/list-names.ts';
import { suggest } from '../registry/suggest.ts';
import { isUnnamed } from '../table/column-names.ts';
import { type Column, isMissing, type Table } from '../table/table.ts';
import { isNearUniqueText } from './near-unique-text.ts';
import { numbersAlone } from './signed-numbers.ts';
import { keepsNumbers, writtenNumbers } from './written-numbers.ts';

/** What a column is for. */
export type ColumnRole = 'numeric' | 'categorical' | 'date' | 'id' | 'ignore' | 'group' | 'time' | 'target';

export interface ColumnRoles {
  readonly roles: readonly { readonly name: string; readonly kind: ColumnRole }[];
  /** Columns the models learn from, in the order of the file. */
  readonly features: readonly string[];
  /** Columns whose hash is the row key: the id if there is one, else the features and the columns of the split. */
  readonly keyColumns: readonly string[];
  /** Guesses that the user should know about. */
  readonly notes: readonly string[];
}

/**
 * Decides what each column is for: as declared in `mlops.yml`, otherwise guessed from its values. Text that differs in
 * every row is an id: it identifies the row and is not a feature. A column without any value is ignored.
 *
 * @throws DataError when a declared column is not in the table, or when the table has no feature.
 */
export function columnRoles(table: Table, options: RoleOptions): ColumnRoles {
  const { roles, notes } = guessedRoles(table, options);
  const named = (...kinds: ColumnRole[]) => roles.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const features = featuresOf(roles);
  if (features.length === 0) {
    throw new DataError({
      file: options.file,
      message: NOTHING_TO_LEARN_FROM,
      found: shorten(roles.map(({ name, kind }) => `"${name}" (${kind})`)),
      next:
        asNumbers(table, named('id', 'ignore')) ??
        'add features to the table, or declare one of these as a feature under `columns` in mlops.yml',
    });
  }
  refuseTextAlone(table, features, options);
  const ids = named('id');
  return { roles, features, keyColumns: ids.length > 0 ? ids : [...features, ...named('group', 'time')], notes };
}

/** The columns that models learn from. */
export function featuresOf(roles: ColumnRoles['roles']): string[] {
  return roles.flatMap(({ name, kind }) => (['numeric', 'categorical', 'date'].includes(kind) ? [name] : []));
}

const NOTHING_TO_LEARN_FROM = 'the table has no column that a model can learn from';

/** Text that differs in most rows is no feature by itself, unless the user declares it. */
function refuseTextAlone(table: Table, features: readonly string[], { file, declared }: RoleOptions): void {
  const isText = (name: string) => isNearUniqueText(table.column(name)!) && !Object.hasOwn(declared, name);
  if (!features.every(isText)) return;
  throw new DataError({
    file,
    message: NOTHING_TO_LEARN_FROM,
    found: `${listNames(features)}: text that differs in most of the ${table.nRows} rows`,
    next:
      asNumbers(table, features) ??
      'make features of the text (its length, whether a word occurs, embeddings), or declare it categorical under `columns` to train all the same',
  });
}

/** How to write one of these columns as numbers; null where none looks like numbers. */
function asNumbers(table: Table, names: readonly string[]): string | null {
  const found = names.flatMap((name) => {
    const code = numbersAlone(table.column(name)!);
    return code === null
      ? []
      : [`"${name}" looks like numbers with a sign or unit: write them alone, in pandas: ${code}`];
  });
  return found[0] ?? null;
}

/** What decides the roles of columns. */
export interface RoleOptions {
  readonly file: string;
  /** Null: none is named. */
  readonly target: string | null;
  readonly declared: Readonly<Record<string, Exclude<ColumnRole, 'target' | 'group' | 'time'>>>;
  readonly split?: { readonly group: string | null; readonly time: string | null };
}

/**
 * The roles alone, also of a table that has no feature.
 *
 * @throws DataError when a declared column is not in the table.
 */
export function guessedRoles(table: Table, options: RoleOptions): Pick<ColumnRoles, 'roles' | 'notes'> {
  const { file, target, declared, split = { group: null, time: null } } = options;
  const names = table.columns.map((column) => column.name);
  const unknown = Object.keys(declared).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new DataError(
      unknown.map((name) => {
        const near = suggest(name, names);
        return {
          file,
          place: 'line 1',
          message: `\`columns\` declares "${name}", but the table has no such column`,
          found: listNames(names),
          ...(near && { next: `did you mean "${near}"?` }),
        };
      }),
    );
  }
  for (const key of ['group', 'time'] as const) {
    const name = split[key];
    if (name !== null && !names.includes(name)) throw unknownSplitColumn(file, key, name, names);
  }
  const notes: string[] = [];
  const hasId = Object.values(declared).includes('id');
  const isAlmostNumeric = (name: string) =>
    table.notes.some((each) => each.note === 'almost_numeric' && each.column === name);
  const roles = table.columns.map((column) => {
    const { name } = column;
    if (name === target) {
      if (column.kind === 'numeric' && column.isDate)
        notes.push(`the target "${name}" is a date: models predict it as days since 1970-01-01`);
      return { name, kind: 'target' as const };
    }
    const said = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (said) return { name, kind: said };
    if (name === split.group) return { name, kind: 'group' as const };
    if (name === split.time) return { name, kind: 'time' as const };
    const format = column.kind === 'categorical' ? writtenNumbers(column) : undefined;
    if (format) {
      const keys = Object.entries(format).map(([key, mark]) => `${key}: "${mark}"`);
      const next = keepsNumbers(format, table)
        ? `set ${keys.join(' and ')} for this dataset`
        : 'other columns have a decimal point; write the numbers of all columns alike';
      notes.push(`column "${name}" looks like numbers but was read as text: ${next}`);
      return { name, kind: column.kind };
    }
    if (isUnnamed(name)) {
      notes.push(
        `column "${name}" has no name in the file, like the index of pandas: ignored; declare it under \`columns\` to use it`,
      );
      return { name, kind: 'ignore' as const };
    }
    if (isUniqueText(column) && !isAlmostNumeric(name)) {
      if (hasId) {
        notes.push(`column "${name}" has a different text in each row: ignored, since another column is the id`);
        return { name, kind: 'ignore' as const };
      }
      notes.push(`column "${name}" has a different text in each row: used as the row id, not as a feature`);
      return { name, kind: 'id' as const };
    }
    if (isEmpty(column, table.nRows)) {
      notes.push(`column "${name}" has no value in any row: ignored`);
      return { name, kind: 'ignore' as const };
    }
    return { name, kind: column.kind === 'numeric' && column.isDate ? ('date' as const) : column.kind };
  });
  return { roles, notes };
}

function unknownSplitColumn(file: string, key: string, name: string, names: readonly string[]): DataError {
  const near = suggest(name, names);
  return new DataError({
    file,
    place: 'line 1',
    message: `\`split.${key}\` names "${name}", but the table has no such column`,
    found: listNames(names),
    ...(near && { next: `did you mean "${near}"?` }),
  });
}

function isUniqueText(column: Column): boolean {
  return column.kind === 'categorical' && column.codes.length > 1 && column.categories.length === column.codes.length;
}

function isEmpty(column: Column, nRows: number): boolean {
  for (let row = 0; row < nRows; row++) if (!isMissing(column, row)) return false;
  return true;
}
