import { Command, Option } from 'commander';
import type { z } from 'zod';
import { commands } from '../core/commands/index.ts';
import { optionKind } from '../core/commands/options.ts';
import { suggest } from '../core/registry/suggest.ts';
import { VERSION } from '../core/version.ts';
import type { Stream } from './terminal-log.ts';
import type { Tool } from './tool.ts';
import { groups, tools } from './tools/index.ts';

/** A command line as it was understood: which command, and the values of its options and arguments. */
export interface Chosen {
  readonly id: string;
  readonly options: Record<string, unknown>;
}

/** The commands of the pipeline that no tool of the same name takes the place of, then the tools. */
export const offered: readonly Pick<Tool, 'id' | 'summary' | 'options' | 'arguments' | 'notes' | 'examples'>[] = [
  ...commands.all
    .filter(({ id }) => !tools.has(id))
    .map((each) => ({ ...each, arguments: [], notes: [], examples: [] })),
  ...tools.all,
];

/** The parser of the command line, made of what there is; `choose` is told what was asked for. */
export function createProgram(
  streams: { readonly stdout: Stream; readonly stderr: Stream },
  choose: (chosen: Chosen) => void,
): Command {
  const program = new Command('mlops')
    .description('Reproducible training, tracked runs and a merge gate that can be believed.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    })
    .showHelpAfterError('(mlops --help lists the commands)');
  const parents = new Map<string, Command>([['', program]]);
  for (const each of offered) {
    const [name, group = ''] = each.id.split(' ').reverse() as [string, string?];
    let parent = parents.get(group);
    if (!parent) {
      parent = program.command(group).description(groups[group] ?? '');
      parent.showHelpAfterError(`(mlops ${group} --help lists the commands)`);
      parent.addHelpText('after', () => examplesOf(offered.filter(({ id }) => id.startsWith(`${group} `))));
      parents.set(group, parent);
    }
    addCommand(parent, name, each, choose);
  }
  for (const [group, parent] of parents) {
    parent.on('command:*', ([unknown = '']: string[]) => {
      const names = parent.commands.map((command) => command.name());
      const near = suggest(unknown, names);
      const hint = near ? `; did you mean "${near}"?` : `; there are ${names.join(', ')}`;
      parent.error(`error: unknown command "${`${group} ${unknown}`.trim()}"${hint}`);
    });
  }
  return program;
}

function addCommand(
  parent: Command,
  name: string,
  { id, summary, options, arguments: positional, notes, examples }: (typeof offered)[number],
  choose: (chosen: Chosen) => void,
): void {
  const shape = options.shape as Record<string, z.ZodType>;
  const command = parent.command(name).description(summary);
  for (const argument of positional) {
    const schema = shape[argument]!;
    command.argument(schema.safeParse(undefined).success ? `[${argument}]` : `<${argument}>`, schema.description);
  }
  for (const [option, schema] of Object.entries(shape)) {
    if (!positional.includes(option)) command.addOption(flagOf(option, schema));
  }
  command
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .option('--quiet', 'no progress, only warnings')
    .addHelpText('after', () => [...notes.map((note) => `\n${note}`), examplesOf([{ examples }])].join('\n'))
    .action((...given: unknown[]) => {
      const named = positional.flatMap((argument, i) => (given[i] === undefined ? [] : [[argument, given[i]]]));
      choose({ id, options: { ...(given[positional.length] as object), ...Object.fromEntries(named) } });
    });
}

function examplesOf(all: readonly Pick<Tool, 'examples'>[]): string {
  const examples = all.flatMap(({ examples: each }) => each);
  if (examples.length === 0) return '';
  return ['', 'Examples:', ...examples.flatMap(([line, purpose]) => [`  # ${purpose}`, `  ${line}`])].join('\n');
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
