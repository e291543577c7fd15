import { isMap, parseDocument } from 'yaml';
import type { Stage } from './stages.ts';

/**
 * The text of `dvc.lock` without stages that ran with keys which they have no more: DVC does not take a key that is gone for a change, and
 * would keep what was made with it.
 *
 * @param text of the file that is there.
 */
export function forgetStages(text: string, stages: ReadonlyMap<string, Stage>): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  const gone = [...stages].filter(([name, { params = [] }]) => {
    const ran: unknown = document.getIn(['stages', name, 'params']);
    const recorded = isMap(ran) ? (ran.toJSON() as Record<string, object>) : {};
    const lacks = ([file, keys]: [string, readonly string[] | null]) =>
      keys !== null && Object.keys(recorded[file] ?? {}).some((key) => !keys.includes(key));
    return params.flatMap((files) => Object.entries(files)).some(lacks);
  });
  if (gone.length === 0) return text;
  for (const [name] of gone) document.deleteIn(['stages', name]);
  return document.toString({ lineWidth: 0 });
}
