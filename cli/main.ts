import { CommanderError } from 'commander';
import { checkOptions } from '../core/commands/check-options.ts';
import { commandGroups } from '../core/commands/index.ts';
import { DEFAULT_CONFIG } from '../core/commands/options.ts';
import { AppError, formatProblem, type Problem } from '../core/errors/app-error.ts';
import { EXIT } from '../core/errors/exit-codes.ts';
import { printableJson, printableLines } from '../core/report/printable.ts';
import { type Chosen, createProgram } from './program.ts';
import { createTerminalLog, type Stream } from './terminal-log.ts';

const HINT = '(mlops --help lists the commands, mlops <command> --help the options of one)';

/** What a process gives the command line. */
export interface World {
  readonly cwd: string;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** Runs the command line and returns the exit code; never throws, never exits. */
export async function main(args: readonly string[], world: World): Promise<number> {
  let chosen: Chosen | undefined;
  const program = createProgram(world, (found) => {
    chosen = found;
  });
  try {
    await program.parseAsync(withinGroup(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.success;
    const json = args.includes('--json');
    // Help was asked for by naming no command; it has been printed.
    if (error.code === 'commander.help') return EXIT.usage;
    return fail(world, args[0] ?? '', [{ message: messageOf(error) }], { json, hint: HINT });
  }
  if (!chosen) return EXIT.success;
  const { command, json } = chosen;
  try {
    return await runCommand(chosen, world);
  } catch (error) {
    if (error instanceof AppError) return fail(world, command.id, error.problems, { json });
    const message = error instanceof Error ? error.message : String(error);
    if (json) await writeError(world, command.id, [{ message }]);
    world.stderr.write(
      `This is a bug in mlops-action; please report it.\n${printableLines(error instanceof Error ? (error.stack ?? '') : String(error))}\n`,
    );
    return EXIT.internal;
  }
}

/** `help runs list` as the parser knows it: `runs help list`. */
function withinGroup(args: readonly string[]): string[] {
  const [first, group = '', ...rest] = args;
  const isOfGroup = first === 'help' && Object.hasOwn(commandGroups, group);
  return isOfGroup ? [group, 'help', ...rest] : [...args];
}

async function runCommand({ command, given, json, quiet, verbose }: Chosen, world: World): Promise<number> {
  const options = checkOptions(command, given, (name) =>
    command.arguments.includes(name) ? `<${name}>` : `--${name}`,
  );
  const work = await command.load();
  // What a command needs is loaded when it is called: `mlops --help` needs none of it.
  const { openLaptop } = await import(/* webpackMode: "eager" */ './laptop.ts');
  const log = createTerminalLog(world.stderr, { quiet, verbose });
  const config = typeof options.config === 'string' ? options.config : DEFAULT_CONFIG;
  const ports = openLaptop(config, { cwd: world.cwd, log });
  try {
    const outcome = await work.run(ports, options);
    if (json) {
      const { documentOf } = await import(/* webpackMode: "eager" */ '../core/commands/document.ts');
      writeJson(world, documentOf(command.id, work, outcome));
    } else {
      const text = work.terminal(outcome);
      // A file or a pipe gets a table as it is.
      world.stdout.write(world.stdout.isTTY ? printableLines(text) : text);
      const next = work.next?.(outcome);
      if (next !== undefined) log.info(`next: ${next}`);
    }
    return outcome.judgement?.exitCode ?? (outcome.isInterrupted ? EXIT.interrupted : EXIT.success);
  } finally {
    await ports.close();
  }
}

/** Prints a user error. */
async function fail(
  world: World,
  command: string,
  problems: readonly Problem[],
  { json, hint }: { readonly json: boolean; readonly hint?: string },
): Promise<number> {
  if (json) await writeError(world, command, problems);
  const lines = problems.map((problem) => `error: ${formatProblem(problem)}`);
  world.stderr.write(`${printableLines([...lines, ...(hint === undefined ? [] : [hint])].join('\n'))}\n`);
  return EXIT.usage;
}

/** The parser's message in our form: `unknown option '--modle'; did you mean "--model"?` */
function messageOf({ message }: CommanderError): string {
  return message.replace(/^error: /, '').replace(/\n\(Did you mean (.+)\?\)/, '; did you mean "$1"?');
}

async function writeError(world: World, command: string, problems: readonly Problem[]): Promise<void> {
  const { errorDocument } = await import(/* webpackMode: "eager" */ '../core/commands/document.ts');
  writeJson(world, errorDocument(command, problems));
}

/** The one document of `--json`, and nothing else on standard output. */
function writeJson({ stdout }: World, document: object): void {
  stdout.write(`${printableJson(JSON.stringify(document, null, 2))}\n`);
}
