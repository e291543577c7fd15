import type { z } from 'zod';
import type { ConfigProblem } from '../errors/config-problem.ts';
import { suggest } from '../registry/suggest.ts';
import { allowedValues, namedValues } from './allowed-values.ts';
import { keysOf, schemasAt } from './schema-at.ts';

/**
 * An issue of the schema library as problems in our own words; one per unknown key. The library's messages are for programmers:
 * they are never shown.
 *
 * @param raw the value that was checked.
 * @param schema what it was checked by.
 */
export function describeIssue(issue: z.core.$ZodIssue, raw: unknown, schema: z.ZodType): ConfigProblem[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], schemasAt(schema, path).flatMap(keysOf)));
    case 'invalid_type':
      return [wrongType(issue, raw, schema)];
    case 'too_small':
    case 'too_big':
      return [wrongSize(issue, raw, schema)];
    case 'invalid_union':
      return describeUnion(issue, raw, schema);
    case 'invalid_element':
      return issue.issues.flatMap((inner) => describeIssue(below(path, inner), raw, schema));
    case 'invalid_key':
      return [
        {
          path,
          message: 'is not a valid name',
          found: show(path.at(-1)),
          allowed: issue.issues[0]?.message ?? 'text',
          next: 'choose another name',
        },
      ];
    case 'custom':
      // Without our message the library sets its own.
      if (issue.message === 'Invalid input') return [notValid(path, raw, schema)];
      return [{ path, message: issue.message, ...nextOf(issue.params) }];
    case 'invalid_value':
    case 'invalid_format':
    case 'not_multiple_of':
      return [notValid(path, raw, schema)];
  }
}

function unknownKey(path: readonly PropertyKey[], known: readonly string[]): ConfigProblem {
  const key = String(path.at(-1));
  const near = suggest(key, known);
  return {
    path,
    message: `unknown key "${key}"`,
    ...(known.length > 0 && { allowed: known.join(', ') }),
    next: near ? `did you mean "${near}"?` : 'remove it',
  };
}

function wrongType(issue: z.core.$ZodIssueInvalidType, raw: unknown, schema: z.ZodType): ConfigProblem {
  const { path } = issue;
  const value = valueAt(raw, path);
  const allowed = allowedAt(schema, path);
  const name = path.at(-1);
  if (value === undefined)
    return { path, message: 'is missing', ...allowed, next: name === undefined ? 'add it' : `add \`${String(name)}\`` };
  if (value === null) return { path, message: 'has no value', ...allowed, next: 'give it a value, or remove the key' };
  if (typeof value === 'number' && String(issue.expected) === 'int')
    return { path, message: 'is not a whole number', found: show(value), ...allowed };
  if (typeof value === 'number' && !Number.isFinite(value)) return notValid(path, raw, schema);
  return { path, message: 'has the wrong type', found: show(value), ...allowed };
}

function wrongSize(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  raw: unknown,
  schema: z.ZodType,
): ConfigProblem {
  const { path, origin } = issue;
  const found = show(valueAt(raw, path));
  const isSmall = issue.code === 'too_small';
  if (origin !== 'string' && origin !== 'array')
    return { path, message: isSmall ? 'is too small' : 'is too large', found, ...allowedAt(schema, path) };
  const bound = isSmall ? issue.minimum : issue.maximum;
  const unit = `${origin === 'string' ? 'character' : 'item'}${Number(bound) === 1 ? '' : 's'}`;
  const allowed = `${isSmall ? 'at least' : 'at most'} ${bound} ${unit}`;
  const length = (valueAt(raw, path) as { length: number } | undefined)?.length ?? 0;
  const few = length === 0 ? 'is empty' : 'is too short';
  return { path, message: isSmall ? few : 'is too long', found, allowed };
}

/** When one branch fits the value but for something in it, the user meant that one. */
function describeUnion(issue: z.core.$ZodIssueInvalidUnion, raw: unknown, schema: z.ZodType): ConfigProblem[] {
  const { path } = issue;
  const isDeeper = (inner: z.core.$ZodIssue) => inner.path.length > 0 || inner.code === 'unrecognized_keys';
  const isOfType = ({ path: rest, code }: z.core.$ZodIssue) =>
    rest.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value');
  const meant =
    issue.errors.find((errors) => errors.every(isDeeper)) ?? issue.errors.find((errors) => errors.every(isOfType));
  if (meant) return meant.flatMap((inner) => describeIssue(below(path, inner), raw, schema));
  const value = valueAt(raw, path);
  if (value === undefined || value === null)
    return [wrongType({ code: 'invalid_type', expected: 'unknown', path, message: '' }, raw, schema)];
  return [notValid(path, raw, schema)];
}

function notValid(path: readonly PropertyKey[], raw: unknown, schema: z.ZodType): ConfigProblem {
  const value = valueAt(raw, path);
  const near = suggest(String(value), namedValues(schemasAt(schema, path)));
  return {
    path,
    message: 'is not a valid value',
    found: show(value),
    ...allowedAt(schema, path),
    ...(near && { next: `did you mean "${near}"?` }),
  };
}

function below(path: readonly PropertyKey[], inner: z.core.$ZodIssue): z.core.$ZodIssue {
  return { ...inner, path: [...path, ...inner.path] };
}

function allowedAt(schema: z.ZodType, path: readonly PropertyKey[]): { allowed?: string } {
  const allowed = allowedValues(schemasAt(schema, path));
  return allowed === '' ? {} : { allowed };
}

function nextOf(params: Readonly<Record<string, unknown>> | undefined): { next?: string } {
  return typeof params?.next === 'string' ? { next: params.next } : {};
}

/** A value as people wrote it, shortened. */
function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    raw,
  );
}
