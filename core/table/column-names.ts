/** The name of a column without one, as pandas gives it. */
const UNNAMED = /^Unnamed: \d+$/;

/**
 * The names of a header, where a column without one gets its position as pandas has it: `Unnamed: 0`.
 *
 * @returns also the names that were given here.
 */
export function columnNames(header: readonly string[]): {
  readonly names: readonly string[];
  readonly unnamed: readonly string[];
} {
  const names = header.map((name, index) => (name === '' ? `Unnamed: ${index}` : name));
  return { names, unnamed: names.filter((_, index) => header[index] === '') };
}

/** Whether a column had no name when pandas or this reader met it: the index of a data frame, as a rule. */
export function isUnnamed(name: string): boolean {
  return UNNAMED.test(name);
}
