import type { DatasetDrift } from '../drift/drift-result.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import { formatDrift } from './drift-file.ts';
import { renderDriftMarkdown } from './drift-markdown.ts';

/** Writes `drift.json` and `drift.md` into a folder, and gives their paths. */
export async function writeDrift(
  { write }: Pick<ProjectFiles, 'write'>,
  datasets: readonly DatasetDrift[],
  folder: string,
): Promise<string[]> {
  const at = folder.replace(/\/+$/, '');
  const [json, markdown] = [`${at}/drift.json`, `${at}/drift.md`];
  await write(json, formatDrift(datasets));
  await write(markdown, renderDriftMarkdown(datasets));
  return [json, markdown];
}
