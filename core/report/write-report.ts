import type { ProjectFiles } from '../ports/project-files.ts';
import { renderMarkdown, SUMMARY_BYTES } from './markdown.ts';
import { formatReport } from './report-file.ts';
import type { Report } from './report-schema.ts';

/** Writes `report.json` and `report.md` and gives their paths. The door does it, once, where its reports belong. */
export async function writeReport(
  { write }: Pick<ProjectFiles, 'write'>,
  report: Report,
  folder: '' | `${string}/`,
): Promise<readonly string[]> {
  const [json, markdown] = [`${folder}report.json`, `${folder}report.md`];
  await write(json, formatReport(report));
  await write(markdown, renderMarkdown(report, SUMMARY_BYTES));
  return [json, markdown];
}
