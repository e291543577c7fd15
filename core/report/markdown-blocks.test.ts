import { describe, expect, it } from 'vitest';
import { lintFile } from '../../test/lint-file.ts';
import { code, sentence, text } from './fragments.ts';
import { bullets, fold, markdown, table, verbatim } from './markdown-blocks.ts';
import type { Markdown } from './to-markdown.ts';

describe('markdown', () => {
  it('escapes sentences and keeps Markdown as it is', () => {
    const inner = markdown`**b** ${sentence`${'<c>'}`}`;
    expect(markdown`### ${[text('*a*')]}\n\n${inner}`).toBe('### \\*a\\*\n\n**b** \\<c>');
  });

  it('takes no string, for a string may be foreign', () => {
    const name: string = '<h1>';
    // @ts-expect-error a string is neither a sentence nor Markdown
    markdown`${name}`;
    // @ts-expect-error
    fold([text('title')], name);
    // @ts-expect-error
    table([[name]], ['l']);
    // @ts-expect-error
    bullets([name]);
    // @ts-expect-error
    const section: Markdown = `### ${name}`;
    expect(section).toBe('### <h1>');
  });
});

it.each([
  ['</summary><h1>x', '<code>&lt;/summary&gt;&lt;h1&gt;x</code>'],
  ['`a`', '<code>`a`</code>'],
  ['*a* &amp; @team', '<code>*a* &amp;amp; @team</code>'],
  ['a\n\n# b', '<code>a # b</code>'],
])('fold has a name in its title as it is: %j', (name, title) => {
  expect(fold([text('target '), code(name)], markdown`body`)).toBe(
    `<details><summary>target ${title}</summary>\n\nbody\n\n</details>`,
  );
});

describe('verbatim', () => {
  it.each([
    ['plain text', 'a\n  b\n', '````\na\n  b\n````\n'],
    ['text without a line break at its end', 'a', '````\na\n````\n'],
    ['text that would end the block', 'a\n`````\n<h1>@team', '``````\na\n`````\n<h1>@team\n``````\n'],
    ['colours', '\u001b[31mred', '````\n␛[31mred\n````\n'],
  ])('shows %s', (_, given, shown) => expect(verbatim(given)).toBe(shown));
});

describe('the linter', () => {
  it.each([
    ['core/report', 'a string said to be Markdown', 'export const f = (name: string) => name.trim() as Markdown;\n'],
    ['core/report', 'the same by detour', 'export const f = (name: string) => name as unknown as Markdown;\n'],
    ['action', 'the same outside of the report', 'export const f = (name: string) => name as Markdown;\n'],
    ['github', 'the same before the string', 'export const f = (name: string) => <Markdown>name;\n'],
    [
      'core/report',
      'a table of cells that are not escaped',
      "import Table from 'cli-table3';\nexport const a = new Table();\n",
    ],
    [
      'core/report',
      'the same for Markdown',
      "import { markdownTable } from 'markdown-table';\nexport const a = markdownTable([]);\n",
    ],
    ['action', 'a line that can be a command to the runner', 'export const f = (name: string) => core.info(name);\n'],
    ['action', 'a summary that is not escaped', 'export const f = (name: string) => core.summary.addRaw(name);\n'],
    ['core/commands', 'output past the log', 'export const f = (name: string) => console.log(name);\n'],
    ['cli', 'the same by the stream', 'export const f = (name: string) => process.stderr.write(name);\n'],
    [
      'github',
      'a comment of a string',
      'export const f = (o: Client, body: string) => o.rest.issues.createComment({ body });\n',
    ],
  ])('refuses in %s %s', (folder, _, source) => {
    expect(lintFile(`${folder}/example.ts`, source)).toMatch(/foreign text/i);
  });

  it('accepts what goes through the escaping', () => {
    const source = 'export const f = (name: string): Markdown => toMarkdown([code(name)]);\n';
    expect(lintFile('core/report/example.ts', source)).not.toMatch(/foreign text/i);
  });
});
