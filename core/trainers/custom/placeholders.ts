/** What is put in place of `{name}`. Names of files are paths. */
export const BUILT_IN = [
  'train',
  'test',
  'predictions',
  'metrics',
  'model',
  'seed',
  'fold',
  'repeat',
  'dataset',
  'target',
  'task',
  'key',
] as const;

/** Names that a parameter must not have: the built-in ones, and what runs record beside parameters. */
export const RESERVED: readonly string[] = [...BUILT_IN, 'command'];

type Part = { readonly text: string } | { readonly name: string };

/**
 * An argument taken apart: text, and the names in single braces; `{{` and `}}` are braces.
 *
 * @returns undefined when a brace stands alone.
 */
function partsOf(argument: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  const token = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g;
  for (const [text, name] of argument.matchAll(token)) {
    if (name !== undefined) parts.push({ name });
    else if (text === '{' || text === '}') return undefined;
    else parts.push({ text: text === '{{' ? '{' : text === '}}' ? '}' : text });
  }
  return parts;
}

/** The names of an argument's placeholders; undefined when a brace stands alone. */
export function placeholdersOf(argument: string): readonly string[] | undefined {
  return partsOf(argument)?.flatMap((part) => ('name' in part ? part.name : []));
}

/** The argument with values in place of names. One argument stays one, whatever a value holds. */
export function fill(argument: string, values: ReadonlyMap<string, string>): string {
  return (partsOf(argument) ?? []).map((part) => ('name' in part ? values.get(part.name)! : part.text)).join('');
}
