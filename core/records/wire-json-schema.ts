import { z } from 'zod';
import { snakeCase } from './wire.ts';

/**
 * The JSON Schema of what `toWire` writes.
 *
 * @param options.io `input`: readers ignore fields that the schema does not name; `output`: there are no others.
 * @param options.named parts that are written once, under `$defs`, and referred to by these names.
 */
export function wireJsonSchema(
  schema: z.ZodType,
  { io, named }: { readonly io: 'input' | 'output'; readonly named: Readonly<Record<string, z.ZodType>> },
): object {
  const metadata = z.registry<{ id: string }>();
  for (const [id, part] of Object.entries(named)) metadata.add(part, { id });
  return onWire(z.toJSONSchema(schema, { metadata, unrepresentable: 'any', io })) as object;
}

/** Keys of objects as `toWire` writes them. */
function onWire(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(onWire);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === 'required') return [keyword, (value as string[]).map(snakeCase)];
      if (keyword !== 'properties') return [keyword, onWire(value)];
      const own = Object.entries(value as object).map(([key, each]) => [snakeCase(key), onWire(each)]);
      return [keyword, Object.fromEntries(own)];
    }),
  );
}
