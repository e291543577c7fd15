import type { NumberFormat } from '../table/number-format.ts';
import type { CategoricalColumn, Table } from '../table/table.ts';

const SHAPES: readonly (readonly [RegExp, NumberFormat])[] = [
  [/^[+-]?\d{1,3}(\.\d{3})+,\d+$/, { decimal: ',', thousands: '.' }],
  [/^[+-]?\d{1,3}(,\d{3})+\.\d+$/, { thousands: ',' }],
  [/^[+-]?\d{1,3}(,\d{3}){2,}$/, { thousands: ',' }],
  [/^[+-]?\d{1,3}(\.\d{3}){2,}$/, { decimal: ',', thousands: '.' }],
  [/^[+-]?\d{1,3}('\d{3})+(\.\d+)?$/, { thousands: "'" }],
  [/^[+-]?\d{1,3}( \d{3})+(\.\d+)?$/, { thousands: ' ' }],
  [/^[+-]?\d{1,3}( \d{3})+,\d+$/, { decimal: ',', thousands: ' ' }],
  [/^[+-]?(\d*,\d{1,2}|\d*,\d{4,}|0,\d+|\d{4,},\d+)$/, { decimal: ',' }],
];
const NUMBER = /^[+-]?[\d., ']*\d$/;

/**
 * The number format that turns every value of a text column into a number. Undefined when a value fits no format, or when
 * the values are ambiguous (`1,234`).
 */
export function writtenNumbers({ categories }: CategoricalColumn): NumberFormat | undefined {
  if (categories.length === 0) return undefined;
  const texts = categories.map((text) => text.trim());
  if (!texts.every((text) => NUMBER.test(text))) return undefined;
  let decimal: NumberFormat['decimal'];
  let thousands: NumberFormat['thousands'];
  for (const text of texts) {
    const shape = SHAPES.find(([pattern]) => pattern.test(text))?.[1];
    if (!shape) continue;
    const own = shape.decimal ?? (shape.thousands === ',' ? '.' : undefined);
    if (decimal !== undefined && own !== undefined && own !== decimal) return undefined;
    if (thousands !== undefined && shape.thousands !== undefined && shape.thousands !== thousands) return undefined;
    decimal = own ?? decimal;
    thousands = shape.thousands ?? thousands;
  }
  if (thousands === undefined && decimal === undefined) return undefined;
  return { ...(decimal === ',' && { decimal }), ...(thousands !== undefined && { thousands }) };
}

/** Whether the numbers of a table stay numbers in this format: a point is no decimal point where the decimal mark is a comma. */
export function keepsNumbers({ decimal, thousands }: NumberFormat, { columns }: Table): boolean {
  if (decimal !== ',' && thousands !== '.') return true;
  return columns.every(
    (column) =>
      column.kind !== 'numeric' ||
      column.isDate ||
      column.values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
  );
}
