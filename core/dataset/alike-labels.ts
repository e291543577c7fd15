import type { Target } from './target.ts';

/**
 * What is rarely meant to make a difference: blanks and marks, but not between two digits (`1.5 kg`), and a hyphen within words. Signs and
 * comparisons are.
 */
const MARKS = /(?<!\d)[\s_.,;:'"`´’!?]|[\s_.,;:'"`´’!?](?!\d)|(?<=\p{L})-(?=[\p{L}\d])/gu;

/**
 * Groups of labels that differ only in case, blanks or punctuation, such as `ckd` and `ckd\t`, or `>50K` and `>50K.`. Labels without a
 * letter are numbers and codes, of which every mark counts.
 */
export function alikeLabels(labels: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const label of labels) {
    if (!/\p{L}/u.test(label)) continue;
    const bare = label.toLowerCase().replace(MARKS, '');
    groups.set(bare, [...(groups.get(bare) ?? []), label]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Warns about classes that are alike. */
export function alikeLabelWarnings({ classes, values }: Target, name: string): string[] {
  const rowsOf = (label: string) => values.reduce((n, k) => n + Number(classes[k] === label), 0);
  return alikeLabels(classes).map((labels) => {
    const counted = labels.map((label) => `${JSON.stringify(label)} (${rowsOf(label)})`);
    return `the target "${name}" has classes that differ only in case, blanks or punctuation: ${counted.join(', ')}; write them alike, or models learn them as different`;
  });
}
