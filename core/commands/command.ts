import type { z } from 'zod';
import type { Plugin } from '../registry/registry.ts';
import type { Charts } from '../report/html/charts.ts';
import type { Report } from '../report/report-schema.ts';
import type { Markdown } from '../report/to-markdown.ts';
import type { Judgement } from './judgement.ts';
import type { CommandPorts } from './ports.ts';

/** Where a command can be asked for: the command line, the Action's input `command`. */
type Door = 'cli' | 'action';

/** What came of a command. */
export interface Outcome<Result> {
  /** Stands under `result` in the `--json` document. */
  readonly result: Result;
  /** Of a command that judged; absent where there was nothing to judge. */
  readonly judgement?: Judgement;
  readonly report?: Report;
  /** It was asked to end, and did before its work was done. */
  readonly isInterrupted?: boolean;
  /** What the HTML report draws beside it. */
  readonly charts?: Charts;
  /** Paths written, as a person would name them. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

/** What a command does, and how its result is shown. Pure apart from the ports. */
export interface Work<Options, Result> {
  readonly result: z.ZodType<Result>;
  /** @throws AppError for user errors. */
  run(ports: CommandPorts, options: Options): Promise<Outcome<Result>>;
  /** What a terminal shows; ends with a line break, or is empty. */
  terminal(outcome: Outcome<Result>): string;
  /** What the job's summary shows; without it a job shows what a terminal would. `page`: where the HTML report can be opened. */
  markdown?(outcome: Outcome<Result>, page?: string): Markdown;
  /** The command that a person is likely to want next. */
  next?(outcome: Outcome<Result>): string | undefined;
}

/**
 * A command, the same for every door. Doors derive from it: flags and help, inputs of the Action, the reference, the `--json`
 * document. What it takes to offer a command is here; its work is loaded when it is called for.
 */
export interface Command extends Plugin {
  readonly doors: readonly Door[];
  /** A boolean is a switch, a list may be given several times (in the Action: one per line). */
  readonly options: z.ZodObject;
  /** The options that the command line takes without a flag, in this order. Other doors do not have them. */
  readonly arguments: readonly string[];
  /** What help says beyond the options. */
  readonly notes: readonly string[];
  /** Command lines worth knowing, with what each is for. The first that uses an option is shown to who forgot it. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  load(): Promise<Work<Record<string, unknown>, unknown>>;
}

/** What a command's file holds. Schemas are functions, so that a command line starts without building those of all commands. */
interface Definition<Id extends string, Options extends z.ZodObject, Result> {
  readonly id: Id;
  readonly summary: string;
  readonly doors: readonly [Door, ...Door[]];
  readonly options: () => Options;
  readonly arguments?: readonly (keyof z.infer<Options> & string)[];
  readonly notes?: () => Command['notes'];
  readonly examples: Command['examples'];
  readonly load: () => Promise<Work<z.infer<Options>, Result>>;
}

/** Writes a command with typed options as one of uniform type. */
export function defineCommand<const Id extends string, Options extends z.ZodObject, Result>(
  definition: Definition<Id, Options, Result>,
): Command & { readonly id: Id } {
  const { id, summary, doors, examples } = definition;
  let options: Options | undefined;
  return {
    id,
    summary,
    doors,
    examples,
    get options() {
      options ??= definition.options();
      return options;
    },
    arguments: definition.arguments ?? [],
    get notes() {
      return definition.notes?.() ?? [];
    },
    load: definition.load as unknown as Command['load'],
  };
}
