import type { ProjectFiles } from '../../ports/project-files.ts';
import type { Report } from '../report-schema.ts';
import type { Charts } from './charts.ts';

/** Writes the HTML report and gives its path. What makes the page is loaded when there is one to make. */
export async function writePage(
  { write }: Pick<ProjectFiles, 'write'>,
  path: string,
  { report, charts }: { readonly report: Report; readonly charts: Charts },
): Promise<string> {
  const { renderPage } = await import(/* webpackMode: "eager" */ './page.ts');
  await write(path, await renderPage(report, charts));
  return path;
}
