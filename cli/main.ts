import { Command, CommanderError, Option } from 'commander';
import type { z } from 'zod';
import { commands } from '../core/commands/index.ts';
import { optionKind } from '../core/config/options.ts';
import { AppError, ConfigError, formatProblem, type Problem } from '../core/errors/app-error.ts';
import { suggest } from '../core/registry/suggest.ts';
import type { FeatureImportance } from '../core/report/importances.ts';
import type { Report } from '../core/report/report.ts';
import type { Run } from '../core/tracking/run.ts';
import { VERSION } from '../core/version.ts';
import { documentSchema } from './document.ts';
import { runCommand } from './run-command.ts';
import { createTerminalLog, type Stream } from './terminal-log.ts';
import { tools } from './tools.ts';

/** Exit codes: 0 pass, 1 a gate failed, 2 the user's mistake, 70 our bug. */
const EXIT = { pass: 0, gate: 1, user: 2, bug: 70 } as const;

/** What a process gives the command line. */
export interface World {
  readonly cwd: string;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** Runs the command line and returns the exit code; never throws, never exits. */
export async function main(args: readonly string[], world: World): Promise<number> {
  let chosen: { id: string; options: Record<string, unknown> } | undefined;
  const program = createProgram(world, (id, options) => {
    chosen = { id, options };
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.pass;
    const message = error.message.replace(/^error: /, '');
    if (args.includes('--json')) writeDocument(world, args[0] ?? '', 'error', { errors: [{ message }] });
    return EXIT.user;
  }
  if (!chosen) return EXIT.pass;
  const { json, quiet } = chosen.options;
  const log = createTerminalLog(world.stderr, quiet === true);
  try {
    const { id } = chosen;
    const tool = tools.all.find((each) => each.id === id);
    const options = checkedOptions(id, (tool ?? commands.get(id)).options, chosen.options);
    if (tool) {
      const { text, ...found } = await tool.run(options, { cwd: world.cwd, log });
      if (json) writeDocument(world, id, 'done', { ...found, errors: [] });
      else world.stdout.write(text);
      return EXIT.pass;
    }
    const result = await runCommand(chosen.id, options, { cwd: world.cwd, log });
    const { verdict } = result.report;
    if (json)
      writeDocument(world, chosen.id, result.failed ? 'fail' : (verdict?.outcome ?? 'done'), { ...result, errors: [] });
    else world.stdout.write(result.text);
    return result.failed ? EXIT.gate : EXIT.pass;
  } catch (error) {
    const user = error instanceof AppError;
    const problems = user ? error.problems : [{ message: error instanceof Error ? error.message : String(error) }];
    if (json) writeDocument(world, chosen.id, 'error', { errors: problems });
    if (user) world.stderr.write(`${problems.map((problem) => `error: ${formatProblem(problem)}`).join('\n')}\n`);
    else
      world.stderr.write(
        `This is a bug in mlops-action; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
      );
    return user ? EXIT.user : EXIT.bug;
  }
}

function createProgram(world: World, choose: (id: string, options: Record<string, unknown>) => void): Command {
  const program = new Command('mlops')
    .description('Reproducible training, tracked runs and a merge gate that can be believed.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => world.stdout.write(text), writeErr: (text) => world.stderr.write(text) })
    .showHelpAfterError('(mlops --help lists the commands)');
  for (const { id, summary, options, argument } of [
    ...commands.all.map((each) => ({ ...each, argument: undefined })),
    ...tools.all,
  ]) {
    const command = program.command(argument ? `${id} <${argument}>` : id).description(summary);
    for (const [name, schema] of Object.entries(options.shape)) {
      if (name !== argument) command.addOption(flagOf(name, schema as z.ZodType));
    }
    command
      .option('--json', 'print one JSON document on standard output and nothing else there')
      .option('--quiet', 'no progress, only warnings')
      .action((...given: unknown[]) =>
        choose(
          id,
          argument ? { ...(given[1] as object), [argument]: given[0] } : (given[0] as Record<string, unknown>),
        ),
      );
  }
  program.on('command:*', ([unknown]: string[]) => {
    const near = suggest(unknown ?? '', [...commands.ids, ...tools.ids]);
    program.error(`error: unknown command "${unknown}"${near ? `; did you mean "${near}"?` : ''}`);
  });
  return program;
}

/** The flag of an option schema: a boolean is a switch, a list may be repeated, a number is a number. */
function flagOf(name: string, schema: z.ZodType): Option {
  const type = optionKind(schema);
  if (type === 'boolean') return new Option(`--${name}`, schema.description);
  const option = new Option(`--${name} <value>`, schema.description);
  if (type === 'array') option.argParser((value: string, list: string[] | undefined) => [...(list ?? []), value]);
  if (type === 'number') option.argParser((value: string) => (value.trim() === '' ? Number.NaN : Number(value)));
  const fallback = schema.safeParse(undefined);
  if (fallback.success && typeof fallback.data === 'string') option.default(undefined, fallback.data);
  return option;
}

/** @throws ConfigError that lists every option that is wrong. */
function checkedOptions(id: string, options: z.ZodObject, values: Record<string, unknown>): Record<string, unknown> {
  const known = Object.fromEntries(
    Object.keys(options.shape).flatMap((name) => (name in values ? [[name, values[name]]] : [])),
  );
  const parsed = options.safeParse(known);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map(
      (issue): Problem => ({ place: `mlops ${id} --${issue.path.map(String).join('.')}`, message: issue.message }),
    ),
  );
}

type Document = z.input<typeof documentSchema>;

/** The one document of `--json`, checked before it is printed. */
function writeDocument(
  { stdout }: World,
  command: string,
  status: Document['status'],
  found: {
    errors: readonly Problem[];
    runs?: readonly Run[];
    report?: Report;
    files?: readonly string[];
    importances?: readonly FeatureImportance[];
  },
): void {
  const { runs = [], report, files = [], importances, errors } = found;
  const document = documentSchema.parse({
    schema: 1,
    command,
    status,
    runs,
    verdicts: report?.verdict ? [report.verdict] : [],
    files,
    warnings: report?.warnings ?? [],
    errors,
    ...(importances && { importances }),
  });
  stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
