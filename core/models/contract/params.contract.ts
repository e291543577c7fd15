import { expect } from 'vitest';
import { z } from 'zod';
import { describeIssue } from '../../config/issues.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { ModelPlugin } from '../model.ts';
import { formatModel, parseModel } from '../model-file.ts';
import { type Check, expectSound } from './check.fixture.ts';
import { mixed, takeRows } from './problems.fixture.ts';
import { textOf } from './text-of.fixture.ts';

/** What a parameter may be, as JSON Schema tells it. */
interface Range {
  readonly type?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly anyOf?: readonly Range[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

function rangesOf({ params }: ModelPlugin): [name: string, range: Range][] {
  const { properties } = z.toJSONSchema(params, { io: 'input' }) as { properties?: Record<string, Range> };
  return Object.entries(properties ?? {});
}

/** The range and those it is made of, of numbers alone. */
function numbersIn(range: Range): Range[] {
  const own = range.type === 'number' || range.type === 'integer' ? [range] : [];
  return [...own, ...(range.anyOf ?? []).flatMap(numbersIn)];
}

/** Values just outside, with the border that each has crossed. */
function outside(range: Range): { value: number; border: number }[] {
  const { minimum, maximum, exclusiveMinimum, type } = range;
  const step = type === 'integer' ? 1 : 1e-3;
  return [
    ...(minimum === undefined ? [] : [{ value: minimum - step, border: minimum }]),
    ...(exclusiveMinimum === undefined ? [] : [{ value: exclusiveMinimum, border: exclusiveMinimum }]),
    ...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER
      ? []
      : [{ value: maximum + step, border: maximum }]),
  ];
}

/** Most that is tried of a number that time grows with, as that of trees. */
const MOST = 100;

/** Values at the borders of what is allowed, and each of those that are listed. */
function borders(range: Range): unknown[] {
  const { type, minimum, maximum, exclusiveMinimum, anyOf } = range;
  if (anyOf) return anyOf.flatMap(borders);
  if (type === 'boolean') return [true, false];
  if (type === 'null') return [null];
  if (type !== 'number' && type !== 'integer')
    return range.enum ? [...range.enum] : 'const' in range ? [range.const] : [];
  const least = exclusiveMinimum === undefined ? minimum : 1e-300;
  const most =
    maximum === Number.MAX_SAFE_INTEGER ? maximum : Math.min(maximum ?? 1e300, type === 'integer' ? MOST : 1e300);
  return [least, most];
}

/** What the user is told of these parameters; nothing when they are accepted. */
function complaints({ params }: ModelPlugin, given: Record<string, unknown>): string {
  const issues = params.safeParse(given).error?.issues ?? [];
  return JSON.stringify(issues.flatMap((issue) => describeIssue(issue, given, params)));
}

const few = takeRows(mixed(), [...Array(30).keys()]);

/** Parameters are what the schema says, and nothing else. */
export const paramsChecks: readonly Check[] = [
  {
    title: 'has a default for every parameter, and learns the same when they are written out',
    async run(subject) {
      const { params } = subject.plugin;
      const { data: defaults, error } = params.safeParse({});
      expect(error).toBeUndefined();
      expect(params.parse(defaults)).toEqual(defaults);
      const given = { ...defaults, ...subject.quick };
      expect(textOf((await subject.fit(few, { params: given })).fitted)).toBe(textOf((await subject.fit(few)).fitted));
    },
  },
  {
    title: 'refuses a parameter it does not know before anything is learned',
    async run(subject) {
      const [near] = Object.keys(subject.plugin.params.shape);
      for (const name of ['no_such_parameter', 'constructor', ...(near ? [`${near}s`] : [])]) {
        await expect(subject.fit(few, { params: { [name]: 1 } }), name).rejects.toThrow(z.ZodError);
        expect(complaints(subject.plugin, { [name]: 1 })).toContain(`unknown key \\"${name}\\"`);
      }
    },
  },
  {
    title: 'refuses every number out of its range, and names the border',
    concerns: ({ plugin }) => rangesOf(plugin).some(([, range]) => numbersIn(range).length > 0),
    async run({ plugin }) {
      for (const [name, range] of rangesOf(plugin)) {
        const kinds = numbersIn(range);
        // A number that one kind refuses may be another's: 2 features, where a share goes to 1.
        const refused = kinds
          .flatMap(outside)
          .filter(({ value }) => !plugin.params.safeParse({ [name]: value }).success);
        if (kinds.length > 0) expect(refused.length, name).toBeGreaterThan(0);
        for (const { value, border } of refused)
          expect(complaints(plugin, { [name]: value }), `${name}: ${value}`).toMatch(alone(border));
      }
    },
  },
  {
    title: 'refuses what is no number where one is wanted',
    concerns: ({ plugin }) => rangesOf(plugin).some(([, range]) => numbersIn(range).length > 0),
    async run({ plugin }) {
      for (const [name, range] of rangesOf(plugin)) {
        if (numbersIn(range).length === 0) continue;
        for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '10', true, [1], {}])
          expect(plugin.params.safeParse({ [name]: value }).success, `${name}: ${String(value)}`).toBe(false);
      }
    },
  },
  {
    title: 'learns with each parameter at the ends of its range, predicts numbers, and the same from its file',
    concerns: ({ plugin }) => rangesOf(plugin).length > 0,
    async run(subject) {
      const { plugin, quick } = subject;
      for (const [name, range] of rangesOf(plugin)) {
        const values = borders(range);
        let learned = 0;
        for (const value of values) {
          const params = { ...quick, [name]: value };
          try {
            const model = await subject.fit(few, { params });
            const said = model.predict(mixed().table);
            expectSound(said.outputs, model.nClasses);
            expect(parseModel(formatModel(model)).predict(mixed().table)).toEqual(said);
            learned++;
          } catch (error) {
            // A parameter that sets a limit is meant to refuse, in its own name.
            if (error instanceof ConfigError) {
              const places = new Set(error.problems.map(({ place }) => place));
              expect(places, `${name}: ${value}`).toEqual(new Set([`models.${plugin.id}.${name}`]));
              continue;
            }
            if (error instanceof Error) error.message = `${name}: ${value}: ${error.message}`;
            throw error;
          }
        }
        if (values.length > 0) expect(learned, `${name}: values that it learned with`).toBeGreaterThan(0);
      }
    },
  },
  {
    title: 'tells what every parameter means, in a sentence',
    concerns: ({ plugin }) => rangesOf(plugin).length > 0,
    async run({ plugin }) {
      for (const [name, { description }] of rangesOf(plugin)) expect(description ?? '', name).toMatch(/^.{10,}\.$/);
    },
  },
];

/** The number by itself, not as part of a longer one. */
function alone(border: number): RegExp {
  return new RegExp(`(?<![\\d.])${border}(?![\\d.]*\\d)`);
}
