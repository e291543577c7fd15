import type { z } from 'zod';

/**
 * A value as its file holds it: keys that the schema names are snake_case there and camelCase in memory. Keys of records (metrics,
 * parameters) are the user's own and stay as they are, and so do keys that the schema does not know.
 */
export function toWire(schema: z.ZodType, value: unknown): unknown {
  return renamed(schema, value, ({ names }, key) => names.get(key));
}

/** A key of a file that is spelled as in memory, so that it would be taken for another one. */
export class SpellingError extends Error {
  /** How the file should have it. */
  readonly spelling: string;

  constructor(key: string, spelling: string) {
    super(`"${key}" is spelled "${spelling}" in files`);
    this.spelling = spelling;
  }
}

/**
 * The opposite of `toWire`, for hostile input: what does not fit the schema passes through, for the schema to refuse.
 *
 * @throws SpellingError
 */
export function fromWire(schema: z.ZodType, value: unknown): unknown {
  return renamed(schema, value, ({ names, keys }, key) => {
    const known = keys.get(key);
    const spelling = known === undefined ? names.get(key) : undefined;
    if (spelling !== undefined) throw new SpellingError(key, spelling);
    return known;
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

/** The fields of an object: names in memory to keys in files, and back. */
interface Spelling {
  readonly names: ReadonlyMap<string, string>;
  readonly keys: ReadonlyMap<string, string>;
}

/** What a field is called on the other side; undefined when the schema does not know it. */
type Renaming = (spelling: Spelling, key: string) => string | undefined;

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
  const spelling = spellingOf(schema);
  return Object.fromEntries(
    entries.map(([key, each]) => {
      const other = rename(spelling, key);
      if (other === undefined) return [key, each];
      return [other, renamed(shape[spelling.names.has(key) ? key : other] as z.ZodType, each, rename)];
    }),
  );
}

/** Whether a value is of this kind, among those that one key tells apart; that key is the same in memory and in the file. */
function isOption(option: z.ZodType, discriminator: string | undefined, value: object): boolean {
  const own = discriminator === undefined ? undefined : (option as z.ZodObject).shape?.[discriminator];
  return own !== undefined && (own as z.ZodType).safeParse((value as Record<string, unknown>)[discriminator!]).success;
}

const spellings = new WeakMap<z.ZodType, Spelling>();

function spellingOf(schema: z.ZodType): Spelling {
  const known = spellings.get(schema);
  if (known) return known;
  const names = new Map(Object.keys((schema as z.ZodObject).shape).map((name) => [name, snakeCase(name)]));
  const spelling = { names, keys: new Map(Array.from(names, ([name, key]) => [key, name])) };
  spellings.set(schema, spelling);
  return spelling;
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
