import { CommanderError } from 'commander';
import type { z } from 'zod';
import { EXIT } from '../core/comparison/outcome.ts';
import { AppError, ConfigError, formatProblem, type Problem } from '../core/errors/app-error.ts';
import { type Document, documentSchema } from './document.ts';
import { type Chosen, createProgram, offered } from './program.ts';
import { runCommand } from './run-command.ts';
import { createTerminalLog, type Stream } from './terminal-log.ts';
import type { Answer } from './tool.ts';
import { tools } from './tools/index.ts';

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
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.success;
    const message = error.message.replace(/^error: /, '');
    if (args.includes('--json')) await writeDocument(world, args[0] ?? '', 'error', { errors: [{ message }] });
    return EXIT.usage;
  }
  if (!chosen) return EXIT.success;
  const { id } = chosen;
  const { json, quiet } = chosen.options;
  const log = createTerminalLog(world.stderr, quiet === true);
  try {
    const options = checkedOptions(id, offered.find((each) => each.id === id)!.options, chosen.options);
    const place = { cwd: world.cwd, log };
    const answer = tools.has(id) ? await tools.get(id).run(options, place) : await runCommand(id, options, place);
    if (json) await writeDocument(world, id, answer.failed ? 'fail' : (answer.verdict?.outcome ?? 'done'), answer);
    else world.stdout.write(answer.text);
    return answer.failed ? EXIT.stopped : EXIT.success;
  } catch (error) {
    const user = error instanceof AppError;
    const problems = user ? error.problems : [{ message: error instanceof Error ? error.message : String(error) }];
    if (json) await writeDocument(world, id, 'error', { errors: problems });
    if (user) world.stderr.write(`${problems.map((problem) => `error: ${formatProblem(problem)}`).join('\n')}\n`);
    else
      world.stderr.write(
        `This is a bug in mlops-action; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
      );
    return user ? EXIT.usage : EXIT.internal;
  }
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

/** The one document of `--json`, checked before it is printed. */
async function writeDocument(
  { stdout }: World,
  command: string,
  status: Document['status'],
  found: Partial<Answer> & { readonly errors?: readonly Problem[] },
): Promise<void> {
  const { text: _, failed: _failed, runs = [], verdict, files = [], warnings = [], errors = [], ...more } = found;
  const document = documentSchema.parse({
    schema: 1,
    command,
    status,
    runs: typeof runs === 'function' ? await runs() : runs,
    verdicts: verdict ? [verdict] : [],
    files,
    warnings,
    errors,
    ...more,
  });
  stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
