import type { z } from 'zod';
import type { ConfigProblem } from '../errors/config-problem.ts';
import { suggest } from '../registry/suggest.ts';

/** A zod issue as problems in our five parts; one per unknown key. */
export function describeIssue(issue: z.core.$ZodIssue, raw: unknown, schema: z.ZodType): ConfigProblem[] {
  const { path } = issue;
  const found = show(valueAt(raw, path));
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => {
        const near = suggest(key, known);
        return {
          path: [...path, key],
          message: `unknown key "${key}"`,
          ...(known.length > 0 && { allowed: known.join(', ') }),
          next: near ? `did you mean "${near}"?` : 'remove it',
        };
      });
    }
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const near = suggest(String(valueAt(raw, path)), allowed);
      return [
        {
          path,
          message: 'is none of the values there are',
          found,
          allowed: allowed.join(', '),
          ...(near && { next: `did you mean "${near}"?` }),
        },
      ];
    }
    case 'invalid_type':
      return valueAt(raw, path) === undefined
        ? [
            {
              path,
              message: 'is missing',
              allowed: article(issue.expected),
              next: `add ${String(path.at(-1) ?? 'it')}`,
            },
          ]
        : [{ path, message: 'is of the wrong type', found, allowed: article(issue.expected) }];
    case 'too_small':
      return [
        {
          path,
          message: 'is too small',
          found,
          allowed: `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`,
        },
      ];
    case 'too_big':
      return [
        {
          path,
          message: 'is too large',
          found,
          allowed: `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`,
        },
      ];
    case 'invalid_union':
      return (
        nearestBranch(issue, raw, schema) ?? [
          {
            path,
            message: 'has none of the shapes allowed',
            found,
            allowed: issue.errors.flatMap((errors) => errors.map(({ message }) => message)).join('; '),
          },
        ]
      );
    case 'invalid_key':
      return [
        { path, message: 'is not a good name', found: show(path.at(-1)), allowed: issue.issues[0]?.message ?? '' },
      ];
    default:
      return [{ path, message: issue.message, found }];
  }
}

/** When one branch of a union fails only deeper than its top, the user meant that one. */
function nearestBranch(
  issue: z.core.$ZodIssueInvalidUnion,
  raw: unknown,
  schema: z.ZodType,
): ConfigProblem[] | undefined {
  const meant = issue.errors.find((errors) =>
    errors.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  );
  return meant?.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, raw, schema));
}

function article(type: string): string {
  const words: Record<string, string> = {
    object: 'a map',
    record: 'a map',
    array: 'a list',
    int: 'a whole number',
    string: 'text',
    boolean: 'true or false',
  };
  return words[type] ?? `a ${type}`;
}

/** A value as people wrote it, shortened. */
function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    raw,
  );
}

/** The keys that the schema allows at a path; empty when the schema there is not an object. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let nodes = [schema];
  for (const step of path) nodes = nodes.flatMap(unwrap).flatMap((node) => childOf(node, step));
  return nodes.flatMap(unwrap).flatMap((node) => Object.keys(shapeOf(node) ?? {}));
}

type Definition = {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: z.ZodType[];
  valueType?: z.ZodType;
  element?: z.ZodType;
};

function definition(node: z.ZodType): Definition {
  return node.def as unknown as Definition;
}

function unwrap(node: z.ZodType): z.ZodType[] {
  const { innerType, in: input, options } = definition(node);
  if (innerType) return unwrap(innerType);
  if (input) return unwrap(input);
  return options ? options.flatMap(unwrap) : [node];
}

function shapeOf(node: z.ZodType): Record<string, z.ZodType> | undefined {
  return definition(node).type === 'object' ? (node as z.ZodObject).shape : undefined;
}

function childOf(node: z.ZodType, step: PropertyKey): z.ZodType[] {
  const child = shapeOf(node)?.[String(step)] ?? definition(node).valueType ?? definition(node).element;
  return child ? [child] : [];
}
