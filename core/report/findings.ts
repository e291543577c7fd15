import { printable } from './printable.ts';

/** What the data check found, for a terminal: each finding, and what to do. */
export function renderFindings(
  findings: readonly { readonly message: string; readonly next: string | null }[],
): string[] {
  return findings.flatMap(({ message, next }) => [
    `- ${printable(message)}`,
    ...(next === null ? [] : [`  next: ${printable(next)}`]),
  ]);
}
