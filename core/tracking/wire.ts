import type { z } from 'zod';

/**
 * A value as its file holds it: keys that the schema names are snake_case there and camelCase in memory. Keys of records (metrics,
 * parameters) are the user's own and stay as they are.
 */
export function toWire(schema: z.ZodType, value: unknown): unknown {
  return renamed(schema, value, (shape, key) => (Object.hasOwn(shape, key) ? [key, snakeCase(key)] : [key, key]));
}

/** The opposite of `toWire`, for hostile input: what does not fit the schema passes through, for the schema to refuse. */
export function fromWire(schema: z.ZodType, value: unknown): unknown {
  return renamed(schema, value, (shape, key) => {
    const known = Object.keys(shape).find((name) => snakeCase(name) === key);
    if (known !== undefined) return [known, known];
    // In memory this name means something else than what the file says.
    return Object.hasOwn(shape, key) ? null : [key, key];
  });
}

/** Where a value stands in the file, from where it stands in memory: for messages. */
export function wirePath(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  const { type, innerType, element, valueType, options = [] } = schema.def as unknown as Definition;
  if (innerType) return wirePath(innerType, path);
  const shapes = type === 'object' ? [schema] : options.filter((option) => 'shape' in option);
  const own = shapes.map((each) => (each as z.ZodObject).shape[String(step)]).find((found) => found !== undefined);
  const inner = (own as z.ZodType | undefined) ?? element ?? valueType;
  return [own ? snakeCase(String(step)) : String(step), ...(inner ? wirePath(inner, rest) : rest.map(String))];
}

type Shape = Readonly<Record<string, z.ZodType>>;
/** The schema's name of a key and its new one; null: the key is left out. */
type Renaming = (shape: Shape, key: string) => readonly [known: string, renamed: string] | null;

function renamed(schema: z.ZodType, value: unknown, rename: Renaming): unknown {
  if (value === null || typeof value !== 'object') return value;
  const { type, innerType, element, valueType, options, discriminator } = schema.def as unknown as Definition;
  if (innerType) return renamed(innerType, value, rename);
  if (options) {
    const option = options.find((each) => isOption(each, discriminator, value));
    return option ? renamed(option, value, rename) : value;
  }
  if (Array.isArray(value)) return element ? value.map((each) => renamed(element, each, rename)) : value;
  const entries = Object.entries(value);
  if (type === 'record')
    return Object.fromEntries(entries.map(([key, each]) => [key, renamed(valueType!, each, rename)]));
  if (type !== 'object') return value;
  const { shape } = schema as z.ZodObject;
  return Object.fromEntries(
    entries.flatMap(([key, each]) => {
      const names = rename(shape as Shape, key);
      if (names === null) return [];
      const own = (shape as Shape)[names[0]];
      return [[names[1], own && Object.hasOwn(shape, names[0]) ? renamed(own, each, rename) : each]];
    }),
  );
}

/** Whether a value is of this kind, among those that one key tells apart; that key is the same in memory and in the file. */
function isOption(option: z.ZodType, discriminator: string | undefined, value: object): boolean {
  const own = discriminator === undefined ? undefined : (option as z.ZodObject).shape?.[discriminator];
  return own !== undefined && (own as z.ZodType).safeParse((value as Record<string, unknown>)[discriminator!]).success;
}

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
}

/** `outOfFold` as files spell it: `out_of_fold`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
