/** The name of a column without one, as pandas gives it. */
const UNNAMED = /^Unnamed: \d+(\.\d+)?$/;

/**
 * The names of a header, where a column without one gets its position as pandas has it: `Unnamed: 0`. A data frame that was saved with its
 * index twice has that name already; then it is `Unnamed: 0.1`.
 *
 * @returns also the names that were given here.
 */
export function columnNames(header: readonly string[]): {
  readonly names: readonly string[];
  readonly unnamed: readonly string[];
} {
  const names = header.map((name, index) => (name === '' ? unnamed(index, header) : name));
  return { names, unnamed: names.filter((_, index) => header[index] === '') };
}

function unnamed(index: number, header: readonly string[]): string {
  const name = `Unnamed: ${index}`;
  if (!header.includes(name)) return name;
  let copy = 1;
  while (header.includes(`${name}.${copy}`)) copy++;
  return `${name}.${copy}`;
}

/** Whether a column had no name when pandas or this reader met it: the index of a data frame, as a rule. */
export function isUnnamed(name: string): boolean {
  return UNNAMED.test(name);
}
