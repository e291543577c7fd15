import { isMap, isScalar, type YAMLMap } from 'yaml';

/**
 * The text of a YAML file with `value` at a path below a map. Everything else stays as it is, comments and layout included. Undefined
 * where something else than a map stands on the way.
 *
 * @param value YAML that fits into one line.
 */
export function withValueAt(
  text: string,
  map: YAMLMap,
  [key, ...rest]: readonly string[],
  value: string,
): string | undefined {
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  if (!pair) return insert(text, map, `${key}: ${nested(rest, value)}`);
  const found = pair.value;
  if (isMap(found) && rest.length > 0) return withValueAt(text, found, rest, value);
  if (!isScalar(found) || !found.range || (rest.length > 0 && found.value !== null)) return undefined;
  const [start, end] = found.range;
  const space = text[start - 1] === ':' ? ' ' : '';
  return `${text.slice(0, start)}${space}${nested(rest, value)}${text.slice(end)}`;
}

function nested(path: readonly string[], value: string): string {
  return path.reduceRight((inner, key) => `{ ${key}: ${inner} }`, value);
}

/** Adds an entry after the last one of a map. */
function insert(text: string, map: YAMLMap, entry: string): string | undefined {
  const [start, end] = map.range!;
  if (map.flow) {
    const closing = text.lastIndexOf('}', end - 1);
    const body = text.slice(start + 1, closing).trimEnd();
    return `${text.slice(0, start + 1)}${body === '' ? ' ' : `${body}, `}${entry} ${text.slice(closing)}`;
  }
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const before = text.slice(0, end).trimEnd();
  return `${before}\n${indent}${entry}${text.slice(before.length)}`;
}
