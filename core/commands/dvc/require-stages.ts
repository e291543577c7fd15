import { parse } from 'yaml';
import { ConfigError } from '../../errors/app-error.ts';
import type { Stage } from './stages.ts';
import { withStages } from './write-stages.ts';

/**
 * Requires that `dvc.yaml` has these stages, and no others of ours. How they call mlops does not count.
 *
 * @param text of the file; undefined: there is none.
 * @throws ConfigError that names those that differ; as `withStages`.
 */
export function requireStages(text: string | undefined, file: string, stages: ReadonlyMap<string, Stage>): void {
  const expected = ours(withStages(text, file, stages));
  const found = text === undefined ? {} : ours(text);
  const names = [...new Set([...Object.keys(found), ...Object.keys(expected)])];
  const differ = names.filter((name) => found[name] !== expected[name]);
  if (differ.length === 0) return;
  throw new ConfigError({
    file,
    message: 'does not fit the project file any more: a dataset, a model, a key or a file came or went',
    found: `other stages than there should be: ${differ.join(', ')}`,
    next: 'run `mlops dvc`, then `dvc repro` again',
  });
}

/** Our stages by name, as text, without their commands. */
function ours(text: string): Record<string, string> {
  const { stages = {} } = (parse(text) ?? {}) as { stages?: Record<string, Stage> | null };
  const own = Object.entries(stages ?? {}).filter(([, stage]) => stage?.meta?.mlops === true);
  return Object.fromEntries(own.map(([name, { cmd: _, ...rest }]) => [name, JSON.stringify(rest)]));
}
