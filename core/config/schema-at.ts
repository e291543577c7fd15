import { z } from 'zod';

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
}

const NULL = z.null();

function definition(node: z.ZodType): Definition {
  return node.def as unknown as Definition;
}

/** The schemas that a value at a path must satisfy one of, without what wraps them (defaults, unions). */
export function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  let nodes = unwrap(schema);
  for (const step of path) nodes = nodes.flatMap((node) => childOf(node, step)).flatMap(unwrap);
  return nodes;
}

/** The keys that a schema allows; none when it is not of an object. */
export function keysOf(node: z.ZodType): string[] {
  return Object.keys(shapeOf(node) ?? {});
}

function unwrap(node: z.ZodType): z.ZodType[] {
  const { type, innerType, in: input, options } = definition(node);
  if (innerType) return [...unwrap(innerType), ...(type === 'nullable' ? [NULL] : [])];
  if (input) return unwrap(input);
  return options ? options.flatMap(unwrap) : [node];
}

function shapeOf(node: z.ZodType): Record<string, z.ZodType> | undefined {
  return definition(node).type === 'object' ? (node as z.ZodObject).shape : undefined;
}

function childOf(node: z.ZodType, step: PropertyKey): z.ZodType[] {
  const { valueType, element } = definition(node);
  const child = shapeOf(node)?.[String(step)] ?? valueType ?? element;
  return child ? [child] : [];
}
