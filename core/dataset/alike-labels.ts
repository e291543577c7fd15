import type { Target } from './target.ts';

/** What is rarely meant to make a difference: blanks and marks that a line of text may end with. Signs and comparisons are. */
const MARKS = /[\s_.,;:'"`´’!?]/g;

/** Warns about classes that differ only in case, blanks or punctuation, such as `ckd` and `ckd\t`, or `>50K` and `>50K.`. */
export function alikeLabelWarnings({ classes, values }: Target, name: string): string[] {
  const alike = new Map<string, string[]>();
  for (const label of classes) {
    if (!/\p{L}/u.test(label)) continue;
    const bare = label.toLowerCase().replace(MARKS, '');
    alike.set(bare, [...(alike.get(bare) ?? []), label]);
  }
  const rowsOf = (label: string) => values.reduce((n, k) => n + Number(classes[k] === label), 0);
  return [...alike.values()]
    .filter((labels) => labels.length > 1)
    .map((labels) => {
      const counted = labels.map((label) => `${JSON.stringify(label)} (${rowsOf(label)})`);
      return `the target "${name}" has classes that differ only in case, blanks or punctuation: ${counted.join(', ')}; write them alike, or models learn them as different`;
    });
}
