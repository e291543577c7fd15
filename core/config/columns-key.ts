import { z } from 'zod';
import { DATE_FORMAT_RULE, dateReader } from '../table/date-format.ts';

const role = z.enum(['numeric', 'categorical', 'date', 'id', 'ignore']);

/** Texts that mean "missing". */
export const missingSchema = z.array(z.string().max(100)).max(100);

const columnSchema = z.strictObject({
  role: role
    .optional()
    .describe(
      'What the column is for; default: detected. `zip: categorical` is short for `zip: { role: categorical }`.',
    ),
  missing: missingSchema
    .optional()
    .describe('Texts that mean that a value of this column is missing, instead of those of the dataset.'),
  format: z
    .string()
    .max(100)
    .refine((format) => dateReader(format) !== undefined, {
      error: 'is not a format of dates',
      params: { next: `write ${DATE_FORMAT_RULE}` },
    })
    .optional()
    .describe(
      'How the dates of this column are written, as in strptime (`%d/%m/%Y`), or `epoch_s`, `epoch_ms`, `epoch_us`, `epoch_ns`. A time may follow. Default: found out from all values.',
    ),
});

export const columnsSchema = z.record(z.string(), z.union([role, columnSchema]));

/** What `columns` says, as written: a role, or a role and how the column is read. */
export type Columns = z.infer<typeof columnsSchema>;
export type DeclaredRole = z.infer<typeof role>;

/** The declared roles by column. A format alone makes a column a date. */
export function declaredRoles(columns: Columns): Readonly<Record<string, DeclaredRole>> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]): [string, DeclaredRole][] => {
      const said = typeof column === 'string' ? column : (column.role ?? (column.format === undefined ? null : 'date'));
      return said === null ? [] : [[name, said]];
    }),
  );
}

/** What `columns` says of one matter, by column. */
function said<Key extends 'missing' | 'format'>(columns: Columns, key: Key) {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]) => {
      const value = typeof column === 'string' ? undefined : column[key];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** How columns are read where `columns` says so: empty where it names only roles. */
export function declaredReading(columns: Columns): {
  readonly missingIn: Readonly<Record<string, readonly string[]>>;
  readonly dateFormats: Readonly<Record<string, string>>;
} {
  return {
    missingIn: said(columns, 'missing') as Record<string, string[]>,
    dateFormats: said(columns, 'format') as Record<string, string>,
  };
}
