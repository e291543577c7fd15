/** Folders that commands write and that belong in no commit. */
export const WRITTEN_FOLDERS = ['.mlops/', 'models/', 'metrics/', 'reports/'];

/**
 * A `.gitignore` that also ignores these folders. Every line that is there stays as it is.
 *
 * @param text of the file; undefined where there is none.
 * @returns the new text, and the lines it has in addition.
 */
export function ignoring(
  text: string | undefined,
  folders: readonly string[],
): { readonly text: string; readonly added: readonly string[] } {
  const before = text ?? '';
  const nameOf = (line: string) => line.trim().replace(/^\//, '').replace(/\/$/, '');
  const ignored = new Set(before.split('\n').map(nameOf));
  const added = folders.filter((folder) => !ignored.has(nameOf(folder)));
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const gap = before === '' || before.endsWith('\n') || added.length === 0 ? '' : end;
  return { text: before + gap + added.map((line) => line + end).join(''), added };
}
