/** Names shown before the rest is only counted. */
const MOST_SHOWN = 10;

/**
 * Names in quotes for a message; of a long list the first ten and how many more there are.
 *
 * @example
 * listNames(['age', 'plan']) // '"age", "plan"'
 */
export function listNames(names: readonly string[]): string {
  return shorten(names.map((name) => `"${name}"`));
}

/** Items for a message, separated by commas; of a long list the first ten and how many more there are. */
export function shorten(items: readonly string[]): string {
  const shown = items.slice(0, MOST_SHOWN).join(', ');
  return items.length <= MOST_SHOWN ? shown : `${shown} and ${items.length - MOST_SHOWN} more`;
}
