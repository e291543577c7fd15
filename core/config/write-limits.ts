import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { ConfigError } from '../errors/app-error.ts';

/** A `max_drop` to be written into `mlops.yml`. */
export interface NewLimit {
  readonly dataset: string;
  readonly metric: string;
  readonly maxDrop: number;
}

/**
 * The text of the project file with these limits in it. Everything else stays as it is, comments and layout included.
 *
 * @throws ConfigError when a dataset is not a map of its own (an alias).
 */
export function withLimits(text: string, file: string, limits: readonly NewLimit[]): string {
  return limits.reduce((current, { dataset, metric, maxDrop }) => {
    const map = parseDocument(current).getIn(['datasets', dataset]);
    const edited = isMap(map) ? edit(current, map, ['gates', metric, 'max_drop'], String(maxDrop)) : undefined;
    if (edited !== undefined) return edited;
    throw new ConfigError({
      file,
      place: `datasets.${dataset}`,
      message: 'cannot be edited automatically: it is not a map of its own (it may be an alias)',
      next: `add the limit by hand: gates: { ${metric}: { max_drop: ${maxDrop} } }`,
    });
  }, text);
}

/** The text with `value` at a path below a map; undefined where something else stands on the way. */
function edit(text: string, map: YAMLMap, [key, ...rest]: readonly string[], value: string): string | undefined {
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  if (!pair) return insert(text, map, `${key}: ${nested(rest, value)}`);
  const found = pair.value;
  if (isMap(found) && rest.length > 0) return edit(text, found, rest, value);
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
