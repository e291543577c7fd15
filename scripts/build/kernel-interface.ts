const FUNCTION =
  /\/\*\*\n\s*\* (?<path>\S+)\n[^/]*?\*\/\s*export function (?<name>\w+)\((?<parameters>.*)\): (?<result>\w+);/g;
const GLOBAL =
  /\/\*\* (?<path>\S+) \*\/\s*export const (?<name>\w+): \{\s*\/\*\* @type `\w+` \*\/\s*get value\(\): (?<result>\w+);/g;

/**
 * The TypeScript interface of what a kernel exports, from the declarations that the AssemblyScript compiler writes.
 *
 * @throws Error for an export whose parameters or result are not numbers, which JavaScript would get in another form.
 */
export function kernelInterface(
  kernel: string,
  declarations: string,
): { readonly name: string; readonly text: string } {
  const members = new Map<string, string[]>();
  const add = (path: string, types: readonly string[], line: string) => {
    const odd = types.find((type) => type !== 'number' && type !== 'void');
    if (odd !== undefined) throw new Error(`kernel ${kernel} exports a ${odd}, not a number: ${line.trim()}`);
    const file = `${path.split('/').at(-2)}.ts`;
    members.set(file, [...(members.get(file) ?? []), line]);
  };
  for (const { groups } of declarations.matchAll(GLOBAL)) {
    const { path, name, result } = groups as Record<'path' | 'name' | 'result', string>;
    add(path, [result], `  readonly ${name}: WebAssembly.Global;`);
  }
  for (const { groups } of declarations.matchAll(FUNCTION)) {
    const { path, name, parameters, result } = groups as Record<'path' | 'name' | 'parameters' | 'result', string>;
    const types = parameters === '' ? [] : parameters.split(', ').map((parameter) => parameter.split(': ')[1]!);
    add(path, [...types, result], `  ${name}(${parameters}): ${result};`);
  }
  const name = `${kernel[0]!.toUpperCase()}${kernel.slice(1)}Kernel`;
  return {
    name,
    text: [
      '/** What the kernel exports, by the file of `assembly/` that defines it. */',
      `export interface ${name} {`,
      ...[...members].flatMap(([file, lines]) => [`  // ${file}`, ...lines]),
      '}',
    ].join('\n'),
  };
}
