import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { aReportOfEverything, foreignStrings, hostileName, withStrings } from './hostile.fixture.ts';
import { COMMENT_BYTES, renderMarkdown, SUMMARY_BYTES } from './markdown.ts';
import { aDataset, aReport } from './report.fixture.ts';
import type { Report } from './report-schema.ts';
import { renderTerminal } from './terminal.ts';

/** Keys of strings that stand in prose. */
const IN_PROSE = [
  'notJudged',
  'why',
  'next',
  ...['message', 'place', 'found', 'allowed', 'next', 'notJudged', 'why', 'detail', 'because', 'at', 'warnings'],
  ...['metric', 'primaryMetric', 'written', 'version'],
];
const isKey = (name: string) => !/^\d+$/.test(name);

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Each has dozens of names. `npm run test:fuzz` tries more of them. */
const REPORTS = Number(process.env.HOSTILE_REPORTS ?? 6);

const MARKER = '<!-- mlops-action:report -->';
/** As GitHub's filters look for what they link, or wider. */
const FILTERS = {
  mention: /@[a-z0-9]/i,
  issue: /#\d/,
  'issue of the old form': /gh-\d/i,
  commit: /\b[0-9a-f]{7,40}\b/i,
  'e-mail address': /[\w.+-]+@[\w-]+\.\w/,
  URL: /https?:\/\/|www\.|\bftp:\/\//i,
};

/** The comment as the page has it: Markdown, then HTML, as GitHub reads them. */
function commentOf(report: Report) {
  const source = `${MARKER}\n${renderMarkdown(report, SUMMARY_BYTES)}`;
  const html = micromark(source, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return { source, nodes: parseFragment(html).childNodes };
}

/** Its elements with their attributes, without texts. Messages may hold code, so code counts as text. */
function structure(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.nodeName === '#comment') return `<!--${(node as DefaultTreeAdapterTypes.CommentNode).data}-->`;
      if (!('tagName' in node)) return '';
      const inner = structure(node.childNodes);
      const attributes = node.attrs.map(({ name, value }) => ` ${name}=${value}`).join('');
      return node.tagName === 'code' ? inner : `<${node.tagName}${attributes}>${inner}</${node.tagName}>\n`;
    })
    .join('');
}

function textsOutsideCode(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    if ('value' in node) return [node.value];
    if (!('tagName' in node) || node.tagName === 'code') return [];
    return textsOutsideCode(node.childNodes);
  });
}

const everything = aReportOfEverything();
const foreign = foreignStrings(everything);
const strings = [...new Set(foreign.values())];
const named = (names: readonly string[]) =>
  withStrings(everything, foreign, new Map(strings.map((text, i) => [text, names[i]!])));
const tame = named(strings.map((_, i) => `n${i}`));
const outcomes = ['pass', 'fail', 'inconclusive', 'not_comparable', 'first_run', 'error', null] as const;
const ending = (report: Report, outcome: (typeof outcomes)[number]): Report => ({
  ...report,
  verdict: outcome === null ? null : { ...report.verdict!, outcome },
});

const tameNodes = new Map(outcomes.map((each) => [each, commentOf(ending(tame, each)).nodes]));

const hostile = fc.uniqueArray(hostileName, { minLength: strings.length, maxLength: strings.length }).map(named);

describe('a report whose every foreign string is hostile', () => {
  it('is about all of them', () => {
    expect(strings).toEqual(expect.arrayContaining(['churn', 'Churn', 'random_forest', 'roc_auc', 'mallory', 'a.csv']));
    expect(strings.length).toBeGreaterThan(50);
  });

  it('has the elements, cells and headings of one with tame names, its marker once, and nothing to link outside of code', () => {
    const expected = new Map(outcomes.map((each) => [each, structure(tameNodes.get(each)!)]));
    fc.assert(
      fc.property(hostile, fc.constantFrom(...outcomes), (report, outcome) => {
        const { source, nodes } = commentOf(ending(report, outcome));
        expect(structure(nodes)).toBe(expected.get(outcome));
        expect(source.split(MARKER)).toHaveLength(2);
        expect(Buffer.byteLength(renderMarkdown(ending(report, outcome)))).toBeLessThanOrEqual(COMMENT_BYTES);
        for (const text of textsOutsideCode(nodes))
          for (const [what, filter] of Object.entries(FILTERS))
            if (filter.test(text)) throw new Error(`${what} in ${JSON.stringify(text)}`);
      }),
      { numRuns: REPORTS },
    );
  });

  it('has names in code alone: only messages, and words of ours that the schema leaves open, stand in prose', () => {
    const prose = new Set(
      [...foreign].filter(([place]) => IN_PROSE.includes(place.split('.').findLast(isKey)!)).map(([, text]) => text),
    );
    const texts = outcomes.flatMap((each) => textsOutsideCode(tameNodes.get(each)!)).join('\n');
    const found = strings.filter((text, i) => !prose.has(text) && new RegExp(`\\bn${i}\\b`).test(texts));
    expect(found).toEqual([]);
  });

  it('has the lines of one with tame names on a terminal, without a control character', () => {
    const expected = new Map(outcomes.map((each) => [each, renderTerminal(ending(tame, each)).split('\n').length]));
    fc.assert(
      fc.property(hostile, fc.constantFrom(...outcomes), (report, outcome) => {
        const text = renderTerminal(ending(report, outcome));
        expect(text).not.toMatch(/[^\P{C}\n\p{Cn}\p{Co}]/u);
        expect(text.split('\n')).toHaveLength(expected.get(outcome)!);
      }),
      { numRuns: REPORTS },
    );
  });
});

describe('a target in the title of its dataset', () => {
  it.each([
    ['</summary><h1>x', '</summary><h1>x'],
    ['`a`', '`a`'],
    ['&#64;team', '&#64;team'],
    ['a\n\n</details>', 'a </details>'],
    ['<!-- mlops-action:report -->', '<!-- mlops-action:report -->'],
    ['a\u202eb', 'a<U+202E>b'],
  ])('is shown as it is: %j', (target, shown) => {
    const { nodes } = commentOf(aReport({ datasets: [aDataset({ target })] }));
    expect(structure(nodes)).toBe(structure(commentOf(aReport({ datasets: [aDataset({ target: 'Churn' })] })).nodes));
    const summary = nodes.flatMap((node) =>
      node.nodeName === 'details' && 'childNodes' in node ? node.childNodes.slice(0, 1) : [],
    )[0] as DefaultTreeAdapterTypes.Element;
    const codes = summary.childNodes.filter(({ nodeName }) => nodeName === 'code') as DefaultTreeAdapterTypes.Element[];
    expect(codes.map(({ childNodes }) => (childNodes[0] as DefaultTreeAdapterTypes.TextNode).value)).toEqual([
      'churn',
      shown,
    ]);
  });
});
