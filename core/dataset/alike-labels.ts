import type { Target } from './target.ts';

/** What is rarely meant to make a difference: blanks and marks that a line of text may end with. Signs and comparisons are. */
const MARKS = /[\s_.,;:'"`´’!?]/g;

/** Warns about classes that differ only in case, blanks or punctuation, such as `ckd` and `ckd\t`, or `>50K` and `>50K.`. */
export function alikeLabelWarnings({ classes, values }: Target, name: string): string[] {
  const alike = alikeLabels(classes, (label) => (/\p{L}/u.test(label) ? label.toLowerCase().replace(MARKS, '') : null));
  const rowsOf = (label: string) => values.reduce((n, k) => n + Number(classes[k] === label), 0);
  return alike.map((labels) => {
    const counted = labels.map((label) => `${JSON.stringify(label)} (${rowsOf(label)})`);
    return `the target "${name}" has classes that differ only in case, blanks or punctuation: ${counted.join(', ')}; write them alike, or models learn them as different`;
  });
}

/**
 * Groups of labels of which the same is left.
 *
 * @param bare what is left of a label; null: it is in no group.
 */
export function alikeLabels(labels: readonly string[], bare: (label: string) => string | null): string[][] {
  const groups = new Map<string, string[]>();
  for (const label of labels) {
    const left = bare(label);
    if (left !== null) groups.set(left, [...(groups.get(left) ?? []), label]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
