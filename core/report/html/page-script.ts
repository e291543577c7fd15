import { gunzip } from '../../table/gzip.ts';

/** The script of the page: ECharts, and what draws and sorts. Stored compressed, since only who writes a page needs it. */
export async function pageScript(): Promise<string> {
  const { PAGE_SCRIPT } = await import(/* webpackMode: "eager" */ './page-script.generated.ts');
  const bytes = Uint8Array.from(atob(PAGE_SCRIPT), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(await gunzip(bytes, 'page-script'));
}
