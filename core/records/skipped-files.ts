/** A file that could not be read as what it should be. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** Files that a warning names. */
const NAMED = 3;

/** How many files of a place were skipped, the first of them, and what to do; nothing where none was. */
export function skippedWarnings(place: string, skipped: readonly SkippedFile[]): string[] {
  if (skipped.length === 0) return [];
  const named = skipped.slice(0, NAMED).map(({ path, reason }) => `${path} (${reason})`);
  const more = skipped.length > NAMED ? `, and ${skipped.length - NAMED} more` : '';
  const files = skipped.length === 1 ? '1 file was' : `${skipped.length} files were`;
  const advice = [
    skipped.some(({ reason }) => !isNewer(reason)) ? 'restore or delete what is damaged' : '',
    skipped.some(({ reason }) => isNewer(reason)) ? 'use a later version of mlops-action for what is newer' : '',
  ];
  return [`${place}: ${files} skipped: ${named.join(', ')}${more}; ${advice.filter(Boolean).join(', and ')}`];
}

function isNewer(reason: string): boolean {
  return /newer (schema|version)/.test(reason);
}
