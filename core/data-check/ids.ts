import type { Columns } from '../config/columns-key.ts';
import type { Table } from '../table/table.ts';
import { type CheckedTable, defineDataCheck, type Finding } from './data-check.ts';

/** Names that people give to ids: `id`, `PassengerId`, `customer_no`, `RowNumber`, `index`. */
const ID_NAME = [
  /^(.*[^a-z])?(id|no|nr|number|index|idx|key|uuid|guid)$/i,
  /[a-z](Id|ID|No|Nr|Number|Index|Key)$/,
  /^(row|customer|order|account|record|serial|user|patient|passenger|case|sample)(id|no|number|index)$/i,
];
const MIN_ROWS = 10;

/** A column of whole numbers that identifies the rows. */
interface NumericId {
  readonly name: string;
  /** Its name says that it is an id. */
  readonly isNamed: boolean;
  /** It counts the rows of the file. */
  readonly isCounter: boolean;
}

export const ids = defineDataCheck({
  id: 'ids',
  summary: 'whole numbers that identify the row',
  find(checked) {
    const numeric = checked.roles.flatMap(({ name, kind }) =>
      kind === 'numeric' ? (numericId(checked.table, name) ?? []) : [],
    );
    const hasId = checked.roles.some(({ name, kind }) => kind === 'id' && looksLikeId(name));
    const rank = ({ isNamed, isCounter }: NumericId) => (isCounter ? 2 : 0) + (isNamed ? 0 : 1);
    const [first, ...others] = numeric.sort((a, b) => rank(a) - rank(b));
    if (!first) return [];
    if (hasId) return numeric.map((each) => ignored(each));
    return [id(first, checked), ...others.map(ignored)];
  },
});

function id({ name }: NumericId, { roles }: CheckedTable): Finding {
  const texts = roles.filter(({ kind }) => kind === 'id').map((role) => role.name);
  const columns: Columns = { [name]: 'id', ...Object.fromEntries(texts.map((text) => [text, 'ignore' as const])) };
  const besides =
    texts.length === 0
      ? ''
      : `; ${texts.map((text) => `"${text}"`).join(', ')} with a different text in each row is no feature either`;
  return {
    columns: [name, ...texts],
    message: `column "${name}" has a different whole number in each row: the row id, not a feature${besides}`,
    next: null,
    settings: { columns },
  };
}

function ignored({ name, isCounter }: NumericId): Finding {
  return {
    columns: [name],
    message: `column "${name}" ${isCounter ? 'counts the rows' : 'has a different whole number in each row'}: not a feature`,
    next: null,
    settings: { columns: { [name]: 'ignore' } },
  };
}

function looksLikeId(name: string): boolean {
  return ID_NAME.some((pattern) => pattern.test(name));
}

/** Distinct whole numbers in all rows that are named like an id or have no gap between them. */
function numericId(table: Table, name: string): NumericId | undefined {
  const column = table.column(name);
  if (column?.kind !== 'numeric' || table.nRows < MIN_ROWS) return undefined;
  const { values } = column;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isCounter = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isInteger(value)) return undefined;
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (value !== values[0]! + row) isCounter = false;
  }
  const isNamed = looksLikeId(name);
  if (!isNamed && high - low !== values.length - 1) return undefined;
  return isCounter || new Set(values).size === values.length ? { name, isNamed, isCounter } : undefined;
}
