import { getInput } from '@actions/core';
import { z } from 'zod';
import { checkOptions } from '../core/commands/check-options.ts';
import type { Command } from '../core/commands/command.ts';
import { commands } from '../core/commands/index.ts';
import { optionKind } from '../core/commands/options.ts';
import { MOST_LEGS } from '../core/commands/plan/legs.ts';
import { ConfigError } from '../core/errors/app-error.ts';
import { SIDES, type Side } from '../core/ports/claims.ts';
import { suggest } from '../core/registry/suggest.ts';

/** The commands of the Action. */
const offered = commands.all.filter(({ doors }) => doors.includes('action'));
/** What a job does instead of a command: it tells what another workflow run found. */
const COMMENT = 'comment';
const ids: readonly [string, ...string[]] = [...(offered.map(({ id }) => id) as [string, ...string[]]), COMMENT];

const DEFAULT_COMMAND = 'pipeline';
/** GitHub runs no file in a folder below. */
const WORKFLOW_FILE = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** Inputs that no command has: which one is wanted, and what only a workflow needs. */
const ownInputs = {
  command: z
    .enum(ids)
    .default(DEFAULT_COMMAND)
    .describe(`What to do: ${listed(ids)}.`),
  'working-directory': z
    .string()
    .min(1)
    .default('.')
    .describe('Folder of the project file, relative to the workspace.'),
  workflow: z
    .string()
    .min(1)
    .optional()
    .describe(
      'For `command: comment` alone: the file of the workflow whose reports are posted, such as `.github/workflows/mlops.yml`.',
    ),
  comment: z
    .enum(['auto', 'never'])
    .default('auto')
    .describe(
      'Whether to comment on pull requests: `auto` leaves it to the GitHub App where that is installed (in a private repository only with `checks: read`), `never` does not.',
    ),
  leg: z
    .int()
    .min(0)
    .max(MOST_LEGS - 1)
    .optional()
    .describe(
      'Of the command `train`: number of the leg that `plan` planned, whose runs are handed over to `publish`.',
    ),
  side: z
    .enum(SIDES)
    .default('candidate')
    .describe('Of a leg: whether it trains the change, or the base commit that is checked out for it.'),
  needs: z
    .string()
    .optional()
    .describe('Of legs and of the command `publish`: what the jobs before this one came to, `toJSON(needs)`.'),
  token: z
    .string()
    .optional()
    .describe('Token to read runs and artifacts, to write the branch of runs, and to comment.'),
};

/** The Action's inputs: `command`, the options of the commands, and what only a workflow needs. */
export function actionInputs(): Readonly<Record<string, z.ZodType>> {
  const { command, ...rest } = ownInputs;
  return { command, ...Object.assign({}, ...offered.map(inputsOf)), ...rest };
}

/** The options of a command that can be given in a workflow. */
function inputsOf({ options, arguments: positional }: Command): Record<string, z.ZodType> {
  const entries = Object.entries(options.shape as Record<string, z.ZodType>);
  return Object.fromEntries(entries.filter(([name]) => !positional.includes(name)));
}

/** What the step was given. */
export interface Inputs {
  readonly command: Command;
  readonly options: Readonly<Record<string, unknown>>;
  readonly workingDirectory: string;
  readonly comment: 'auto' | 'never';
  readonly token: string | undefined;
  /** Of a job that trains a dataset for another job to judge; null: it is none. */
  readonly leg: { readonly number: number; readonly side: Side } | null;
  readonly needs: string | undefined;
  /** Inputs that this command does not use. */
  readonly unused: readonly string[];
}

/** What the step of a companion workflow was given. */
export interface CommentInputs {
  readonly token: string | undefined;
  /** The file of the workflow whose reports are posted, from the repository's root. */
  readonly workflow: string;
}

/** Reads the inputs of `command: comment`; null for every other command. @throws ConfigError where the workflow is no file of workflows. */
export function readCommentInputs(): CommentInputs | null {
  if (getInput('command') !== COMMENT) return null;
  const workflow = getInput('workflow');
  if (WORKFLOW_FILE.test(workflow)) return { token: getInput('token') || undefined, workflow };
  throw new ConfigError({
    place: 'input workflow',
    message: `must name the workflow whose reports \`command: ${COMMENT}\` posts`,
    found: workflow === '' ? 'nothing' : workflow,
    allowed: 'the path of a workflow file, such as .github/workflows/mlops.yml',
  });
}

/**
 * Reads the inputs of the step. An empty input means "not given"; a list has one item per line; booleans are the runner's
 * (`true`, `True`, `TRUE` …).
 *
 * @throws ConfigError that lists every input that is wrong.
 */
export function readInputs(): Inputs {
  const id = getInput('command') || DEFAULT_COMMAND;
  const command = offered.find((each) => each.id === id);
  if (!command) throw unknownCommand(id);
  const own = inputsOf(command);
  const given = Object.entries(actionInputs()).flatMap(([name, schema]): [string, unknown][] => {
    const text = getInput(name);
    return text === '' ? [] : [[name, inputValue(text, optionKind(schema))]];
  });
  const options = given.filter(([name]) => Object.hasOwn(own, name));
  const isDefault = ([name, value]: [string, unknown]) => value === actionInputs()[name]!.safeParse(undefined).data;
  return {
    command,
    options: checkOptions(command, Object.fromEntries(options), (name) => `input ${name}`),
    workingDirectory: getInput('working-directory') || '.',
    comment: ownInput('comment'),
    token: getInput('token') || undefined,
    leg: legInput(command),
    needs: getInput('needs') || undefined,
    unused: given
      .filter(([name]) => !Object.hasOwn(own, name) && (name === 'workflow' || !Object.hasOwn(ownInputs, name)))
      .filter((each) => !isDefault(each))
      .map(([name]) => name),
  };
}

function legInput({ id }: Command): Inputs['leg'] {
  const number = ownInput('leg', Number);
  if (number === undefined) return null;
  if (id === 'train') return { number, side: ownInput('side') };
  throw new ConfigError({ place: 'input leg', message: `does not suit the command ${id}`, next: 'remove it' });
}

/** The value of an input that no command has. */
function ownInput<Name extends 'comment' | 'leg' | 'side'>(
  name: Name,
  read: (text: string) => unknown = (text) => text,
): z.infer<(typeof ownInputs)[Name]> {
  const found = getInput(name);
  const parsed = ownInputs[name].safeParse(found === '' ? undefined : read(found));
  if (parsed.success) return parsed.data as z.infer<(typeof ownInputs)[Name]>;
  throw new ConfigError({
    place: `input ${name}`,
    message: 'is not a valid value',
    found,
    allowed: ALLOWED[name],
  });
}

const ALLOWED = { comment: 'auto, never', leg: `a number from 0 to ${MOST_LEGS - 1}`, side: SIDES.join(', ') };

function unknownCommand(found: string): ConfigError {
  const near = suggest(found, ids);
  return new ConfigError({
    place: 'input command',
    message: 'is not a valid value',
    found,
    allowed: ids.join(', '),
    ...(near && { next: `did you mean "${near}"?` }),
  });
}

function inputValue(text: string, kind: string): unknown {
  if (kind === 'array') {
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
  if (kind === 'number') return Number.isNaN(Number(text)) ? text : Number(text);
  if (kind !== 'boolean') return text;
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  return ['false', 'False', 'FALSE'].includes(text) ? false : text;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
