import { z } from 'zod';
import { OUTPUTS } from '../action/action-yml.ts';
import { inputsSchema } from '../action/inputs.ts';
import { offered } from '../cli/program.ts';
import { tools } from '../cli/tools/index.ts';
import { projectSchema } from '../core/config/schema.ts';
import { generators } from '../core/datasets/index.ts';
import { injectors } from '../core/datasets/injectors/index.ts';
import { metrics } from '../core/metrics/index.ts';
import type { Metric } from '../core/metrics/metric.ts';
import { table } from '../core/report/tables.ts';
import { trainers } from '../core/trainers/index.ts';

/** docs/mlops.schema.json: the JSON Schema of `mlops.yml`, for completion and checks in editors. */
export function renderJsonSchema(): string {
  const schema = z.toJSONSchema(projectSchema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ ...schema, title: 'mlops.yml' }, null, 2)}\n`;
}

/** docs/reference.md: every key, option, input, model, metric and data set, from their schemas and registries. */
export function renderReference(): string {
  const json = z.toJSONSchema(projectSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return [
    '# Reference',
    '',
    'Generated from the schemas and registries; `npm test -- -u` refreshes it.',
    ...section('`mlops.yml`', ['Key', 'Value', 'Default', 'Meaning'], projectKeys(json)),
    ...trainers.all.flatMap(({ id, summary, params }) =>
      section(
        `Model \`${id}\`: ${summary}`,
        ['Parameter', 'Value', 'Default', 'Meaning'],
        keysOf(z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as JsonSchema, ''),
      ),
    ),
    ...section(
      'Metrics',
      ['Metric', 'Meaning', 'Better', 'Range', 'Targets', 'Needs', 'Interval and noise', 'By default'],
      metrics.all.map((metric) => [
        `\`${metric.id}\``,
        metric.summary,
        metric.direction === 'maximize' ? 'higher' : 'lower',
        rangeText(metric.range),
        metric.targetTypes.join(', '),
        metric.needs,
        NOISE[metric.uncertainty],
        metric.byDefault ? 'yes' : '',
      ]),
    ),
    ...section(
      'Synthetic data sets',
      ['Generator', 'Rows', 'Target', 'What it is'],
      generators.all.map(({ id, defaultRows, target, summary }) => [
        `\`${id}\``,
        String(defaultRows),
        `\`${target}\``,
        summary,
      ]),
    ),
    ...injectors.all.flatMap(({ id, summary, params }) =>
      section(
        `Drift \`${id}\`: ${summary}`,
        ['Parameter', 'Value', 'Default', 'Meaning'],
        keysOf(z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as JsonSchema, ''),
      ),
    ),
    ...section(
      'Commands',
      ['Command', 'What it does'],
      offered.map(({ id, summary }) => [`\`mlops ${id}\``, summary]),
    ),
    ...tools.all.flatMap(({ id, options }) =>
      section(
        `\`mlops ${id}\``,
        ['Option', 'Value', 'Default', 'Meaning'],
        keysOf(z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as JsonSchema, ''),
      ),
    ),
    ...section(
      'Inputs of the Action',
      ['Input', 'Default', 'Meaning'],
      Object.entries(inputsSchema.shape).map(([name, schema]) => [
        `\`${name}\``,
        name === 'token' ? 'the job’s token' : shown(schema.safeParse(undefined).data),
        schema.description ?? '',
      ]),
    ),
    ...section(
      'Outputs of the Action',
      ['Output', 'Meaning'],
      Object.entries(OUTPUTS).map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
    '',
  ].join('\n');
}

/** Where a metric's interval and the standard error of its differences come from. */
const NOISE: Record<Metric['uncertainty'], string> = {
  influence: 'influence of every row',
  bootstrap: 'bootstrap, paired',
  none: 'none: no `max_drop`',
};

function rangeText([low, high]: Metric['range']): string {
  return `${Number.isFinite(low) ? String(low).replace('-', '−') : '−∞'} to ${Number.isFinite(high) ? high : '∞'}`;
}

/** Keys of the project file; gates once for all metrics, parameters of models in tables of their own. */
function projectKeys(json: JsonSchema): string[][] {
  const anyMetric = new RegExp(`\\.gates\\.(${metrics.ids.join('|')})\\.`);
  const rows = keysOf(json, '').filter(([key]) => !/(^`|\.)models\./.test(key!));
  const merged = rows.map(([key, ...rest]) => [key!.replace(anyMetric, '.gates.<metric>.'), ...rest]);
  return merged.filter(([key], i) => merged.findIndex(([other]) => other === key) === i);
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

function section(title: string, header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['', `## ${title}`, '', 'No parameters.'];
  return [
    '',
    `## ${title}`,
    '',
    table(
      [header, ...rows],
      header.map(() => 'l'),
    ),
  ];
}

/** One row per key that holds a value; maps of the user's own names are `<name>`. */
function keysOf(schema: JsonSchema, prefix: string): string[][] {
  const maps = [schema, ...(schema.anyOf ?? [])];
  const children = maps.flatMap((each) => Object.entries(each.properties ?? {}));
  const open = maps.map(({ additionalProperties }) => additionalProperties).find((each) => typeof each === 'object');
  if (children.length === 0 && typeof open !== 'object') {
    return [[`\`${prefix}\``, kind(schema), shown(schema.default), schema.description ?? '']];
  }
  const own = children.flatMap(([name, child]) => keysOf(child, prefix === '' ? name : `${prefix}.${name}`));
  const lists = schema.anyOf?.some(({ type }) => type === 'array')
    ? [[`\`${prefix}\``, kind(schema), '', schema.description ?? '']]
    : [];
  return [...lists, ...own, ...(typeof open === 'object' && !schema.anyOf ? keysOf(open, `${prefix}.<name>`) : [])];
}

function kind({
  type,
  enum: values,
  const: only,
  anyOf,
  items,
  minimum,
  maximum,
  exclusiveMinimum,
}: JsonSchema): string {
  if (only !== undefined) return `\`${String(only)}\``;
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (anyOf) return anyOf.map(kind).join(' or ');
  if (type === 'array') return `list of ${items ? kind(items) : 'values'}`;
  if (type === 'object') return 'map';
  if (typeof type === 'object') return type.map((one) => kind({ type: one })).join(' or ');
  const names: Record<string, string> = {
    integer: 'whole number',
    string: 'text',
    boolean: 'true or false',
    null: '`null`',
  };
  const safe = Number.MAX_SAFE_INTEGER;
  const range = [
    minimum !== undefined && minimum > -safe ? `≥ ${minimum}` : '',
    exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : '',
    maximum !== undefined && maximum < safe ? `≤ ${maximum}` : '',
  ].filter((part) => part !== '');
  return [names[type ?? ''] ?? type ?? 'any', ...range].join(' ');
}

function shown(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
    ? ''
    : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
