import { DataError } from '../errors/app-error.ts';
import { checkDeclared } from './declared-kinds.ts';
import type { Table } from './table.ts';
import { type DeclaredColumns, type Value, type ValueSource, valueTable } from './value-column.ts';

/**
 * A table of objects, columns in order of first appearance. An absent key and null are a missing value.
 *
 * @throws DataError as `valueTable`, and for a declared column that no object has.
 */
export function objectsTable(
  rows: readonly Readonly<Record<string, Value>>[],
  source: ValueSource,
  declared: DeclaredColumns,
): Table {
  const columns = new Map<string, Value[]>();
  for (const [row, object] of rows.entries()) {
    for (const [name, value] of Object.entries(object)) {
      const values = columns.get(name) ?? [];
      columns.set(name, values);
      values[row] = value;
    }
  }
  checkDeclared(Object.keys(declared.kinds ?? {}), [...columns.keys()], source.file);
  for (const values of columns.values()) values.length = rows.length;
  return valueTable(source, [...columns], declared);
}

/** @throws DataError for anything but an object of plain values. */
export function plainObject(
  value: unknown,
  { file, place }: { readonly file: string; readonly place: string },
): Record<string, Value> {
  const shown = (each = value) => JSON.stringify(each, digits).slice(0, 60);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = place.startsWith('line') ? 'the line' : 'the row';
    throw new DataError({
      file,
      place,
      message: `${what} is not a JSON object`,
      found: shown(),
      allowed: '{"column": value, …}',
    });
  }
  if (Object.hasOwn(value, ''))
    throw new DataError({ file, place, message: 'a key is empty', found: shown(), next: 'name the key, or remove it' });
  const nested = Object.entries(value).find(([, each]) => typeof each === 'object' && each !== null);
  if (nested) {
    throw new DataError({
      file,
      place,
      message: `"${nested[0]}" is a list or an object`,
      found: shown(nested[1]),
      allowed: 'numbers, text, true, false and null',
      next: 'flatten it into separate columns, or remove it',
    });
  }
  return value as Record<string, Value>;
}

function digits(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
