import { z } from 'zod';
import { metrics } from '../../core/metrics/index.ts';
import { trainers } from '../../core/trainers/index.ts';

/** The part of JSON Schema that the reference shows. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** One key, option or parameter: its path, what it may be, its default, and what it means. */
export interface Row {
  readonly path: string;
  readonly value: string;
  readonly fallback: string;
  readonly meaning: string;
}

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

/** One row per key that holds a value. The user's own names are `<name>`. */
export function rowsOf(schema: JsonSchema, path = ''): Row[] {
  const forms = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const children = forms.flatMap(({ properties }) => Object.entries(properties ?? {}));
  const open = forms.map(({ additionalProperties }) => additionalProperties).find((each) => typeof each === 'object');
  if (children.length === 0 && typeof open !== 'object') return path === '' ? [] : [rowOf(schema, path)];
  const own = children.flatMap(([name, child]) => rowsOf(child, path === '' ? name : `${path}.${name}`));
  const isList = schema.anyOf?.some(({ type }) => type === 'array') === true;
  const named = typeof open === 'object' && !schema.anyOf ? rowsOf(open, `${path}.<name>`) : [];
  const rows = [...(isList ? [rowOf(schema, path)] : []), ...own, ...named];
  // A map that may also be something else has no keys to show.
  return rows.length > 0 || path === '' ? rows : [rowOf(schema, path)];
}

function rowOf(schema: JsonSchema, path: string): Row {
  return { path, value: valueText(schema), fallback: shownValue(schema.default), meaning: schema.description ?? '' };
}

/** Long lists of ids have a section of their own. */
const LINKS = new Map([
  [metrics.ids.join(), '[metric](#metrics)'],
  [trainers.ids.join(), '[model](#models)'],
]);

function valueText(schema: JsonSchema): string {
  const { type, enum: values, const: only, anyOf, items } = schema;
  if (only !== undefined) return `\`${String(only)}\``;
  if (values) return LINKS.get(values.join()) ?? values.map((value) => code(String(value))).join(', ');
  if (anyOf) return anyOf.map(valueText).join(' or ');
  if (type === 'array') return `list of ${items ? plural(valueText(items)) : 'values'}`;
  if (type === 'object') return 'map';
  if (typeof type === 'object') return type.map((one) => valueText({ type: one })).join(' or ');
  return `${NAMES[type ?? ''] ?? type ?? 'any value'}${rangeText(schema)}`;
}

const NAMES: Readonly<Record<string, string>> = {
  integer: 'whole number',
  string: 'text',
  boolean: 'true or false',
  null: '`null`',
};

function plural(text: string): string {
  return text.startsWith('[') ? text.replace(']', 's]') : text;
}

function rangeText({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const safe = Number.MAX_SAFE_INTEGER;
  const bounds = [
    minimum !== undefined && minimum > -safe ? `≥ ${minimum}` : '',
    exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : '',
    maximum !== undefined && maximum < safe ? `≤ ${maximum}` : '',
    exclusiveMaximum !== undefined ? `< ${exclusiveMaximum}` : '',
  ].filter((bound) => bound !== '');
  return bounds.length === 0 ? '' : ` ${bounds.join(' and ')}`;
}

/** A value in code; empty where there is nothing to show. */
export function shownValue(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return '';
  return code(typeof value === 'string' ? value : JSON.stringify(value));
}

function code(text: string): string {
  const visible = text === '\t' ? '\\t' : text;
  return `\`${visible}\``;
}
