import { z } from 'zod';
import { projectSchema } from '../../core/config/schema.ts';
import { metrics } from '../../core/metrics/index.ts';
import { models } from '../../core/models/index.ts';
import { trainers } from '../../core/trainers/index.ts';
import { jsonSchemaOf } from './schema-rows.ts';

/**
 * docs/mlops.schema.json: the JSON Schema of `mlops.yml`, for completion and checks in editors. What occurs many times, gates,
 * the parameters of models and what a search does with one, is written once under `$defs`.
 */
export function renderJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(projectSchema, { io: 'input', unrepresentable: 'any' });
  const shared = sharedParts(schema);
  const nameOf = new Map([...shared].map(([name, part]) => [JSON.stringify(part), name]));
  const document = { $schema, title: 'mlops.yml', ...refer(schema, nameOf), $defs: Object.fromEntries(shared) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const SPACES = ['properties', 'tuning', 'properties', 'spaces', 'properties'];

function sharedParts(schema: object): ReadonlyMap<string, object> {
  const gates = find(schema, 'properties', 'datasets', 'additionalProperties', 'properties', 'gates', 'properties');
  return new Map([
    ['gate', find(gates, metrics.ids[0])],
    ['search_parameter', find(schema, ...SPACES, models.ids[0], 'properties', 'n_estimators')],
    ...trainers.all.map(({ id, params }): [string, object] => {
      const { $schema, ...own } = jsonSchemaOf(params) as { $schema?: string };
      return [id, own];
    }),
  ]);
}

function find(schema: object, ...path: readonly string[]): object {
  return path.reduce<object>((part, key) => (part as Readonly<Record<string, object>>)[key]!, schema);
}

/** The same schema, with a reference in place of each part that has a name. */
function refer(part: object, nameOf: ReadonlyMap<string, string>): object {
  const children = Object.entries(part).map(([key, child]: [string, unknown]) => {
    if (typeof child !== 'object' || child === null) return [key, child] as const;
    const name = nameOf.get(JSON.stringify(child));
    return [key, name === undefined ? refer(child, nameOf) : { $ref: `#/$defs/${name}` }] as const;
  });
  return Array.isArray(part) ? children.map(([, child]) => child) : Object.fromEntries(children);
}
