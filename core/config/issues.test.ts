import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeIssue } from './issues.ts';
import { projectSchema } from './schema.ts';

/** How the schema library speaks. */
const LIBRARY = /expected .*received|Invalid (input|option|string|number|key|value)|Too (big|small)|Unrecognized/;

const problemsOf = (value: unknown, schema: z.ZodType) => {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, value, schema));
};

type Path = readonly (string | number)[];
interface Definition {
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
}

/** A path to every schema there is below this one. Rules that stand at many places are visited at the first. */
function* placesOf(node: z.ZodType, path: Path, seen: Set<z.ZodType>): Generator<Path> {
  const { innerType, in: input, options, valueType, element } = node.def as unknown as Definition;
  const inner = innerType ?? input;
  if (inner) return yield* placesOf(inner, path, seen);
  if (seen.has(node)) return;
  seen.add(node);
  yield path;
  for (const option of options ?? []) yield* placesOf(option, path, seen);
  if (valueType) yield* placesOf(valueType, [...path, 'name'], seen);
  if (element) yield* placesOf(element, [...path, 0], seen);
  if (node instanceof z.ZodObject)
    for (const [key, child] of Object.entries(node.shape)) yield* placesOf(child as z.ZodType, [...path, key], seen);
}

/** The object with a value put in. */
function withValue(object: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') return [withValue(undefined, rest, value)];
  const own = object !== null && typeof object === 'object' ? (object as Record<string, unknown>) : {};
  return { ...own, [step]: withValue(own[step], rest, value) };
}

const BAD: readonly unknown[] = [
  ...['no such', '', ' ', 'x'.repeat(5000), '-1%', '@{'],
  ...[-1e9, -0.5, 0.5, 1e9, 1e300, Number.NaN, Number.POSITIVE_INFINITY],
  ...[true, null, undefined, [], [[]], ['a', 1, null], {}, { 'no such key': 1 }, { 'bad name!': {} }],
];
const VALID = { datasets: { name: { path: 'd.csv', target: 'y' } } };
const places = [...placesOf(projectSchema, [], new Set())];

describe('every place of mlops.yml', () => {
  it('is found', () => {
    const found = places.map((path) => path.join('.'));
    expect(found).toEqual(expect.arrayContaining(['datasets.name.split.folds', 'tracking.branch', 'tuning']));
    expect(found.length).toBeGreaterThan(100);
  });
  it.each(places.map((path) => [path.join('.'), path] as const))('refuses bad values in our words: %s', (_, path) => {
    const problems = BAD.flatMap((value) => problemsOf(withValue(VALID, path, value), projectSchema));
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      expect(JSON.stringify(problem)).not.toMatch(LIBRARY);
      expect(problem.message.trim()).not.toBe('');
    }
  });
});

describe('describeIssue', () => {
  it.each<[string, z.ZodType, unknown, object]>([
    ['a value that is missing', z.object({ a: z.string() }), {}, { message: 'is missing', next: 'add `a`' }],
    ['a key without a value', z.object({ a: z.string() }), { a: null }, { message: 'has no value', allowed: 'text' }],
    [
      'another type',
      z.union([z.array(z.string()), z.object({})]),
      3,
      { message: 'is not a valid value', found: '3', allowed: 'a list or a map' },
    ],
    [
      'a fraction',
      z.int().min(2).max(20),
      2.5,
      { message: 'is not a whole number', allowed: 'a whole number from 2 to 20' },
    ],
    ['infinity', z.number(), Number.POSITIVE_INFINITY, { message: 'is not a valid value', found: 'Infinity' }],
    [
      'a bound that is excluded',
      z.number().gt(0).lt(1),
      1,
      { message: 'is too large', allowed: 'a number above 0 and below 1' },
    ],
    ['one bound', z.number().nonnegative(), -1, { message: 'is too small', allowed: 'a number of at least 0' }],
    ['an empty text', z.string().min(1), '', { message: 'is empty', allowed: 'at least 1 character' }],
    ['a short list', z.array(z.int()).min(3), [1], { message: 'is too short', allowed: 'at least 3 items' }],
    ['a long list', z.array(z.int()).max(1), [1, 2], { message: 'is too long', allowed: 'at most 1 item' }],
    [
      'a value of none of the names',
      z.enum(['median', 'none']),
      'medium',
      { message: 'is not a valid value', allowed: 'median, none', next: 'did you mean "median"?' },
    ],
    ['a format', z.email(), 'x', { message: 'is not a valid value', found: '"x"', allowed: 'text' }],
    ['a pattern', z.string().regex(/^\d$/, 'a digit'), 'x', { message: 'is not a valid value', allowed: 'a digit' }],
    ['a multiple', z.number().multipleOf(5), 7, { message: 'is not a valid value', found: '7' }],
    ['an element of a set', z.set(z.string()), new Set([1]), { message: 'has the wrong type' }],
    [
      'a name',
      z.record(z.string().regex(/^a/, 'words with a'), z.int()),
      { b: 1 },
      { message: 'is not a valid name', allowed: 'words with a' },
    ],
    [
      'a rule of ours',
      z.int().refine(() => false, { error: 'is odd', params: { next: 'make it even' } }),
      1,
      { message: 'is odd', next: 'make it even' },
    ],
    ['a rule without words', z.int().refine(() => false), 1, { message: 'is not a valid value', found: '1' }],
    [
      'a kind that is none',
      z.discriminatedUnion('id', [z.object({ id: z.literal('scale') }), z.object({ id: z.literal('missing') })]),
      { id: 'scales' },
      { path: ['id'], message: 'is not a valid value', allowed: 'scale, missing', next: 'did you mean "scale"?' },
    ],
    [
      'the branch of a union that was meant',
      z.union([z.number().nonnegative(), z.string().regex(/%$/, 'a percentage such as "2%"')]),
      -0.5,
      { message: 'is too small', allowed: 'a number of at least 0 or a percentage such as "2%"' },
    ],
    [
      'an unknown key',
      z.strictObject({ target: z.string() }),
      { target: 'y', taget: 1 },
      { message: 'unknown key "taget"', next: 'did you mean "target"?' },
    ],
    [
      'null among what is allowed',
      z.int().min(1).nullable(),
      'x',
      { message: 'has the wrong type', allowed: 'a whole number of at least 1 or null' },
    ],
  ])('describes %s', (_, schema, value, problem) => {
    expect(problemsOf(value, schema)[0]).toMatchObject(problem);
  });
});
