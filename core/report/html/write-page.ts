import type { ProjectFiles } from '../../ports/project-files.ts';
import type { Report } from '../report-schema.ts';
import type { Charts } from './charts.ts';

const PAGE = 'comparison_report.html';

/** Writes the HTML report and gives its path. */
export async function writePage(
  { write }: Pick<ProjectFiles, 'write'>,
  { report, charts }: { readonly report: Report; readonly charts: Charts },
  folder: '' | `${string}/`,
): Promise<string> {
  const { renderPage } = await import(/* webpackMode: "eager" */ './page.ts');
  const path = `${folder}${PAGE}`;
  await write(path, await renderPage(report, charts));
  return path;
}
