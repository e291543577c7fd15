import type { Filter, Value } from './filter.ts';

/** A filter as text that `parseFilter` reads back as the same filter. */
export function formatFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'test': {
      const { field, operator, value } = filter;
      const name = field.group === 'run' ? field.name : `${field.group}.${nameText(field.name)}`;
      return `${name} ${operator} ${valueText(value)}`;
    }
    case 'not':
      return `not ${operand(filter.of)}`;
    default:
      return filter.of.map(operand).join(` ${filter.kind} `);
  }
}

function operand(filter: Filter): string {
  return filter.kind === 'and' || filter.kind === 'or' ? `(${formatFilter(filter)})` : formatFilter(filter);
}

function nameText(name: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(name) && !name.endsWith('.') ? name : quoted(name);
}

function valueText(value: Value): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
