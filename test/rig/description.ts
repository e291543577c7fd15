import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** GitHub's own description of the operations in use, which every request and every answer is held against. */

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: object;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

interface DescribedOperation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content | { readonly $ref: string }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
}

/** A request that is in the description, its parameters as typed as the description says. */
export interface DescribedRequest {
  /** `GET /repos/{owner}/{repo}`. */
  readonly operation: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: unknown;
}

export interface Description {
  readonly operations: readonly string[];
  /** The request as described, or what about it is not. */
  readRequest(method: string, url: URL, body: unknown): DescribedRequest | { readonly fault: string };
  /** What is wrong with a JSON answer; undefined when nothing is, or nothing is said about this status. */
  responseFault(operation: string, status: number, body: unknown): string | undefined;
}

/** Compiled when it is first asked for: all of them take longer than most tests. */
type Check = () => ValidateFunction;

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly validatePath: Check;
  readonly validateQuery: Check;
  readonly validateBody: Check | undefined;
  readonly responses: ReadonlyMap<number, Check>;
}

/** Parameters that may hold slashes, which clients write as they are or as `%2F`. */
const MULTI_SEGMENT = new Set(['basehead', 'ref', 'branch']);

export function readDescription(): Description {
  const document: Document = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8'), nullableForAjv);
  const ajv = new Ajv({ strict: false, allErrors: true });
  const coercing = new Ajv({ strict: false, allErrors: true, coerceTypes: true });
  for (const one of [ajv, coercing]) {
    addFormats.default(one);
    one.addSchema(document, 'github');
  }
  const check = (of: Ajv, schema: object): Check => {
    let compiled: ValidateFunction | undefined;
    return () => {
      compiled ??= of.compile(schema);
      return compiled;
    };
  };
  const absolute = (schema: object): object =>
    JSON.parse(JSON.stringify(schema), (key, value) => (key === '$ref' ? `github${value}` : value));
  const resolve = <T>(value: T | { readonly $ref: string }): T => {
    if (typeof value !== 'object' || value === null || !('$ref' in value)) return value as T;
    let found: unknown = document;
    for (const key of value.$ref.split('/').slice(1)) found = (found as Record<string, unknown>)[key];
    return found as T;
  };

  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]): Operation => {
      const parameters = (described.parameters ?? []).map((one) => resolve<Parameter>(one));
      const validate = (place: Parameter['in']) => {
        const of = parameters.filter((one) => one.in === place);
        return check(coercing, {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(of.map((one) => [one.name, absolute(one.schema)])),
          required: of.filter((one) => one.required).map((one) => one.name),
        });
      };
      const bodySchema = described.requestBody?.content?.['application/json']?.schema;
      const responses = new Map<number, Check>();
      for (const [status, response] of Object.entries(described.responses)) {
        const schema = resolve<Content>(response).content?.['application/json']?.schema;
        if (schema) responses.set(Number(status), check(ajv, absolute(schema)));
      }
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        pattern: patternOf(path),
        validatePath: validate('path'),
        validateQuery: validate('query'),
        validateBody: bodySchema && check(ajv, absolute(bodySchema)),
        responses,
      };
    }),
  );
  // What follows a parameter with slashes must be looked for before the parameter alone.
  operations.sort((a, b) => b.name.split('/').length - a.name.split('/').length);
  const byName = new Map(operations.map((one) => [one.name, one]));

  return {
    operations: [...byName.keys()],
    readRequest(method, url, body) {
      for (const operation of operations) {
        const match = operation.method === method ? operation.pattern.exec(url.pathname) : null;
        if (!match) continue;
        const path = Object.fromEntries(
          Object.entries(match.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v ?? '')]),
        );
        const query = Object.fromEntries(url.searchParams);
        const fault =
          faultOf(operation.validatePath, { ...path }, 'path') ??
          faultOf(operation.validateQuery, query, 'query') ??
          bodyFault(operation, body);
        if (fault !== undefined) return { fault: `${operation.name}: ${fault}` };
        return { operation: operation.name, path, query, body };
      }
      return { fault: `${method} ${url.pathname}` };
    },
    responseFault(operation, status, body) {
      const validate = byName.get(operation)?.responses.get(status);
      return validate && faultOf(validate, body, 'response');
    },
  };
}

function patternOf(path: string): RegExp {
  const parameters = path
    // The root of the contents has no path, and clients then leave the slash out.
    .replace(/\/\{path\}/, '(?:/(?<path>.*))?')
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${MULTI_SEGMENT.has(name) ? '.+' : '[^/]+'})`);
  return new RegExp(`^${parameters}$`);
}

/** ajv reads OpenAPI's `nullable`, but only beside a `type`, and of an `enum` only where that lists null. */
function nullableForAjv(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value)) return value;
  if ('type' in value) return 'enum' in value ? { ...value, enum: [...(value.enum as unknown[]), null] } : value;
  const { nullable: _, ...rest } = value;
  return { anyOf: [rest, { type: 'null' }] };
}

function bodyFault(operation: Operation, body: unknown): string | undefined {
  if (operation.validateBody) return faultOf(operation.validateBody, body ?? {}, 'body');
  return body === undefined ? undefined : 'body: none is expected';
}

function faultOf(check: Check, value: unknown, what: string): string | undefined {
  const validate = check();
  if (validate(value)) return undefined;
  return (validate.errors ?? [])
    .slice(0, 3)
    .map(({ instancePath, message, params }) => {
      const extra = 'additionalProperty' in params ? ` (${params.additionalProperty})` : '';
      return `${what}${instancePath.replaceAll('/', '.')} ${message}${extra}`;
    })
    .join(', ');
}
