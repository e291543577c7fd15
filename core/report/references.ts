/** Keeps GitHub from seeing a reference, and is not seen itself. An entity would not do: GitHub decodes them before it looks. */
export const ZERO_WIDTH_SPACE = '\u200b';

/**
 * Text in which GitHub finds nothing to link: no mention, e-mail address, issue, pull request, commit or URL. Abbreviated commits
 * are as short as seven digits, so no more than six stay together.
 */
export function withoutReferences(text: string): string {
  return text
    .replace(/@|#(?=\d)|gh-(?=\d)|:(?=\/\/)|www(?=\.)/gi, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])/gi, (run) => run.replace(/.{6}(?=.)/g, `$&${ZERO_WIDTH_SPACE}`));
}
