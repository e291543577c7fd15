import { Option, Command as Parser } from 'commander';
import type { z } from 'zod';
import type { Command } from '../core/commands/command.ts';
import { commandGroups, commands, renamedCommands } from '../core/commands/index.ts';
import { optionKind } from '../core/commands/options.ts';
import { suggest } from '../core/registry/suggest.ts';
import { VERSION } from '../core/version.ts';
import type { Stream } from './terminal-log.ts';

/** A command line as it was understood: which command, and the values of its options and arguments. */
export interface Chosen {
  readonly command: Command;
  /** What was not given is absent. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** The commands of the command line. */
const offered = commands.all.filter(({ doors }) => doors.includes('cli'));

/** The parser of the command line; `choose` is told what was asked for. */
export function createProgram(
  streams: { readonly stdout: Stream; readonly stderr: Stream },
  choose: (chosen: Chosen) => void,
): Parser {
  const program = new Parser('mlops')
    .description('Reproducible training, tracked runs and a merge gate you can trust.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      // Errors are thrown, and printed by who catches them.
      outputError: () => {},
    });
  const parents = new Map<string, Parser>([['', program]]);
  for (const command of offered) {
    const [name, group = ''] = command.id.split(' ').reverse() as [string, string?];
    let parent = parents.get(group);
    if (!parent) {
      parent = program.command(group).description(commandGroups[group] ?? '');
      parent.addHelpText('after', () => examplesOf(offered.filter(({ id }) => id.startsWith(`${group} `))));
      parents.set(group, parent);
    }
    const parser = parent
      .command(name)
      .description(command.summary)
      .action(() => {});
    // Options are added to the command that is called, or that help is asked for: a start does not build those of all of them.
    let isComplete = false;
    const complete = () => {
      if (!isComplete) addOptions(parser, command, choose);
      isComplete = true;
    };
    parser.on('beforeHelp', complete);
    parent.hook('preSubcommand', (_, called) => {
      if (called === parser) complete();
    });
  }
  for (const [group, parent] of parents) {
    parent.on('command:*', ([unknown = '']: string[]) => parent.error(unknownCommand(group, unknown, parent)));
  }
  return program;
}

function unknownCommand(group: string, unknown: string, parent: Parser): string {
  const name = `${group} ${unknown}`.trim();
  const renamed = renamedCommands.get(name);
  if (renamed !== undefined) return `\`mlops ${name}\` is now called \`mlops ${renamed}\``;
  const names = parent.commands.map((command) => command.name());
  const near = suggest(unknown, names);
  return `unknown command "${name}"${near ? `; did you mean "${near}"?` : `; choose one of ${names.join(', ')}`}`;
}

function addOptions(parser: Parser, command: Command, choose: (chosen: Chosen) => void): void {
  const { options, arguments: positional, notes, examples } = command;
  const shape = options.shape as Record<string, z.ZodType>;
  for (const argument of positional) {
    // Whether one is missing is checked with the other options.
    parser.argument(`[${argument}]`, shape[argument]!.description);
  }
  for (const [option, schema] of Object.entries(shape)) {
    if (!positional.includes(option)) parser.addOption(flagOf(option, schema));
  }
  const usage = positional.map((name) => (shape[name]!.safeParse(undefined).success ? `[${name}]` : `<${name}>`));
  parser
    .usage(['[options]', ...usage].join(' '))
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .option('--quiet', 'print warnings only, no progress')
    .option('--verbose', 'print details for debugging: baselines considered, models skipped and why')
    .addHelpText('after', () => [...notes.map((note) => `\n${note}`), examplesOf([{ examples }])].join('\n'))
    .action((...values: unknown[]) => {
      const named = positional.flatMap((name, i) => (values[i] === undefined ? [] : [[name, values[i]]]));
      const { json, quiet, verbose, ...flags } = values[positional.length] as Record<string, unknown>;
      choose({
        command,
        given: { ...flags, ...Object.fromEntries(named) },
        json: json === true,
        quiet: quiet === true,
        verbose: verbose === true,
      });
    });
}

function examplesOf(all: readonly Pick<Command, 'examples'>[]): string {
  const lines = all.flatMap(({ examples }) => examples).flatMap(([line, purpose]) => [`  # ${purpose}`, `  ${line}`]);
  return ['', 'Examples:', ...lines].join('\n');
}

/** The flag of an option: a boolean is a switch, a list may be repeated. */
function flagOf(name: string, schema: z.ZodType): Option {
  const kind = optionKind(schema);
  if (kind === 'boolean') return new Option(`--${name}`, schema.description);
  const more = kind === 'array' ? ' May be repeated.' : '';
  const fallback = schema.safeParse(undefined).data;
  const byDefault = ['string', 'number'].includes(typeof fallback) ? ` Default: ${fallback}.` : '';
  const option = new Option(`--${name} <value>`, `${schema.description}${more}${byDefault}`);
  if (kind === 'array') option.argParser((value: string, list: string[] | undefined) => [...(list ?? []), value]);
  if (kind === 'number') option.argParser(numberOrText);
  return option;
}

/** What is no number stays as it is, to be shown in the message. */
function numberOrText(value: string): number | string {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? value : number;
}
