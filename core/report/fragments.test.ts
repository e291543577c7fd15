import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { code, join, link, number, prose, type Sentence, sentence, strong, text } from './fragments.ts';
import { table } from './markdown-blocks.ts';
import { signed } from './numbers.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';
import { toTerminal } from './to-terminal.ts';

const render = (markdown: string) =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
/** HTML as a reader sees it: without tags, entities decoded, without the marks that keep mentions apart. */
const seen = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name as 'amp']!,
    )
    .replaceAll('\u200b', '')
    .trim();

const drop = sentence`${code('churn')} roc_auc dropped by ${number(0.01234)} (${number(-0.5, signed)}, ${strong(text('p < .001'))})`;

describe('a sentence', () => {
  it.each<[string, Sentence, string, string, string]>([
    [
      'of words, names and numbers',
      drop,
      '`churn` roc_auc dropped by 0.0123 (−0.5000, **p < .001**)',
      'churn roc_auc dropped by 0.0123 (−0.5000, p < .001)',
      '<code>churn</code> roc_auc dropped by 0.0123 (−0.5000, <strong>p &lt; .001</strong>)',
    ],
    [
      'with a link',
      sentence`see the ${link('https://github.com/o/r/actions/runs/1?a=1&b="', text('run'))}`,
      'see the [run](https://github.com/o/r/actions/runs/1?a=1&b=%22)',
      'see the run (https://github.com/o/r/actions/runs/1?a=1&b=")',
      'see the <a href="https://github.com/o/r/actions/runs/1?a=1&amp;b=%22">run</a>',
    ],
    [
      'of foreign text, which stays text',
      [text('<b> @team fixes #42 *now* [x](y) a_b _c_ `d` &amp; ~~e~~')],
      '\\<b> @\u200bteam fixes #\u200b42 \\*now\\* \\[x\\](y) a_b \\_c\\_ \\`d\\` \\&amp; \\~\\~e\\~\\~',
      '<b> @team fixes #42 *now* [x](y) a_b _c_ `d` &amp; ~~e~~',
      '&lt;b&gt; @\u200bteam fixes #\u200b42 *now* [x](y) a_b _c_ `d` &amp;amp; ~~e~~',
    ],
    [
      'of a path, which reads as it is',
      [code('data/churn_data.csv')],
      '`data/churn_data.csv`',
      'data/churn_data.csv',
      '<code>data/churn_data.csv</code>',
    ],
    ['of a name with backquotes', [code('a`b')], '``a`b``', 'a`b', '<code>a`b</code>'],
    ['of a name that ends with one', [code('`')], '`` ` ``', '`', '<code>`</code>'],
    ['of no name', [code('')], '(empty)', '(empty)', '(empty)'],
    [
      'with control characters, which are shown',
      sentence`${'a\n\u202eb\u001b[31m'} ${code('c\td\0\u200b')}`,
      'a \\<U+202E>b␛\\[31m `c d␀<U+200B>`',
      'a <U+202E>b␛[31m c d␀<U+200B>',
      'a &lt;U+202E&gt;b␛[31m <code>c d␀&lt;U+200B&gt;</code>',
    ],
    [
      'of references, which stay text',
      [text('org/repo#1 GH-1 a@b.org 0123456789abcdef https://github.com/o/r/pull/1 www.a.org')],
      'org/repo#\u200b1 GH-\u200b1 a@\u200bb.org 012345\u200b6789ab\u200bcdef https:\u200b//github.com/o/r/pull/1 www\u200b.a.org',
      'org/repo#1 GH-1 a@b.org 0123456789abcdef https://github.com/o/r/pull/1 www.a.org',
      'org/repo#\u200b1 GH-\u200b1 a@\u200bb.org 012345\u200b6789ab\u200bcdef https:\u200b//github.com/o/r/pull/1 www\u200b.a.org',
    ],
    [
      'whose texts make a reference together',
      sentence`${'@'}${'team'} ${'#'}${'1'}`,
      '@\u200bteam #\u200b1',
      '@team #1',
      '@\u200bteam #\u200b1',
    ],
    ['that begins as a list would', [text('- 1. a')], '\\- 1. a', '- 1. a', '- 1. a'],
    ['of two names that touch', [code('a`b'), code('c')], '``a`b``\u200b`c`', 'a`bc', '<code>a`b</code><code>c</code>'],
    [
      'with a link that is no web address',
      [link('javascript:alert(1)', text('run'))],
      'run',
      'run (javascript:alert(1))',
      'run',
    ],
    [
      'of a name that is a comment',
      [code('<!-- a -->')],
      '<code>&#60;&#33;&#45;&#45; a &#45;&#45;&#62;</code>',
      '<!-- a -->',
      '<code>&lt;!-- a --&gt;</code>',
    ],
    ['of no number', [number(null), text(' '), number(Number.NaN)], '— —', '— —', '— —'],
    [
      'that is a message',
      prose('run `mlops init` in a_b'),
      'run `mlops init` in a_b',
      'run mlops init in a_b',
      'run <code>mlops init</code> in a_b',
    ],
    [
      'that is joined',
      join([code('a'), [text('b')], code('c')], ', '),
      '`a`, b, `c`',
      'a, b, c',
      '<code>a</code>, b, <code>c</code>',
    ],
  ])('%s', (_, fragments, markdown, terminal, html) => {
    expect(toMarkdown(fragments)).toBe(markdown);
    expect(toTerminal(fragments)).toBe(terminal);
    expect(toHtml(fragments)).toBe(html);
  });

  it('cuts a name that is longer than a line', () => {
    expect(toTerminal([code('x'.repeat(200))])).toBe(`${'x'.repeat(119)}…`);
  });

  const hostile = fc
    .array(
      fc.constantFrom(
        ...'\\`*_{}[]<>#|~@&!()"\'-+.:/ ab1é',
        '&amp;',
        '<b>',
        '](x)',
        '**',
        '__',
        '~~',
        '<!--',
        '@team',
        '#1',
        'a_b',
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join(''));

  it('is the same text to a reader of Markdown, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const fragments = sentence`x ${first} y ${code(second)} z`;
        const html = render(toMarkdown(fragments));
        expect(seen(html)).toBe(toTerminal(fragments));
        expect(html.replace(/<code>.*?<\/code>/g, '')).toMatch(/^<p>[^<>]*<\/p>$/);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same text in a cell of a table, and stays in it', () => {
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const fragments = sentence`x ${first} y ${code(second)} z`;
        const html = render(
          table(
            [
              [[text('a')], [text('b')]],
              [fragments, [text('end')]],
            ],
            ['l', 'r'],
          ),
        );
        const cells = [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => seen(cell!));
        expect(cells).toEqual([toTerminal(fragments), 'end']);
      }),
      { numRuns: 300 },
    );
  });

  it('shows GitHub no mention and no reference outside of code', () => {
    fc.assert(
      fc.property(hostile, (foreign) => {
        expect(toMarkdown(sentence`x ${foreign}`)).not.toMatch(/@[A-Za-z0-9]|#\d/);
      }),
    );
  });
});
