import { DataError } from '../../errors/app-error.ts';
import type { ConfigProblem } from '../../errors/config-problem.ts';
import { sha256Hex } from '../../random/sha256.ts';
import { suggest } from '../../registry/suggest.ts';
import type { NamedFiles, Settings, Trainer } from '../trainer.ts';
import { BUILT_IN, fill, placeholdersOf, RESERVED } from './placeholders.ts';
import { type CustomSettings, customSchema, PARAM_NAME } from './settings.ts';
import { trainCustom } from './train-custom.ts';

const read = (settings: Settings) => settings as CustomSettings;
const byName = (params: CustomSettings['params']) => Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));

/** Any program in any language as a model: it runs on files that we write, once per fold and repeat. */
export const custom: Trainer & { readonly id: 'custom' } = {
  id: 'custom',
  summary: 'a command of your own in any language, run once per fold on files (custom-trainers.md)',
  tasks: ['regression', 'classification'],
  params: customSchema,
  isDefault: (written) => written != null && 'command' in written,
  resolve(layers) {
    const params = Object.assign({}, ...layers.map((layer) => (layer as CustomSettings | null | undefined)?.params));
    return customSchema.parse({ ...Object.assign({}, ...layers), params });
  },
  check: (settings) => problemsOf(read(settings)),
  tracked(settings) {
    const { command = [], params } = read(settings);
    return { command: JSON.stringify(command).slice(0, 6000), ...params };
  },
  repeats: (settings) => read(settings).repeats,
  async inputs(settings, files) {
    const { command = [], params, repeats, protocol, inputs } = read(settings);
    const named = await readAll(namedPaths(command, params), files);
    // Where nothing is listed the hash is what it was before files could be.
    const listed = inputs.length === 0 ? [] : [await readAll(await filesOf(inputs, files), files)];
    return [command, byName(params), repeats, protocol, named, ...listed];
  },
  inputFiles(settings) {
    const { command = [], params, inputs } = read(settings);
    return { paths: [...namedPaths(command, params), ...inputs], listed: inputs.length > 0 ? inputs : null };
  },
  prepare: (settings, context) => trainCustom(read(settings), context),
};

function problemsOf({ command, params }: CustomSettings): ConfigProblem[] {
  if (command === undefined) {
    return [
      {
        path: ['command'],
        message: 'is missing',
        allowed: 'a list of a program and its arguments',
        next: 'add it: command: [python, train.py]',
      },
    ];
  }
  const reserved = Object.keys(params).filter((name) => RESERVED.includes(name));
  const known = [...Object.keys(params), ...BUILT_IN];
  return [
    ...reserved.map((name) => ({
      path: ['params', name],
      message: `"${name}" is a reserved name`,
      allowed: `any name but ${RESERVED.join(', ')}`,
      next: 'give the parameter another name',
    })),
    ...command.flatMap((argument, i): ConfigProblem[] => {
      const names = placeholdersOf(argument);
      const path = ['command', i];
      const found = argument.slice(0, 100);
      if (names === undefined || names.some((name) => !PARAM_NAME.test(name)))
        return [{ path, message: 'has braces without a name in them', found, next: 'write {{ and }} for { and }' }];
      return names
        .filter((name) => !known.includes(name))
        .map((name) => {
          const near = suggest(name, known);
          return {
            path,
            message: `unknown placeholder {${name}}`,
            allowed: known.map((each) => `{${each}}`).join(', '),
            next: near ? `did you mean {${near}}?` : `add "${name}" to "params", or write {{${name}}} for braces`,
          };
        });
    }),
  ];
}

/** Paths of the project that arguments may name: `train.py`, `--config=model.toml`. */
function namedPaths(command: readonly string[], params: CustomSettings['params']): string[] {
  const values = new Map(Object.entries(params).map(([name, value]) => [name, String(value)]));
  const paths = command
    .filter((argument) => (placeholdersOf(argument) ?? []).every((name) => values.has(name)))
    .map((argument) => fill(argument, values))
    .flatMap((argument) => [argument, argument.slice(argument.indexOf('=') + 1)])
    .filter((path) => path !== '' && !/^([\\/]|[A-Za-z]:)|(^|[\\/])\.\.([\\/]|$)/.test(path));
  return [...new Set(paths)];
}

async function filesOf(patterns: readonly string[], files: NamedFiles): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) for (const path of await files.list(pattern)) found.add(path);
  return [...found].sort();
}

/** Path and SHA-256 of those that are there. */
async function readAll(paths: readonly string[], files: NamedFiles): Promise<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const path of paths) {
    if (!(await files.exists(path))) continue;
    try {
      found.push([path, sha256Hex(await files.read(path))]);
    } catch (error) {
      // A folder is not read; what is in it is not known to be used.
      if (!(error instanceof DataError)) throw error;
    }
  }
  return found;
}
