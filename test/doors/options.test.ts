import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actionInputs, readInputs } from '../../action/inputs.ts';
import { commands } from '../../core/commands/index.ts';
import { innerOf, optionKind } from '../../core/commands/options.ts';
import { AppError } from '../../core/errors/app-error.ts';
import { mlopsIn } from './mlops.fixture.ts';

/** What the schema library says of a value that it refuses. */
const RAW = /invalid (input|option|string|key)|too (small|big)|expected .*received|unrecognized|nan/i;

const cwd = mkdtempSync(join(tmpdir(), 'options-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const offered = commands.all.filter(({ doors }) => doors.includes('cli'));

/** Values that an option of this kind refuses. */
function badValues(schema: z.ZodType): string[] {
  const inner = innerOf(schema);
  switch (optionKind(schema)) {
    case 'number':
      return ['many', '', '1.5', '1e99'];
    case 'enum':
      return ['nonsense', ''];
    case 'array':
      return [''];
    case 'string':
      return [
        '',
        ...(inner instanceof z.ZodString && inner.maxLength !== null ? ['x'.repeat(inner.maxLength + 1)] : []),
      ];
    default:
      return [];
  }
}

/** The command line of a command with something for each option that it requires, but for one. */
function otherwiseRight(id: string, but: string): string[] {
  const { options, arguments: positional } = commands.get(id);
  const shape = options.shape as Record<string, z.ZodType>;
  const required = Object.keys(shape).filter((name) => name !== but && !shape[name]!.safeParse(undefined).success);
  const flags = required.filter((name) => !positional.includes(name)).flatMap((name) => [`--${name}`, 'x']);
  return [...id.split(' '), ...flags, ...positional.filter((name) => required.includes(name)).map(() => 'x')];
}

describe.each(offered.map((command) => [command.id, command] as const))('mlops %s', (id, command) => {
  const shape = command.options.shape as Record<string, z.ZodType>;
  const flags = Object.keys(shape).filter((name) => !command.arguments.includes(name));

  const cases = flags.flatMap((name) => badValues(shape[name]!).map((value) => [name, value] as const));
  it.each(cases)('refuses --%s %j in words of its own', async (name, value) => {
    const { code, stdout, stderr } = await mlopsIn(cwd, [...otherwiseRight(id, name), `--${name}`, value]);
    expect(stderr).toMatch(new RegExp(`^error: --${name}: is not a valid value\n  found: .*\n  allowed: `));
    expect(stderr.replace(/found: .*/, '')).not.toMatch(RAW);
    expect([code, stdout]).toEqual([2, '']);
  });

  const required = Object.keys(shape).filter((name) => !shape[name]!.safeParse(undefined).success);
  it.each(required)('asks for %s with an example', async (name) => {
    const { code, stderr } = await mlopsIn(cwd, otherwiseRight(id, name));
    const flag = command.arguments.includes(name) ? `<${name}>` : `--${name}`;
    // Of two positional arguments the one that is given counts as the first.
    const asked = command.arguments.includes(name) ? /^error: `<\w+>` is required; example: mlops / : null;
    if (asked) expect(stderr).toMatch(asked);
    else expect(stderr).toContain(`error: \`${flag}\` is required; example: mlops ${id}`);
    expect(code).toBe(2);
  });

  it('has examples that are right: each names this command and options that it has', async () => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const [line] of command.examples) {
      expect(line).toMatch(new RegExp(`^mlops ${id}( |$)`));
      const used = [...line.split(' | ')[0]!.matchAll(/ --(\w+)/g)].map(([, name]) => name!);
      expect([...flags, 'json', 'quiet', 'verbose']).toEqual(expect.arrayContaining(used));
    }
  });

  it('suggests the option that was meant', async () => {
    const mistyped = `${flags[0]!.slice(0, -1)}x`;
    const { code, stderr } = await mlopsIn(cwd, [...id.split(' '), `--${mistyped}`, 'y']);
    expect(stderr).toContain(`unknown option '--${mistyped}'; did you mean "--${flags[0]}"?`);
    expect(code).toBe(2);
  });
});

it('mlops predict without options says what to write', async () => {
  const { code, stderr } = await mlopsIn(cwd, ['predict']);
  expect(stderr.split('\n')[0]).toBe(
    'error: `--model` is required; example: mlops predict --model models/churn_random_forest.model --data new.csv',
  );
  expect(code).toBe(2);
});

it('a command that was renamed is named', async () => {
  const { code, stderr } = await mlopsIn(cwd, ['calibrate', '--write']);
  expect(stderr).toContain('error: `mlops calibrate` is now called `mlops limits`');
  expect(code).toBe(2);
});

describe('inputs of the Action', () => {
  const variable = (name: string) => `INPUT_${name.toUpperCase()}`;
  const set = (values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) process.env[variable(name)] = value;
  };
  afterEach(() => {
    for (const name of Object.keys(actionInputs())) delete process.env[variable(name)];
  });

  it.each([
    ['threads', 'many', 'a whole number from 1 to 256'],
    ['threads', '0', 'a whole number from 1 to 256'],
    ['force', 'yes', 'true or false'],
    ['command', 'trian', 'pipeline, generate, plan, train, publish, tune, drift, comment'],
  ])('%s: %s is refused in words of its own', (name, value, allowed) => {
    set({ [name]: value });
    const refused = (() => {
      try {
        readInputs();
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(AppError);
    const [problem] = (refused as AppError).problems;
    expect(problem).toMatchObject({ place: `input ${name}`, message: 'is not a valid value', allowed });
    expect(problem!.message).not.toMatch(RAW);
  });

  it('a list has one item per line, an empty input was not given, and an input of another command is named', () => {
    set({
      command: 'train',
      dataset: ' churn\n\nhouses ',
      threads: '',
      baseline: 'v1',
      force: 'True',
      config: 'mlops.yml',
    });
    const { command, options, unused } = readInputs();
    expect(command.id).toBe('train');
    expect(options).toMatchObject({ dataset: ['churn', 'houses'], force: true, config: 'mlops.yml', model: [] });
    expect(options.threads).toBe(undefined);
    expect(unused).toEqual(['baseline']);
  });

  it('one name is one input: commands that share an option describe it alike', () => {
    for (const [name, schema] of Object.entries(actionInputs())) {
      const own = commands.all
        .filter(({ doors, options }) => doors.includes('action') && name in options.shape)
        .map(({ options }) => z.toJSONSchema((options.shape as Record<string, z.ZodType>)[name]!));
      for (const each of own) expect(each).toEqual(z.toJSONSchema(schema));
    }
  });
});
