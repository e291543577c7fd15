import { z } from 'zod';
import { ConfigError, type Problem } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';
import type { Command } from './command.ts';
import { innerOf } from './options.ts';

/** How a door spells an option: `--data`, `input data`. */
export type Spelling = (option: string) => string;

/**
 * The options of a command, checked and with defaults.
 *
 * @param given values by option, as the door has read them; what was not given is absent.
 * @throws ConfigError that lists every wrong option.
 */
export function checkOptions(
  { options, examples }: Pick<Command, 'options' | 'examples'>,
  given: Readonly<Record<string, unknown>>,
  spell: Spelling,
): Record<string, unknown> {
  const parsed = options.safeParse(given);
  if (parsed.success) return parsed.data;
  const absent = parsed.error.issues.filter(({ path }) => given[String(path[0])] === undefined);
  const wrong = parsed.error.issues.filter((issue) => !absent.includes(issue));
  const [first, ...others] = absent.map(({ path }) => spell(String(path[0])));
  throw new ConfigError([
    ...(first === undefined ? [] : [{ message: `\`${first}\` is required${exampleOf(first, examples)}` }]),
    ...others.map((flag) => ({ message: `\`${flag}\` is required` })),
    ...wrong.map((issue) => problemOf(issue, options, given, spell)),
  ]);
}

function problemOf(
  issue: z.core.$ZodIssue,
  { shape }: z.ZodObject,
  given: Readonly<Record<string, unknown>>,
  spell: Spelling,
): Problem {
  const name = String(issue.path[0]);
  const schema = shape[name] as z.ZodType;
  const value = issue.path.length > 1 ? (given[name] as unknown[])[Number(issue.path[1])] : given[name];
  const allowed = allowedOf(innerOf(schema));
  const near = issue.code === 'invalid_value' ? suggest(String(value), issue.values.map(String)) : undefined;
  return {
    place: spell(name),
    message: 'is not a valid value',
    found: shown(value),
    allowed,
    ...(near && { next: `did you mean "${near}"?` }),
  };
}

/** The command line that shows how an option is given. */
function exampleOf(flag: string, examples: Command['examples']): string {
  const [example] = examples.find(([line]) => line.includes(flag)) ?? examples[0] ?? [];
  return example === undefined ? '' : `; example: ${example}`;
}

/** What an option takes, in words. */
function allowedOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodArray) return allowedOf(schema.element as z.ZodType);
  if (schema instanceof z.ZodEnum) return schema.options.map(String).join(', ');
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodNumber) {
    const kind = schema.isInt ? 'a whole number' : 'a number';
    const [low, high] = [schema.minValue, schema.maxValue].map((end) =>
      end !== null && Math.abs(end) < Number.MAX_SAFE_INTEGER ? end : undefined,
    );
    if (low !== undefined && high !== undefined) return `${kind} from ${low} to ${high}`;
    if (low !== undefined) return `${kind}, at least ${low}`;
    return high === undefined ? kind : `${kind}, at most ${high}`;
  }
  const longest = schema instanceof z.ZodString ? schema.maxLength : null;
  return longest === null ? 'a text that is not empty' : `a text of 1 to ${longest} characters`;
}

/** A value as people wrote it, shortened. */
function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
