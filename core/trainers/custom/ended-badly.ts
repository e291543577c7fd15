import { TrainerError } from '../../errors/app-error.ts';
import type { CommandEnd } from '../../ports/process-runner.ts';

const MAX_COMMAND = 400;

/** What a command that did not end with 0 is for the user; undefined when it did. */
export function endedBadly(
  { end, stdout, stderr }: CommandEnd,
  context: { readonly place: string; readonly command: readonly string[]; readonly timeoutSeconds: number },
): TrainerError | undefined {
  const { place, command, timeoutSeconds } = context;
  const program = command[0]!;
  const line = commandLine(command);
  const said = lastLines(stdout, stderr);
  switch (end.kind) {
    case 'exit':
      if (end.code === 0) return undefined;
      return new TrainerError({
        place,
        message: `the command ended with exit code ${end.code}: ${line}`,
        found: said,
        next: 'fix the command; only exit code 0 counts as success',
      });
    case 'signal':
      return new TrainerError({
        place,
        message: `the command was stopped by ${end.signal}: ${line}`,
        found: said,
        next:
          end.signal === 'SIGKILL'
            ? 'check the memory: the system sends this signal when it runs out'
            : 'find out who sent the signal',
      });
    case 'timeout':
      return new TrainerError({
        place,
        message: `the command took longer than ${timeoutSeconds} s and was stopped: ${line}`,
        found: said,
        next: 'make it faster, or raise "timeout" (seconds for each fold) in mlops.yml',
      });
    case 'not_executable':
      return new TrainerError({
        place,
        message: `"${program}" is not executable`,
        found: end.looked,
        next: `make it executable (chmod +x ${program}), or name its interpreter first: [python, ${program}]`,
      });
    case 'not_found':
      return new TrainerError({
        place,
        message: `there is no program "${program}"`,
        found: end.looked,
        next: end.near === null ? installing(program) : `did you mean "${end.near}"? Otherwise ${installing(program)}`,
      });
  }
}

/** A command as people would type it, shortened. */
function commandLine(command: readonly string[]): string {
  const quoted = command.map((text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`));
  const line = quoted.join(' ').replace(/\s+/g, ' ');
  return line.length > MAX_COMMAND ? `${line.slice(0, MAX_COMMAND - 1)}…` : line;
}

function lastLines(stdout: string, stderr: string): string {
  const [from, text] = stderr.trim() === '' ? ['output', stdout] : ['standard error', stderr];
  if (text.trim() === '') return 'it printed nothing';
  return `its ${from} ends with\n${indented(text)}`;
}

/** Lines of another program, marked so that they cannot be taken for our own. */
export function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    | ${line}`)
    .join('\n');
}

function installing(program: string): string {
  if (/[\\/]/.test(program)) return 'correct the path: it is relative to the folder of mlops.yml';
  if (/^(python|pip)/.test(program))
    return 'install Python (in a workflow: actions/setup-python before this step), or give the path of an interpreter, such as .venv/bin/python';
  if (/^R(script)?$/.test(program)) return 'install R (in a workflow: r-lib/actions/setup-r before this step)';
  return 'install it, or give its path; there is no shell, so aliases and built-in commands are not known';
}
