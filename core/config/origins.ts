import { type Document, isAlias, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { Override } from './overrides.ts';

/** Where a value comes from: `mlops.yml:12` or `--set`; undefined: a default. */
export type Origin = (path: readonly string[]) => string | undefined;

/**
 * Says where a value of the file comes from. A parameter of a dataset's model may come from the parameters of all.
 *
 * @param text a file that `parseProject` has accepted.
 */
export function originsOf(text: string, file: string, overrides: readonly Override[] = []): Origin {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const own: Origin = (path) => {
    const isSet = (within: (override: readonly string[]) => boolean) => overrides.some((each) => within(each.path));
    if (isSet((override) => override.every((step, i) => step === path[i]))) return '--set';
    const { depth, offset } = offsetOf(document, path);
    if (depth === path.length) return offset === undefined ? file : `${file}:${lines.linePos(offset).line}`;
    return isSet((override) => path.every((step, i) => step === override[i])) ? '--set' : undefined;
  };
  return (path) => own(path) ?? (path[0] === 'datasets' && path[2] === 'models' ? own(path.slice(2)) : undefined);
}

/** How many steps of a path the document has, and the offset of the key or item they end at. */
export function offsetOf(
  document: Document,
  path: readonly PropertyKey[],
): { readonly depth: number; readonly offset: number | undefined } {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const [depth, step] of path.entries()) {
    const source = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(source)
      ? source.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    if (!pair) return { depth, offset };
    offset = (pair.key as Node).range?.[0] ?? offset;
    node = pair.value;
  }
  return { depth: path.length, offset };
}
