import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { hostileName } from '../hostile.fixture.ts';
import { aDataset, aReport, aVerdict } from '../report.fixture.ts';
import { everyChart } from './charts.fixture.ts';
import type { Charts } from './charts.ts';
import { hostileReport, nHostileNames, reportWithNames, tameNames } from './hostile-report.fixture.ts';
import { renderPage } from './page.ts';
import { pageScript } from './page-script.ts';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

const NO_CHARTS: Charts = { datasets: [] };

/** Every element of a page, in order. */
function elements(nodes: readonly Node[]): Element[] {
  return nodes.flatMap((node) => ('tagName' in node ? [node, ...elements(node.childNodes)] : []));
}

const elementsOf = (page: string) => elements(parse(page).childNodes);
const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
const attribute = (element: Element, name: string) => element.attrs.find((each) => each.name === name)?.value;
/** Elements with their attributes. Messages may hold code, so code counts as text. */
const structure = (page: string) =>
  elementsOf(page)
    .filter(({ tagName }) => tagName !== 'code')
    .map(({ tagName, attrs }) => `${tagName} ${attrs.map(({ name, value }) => `${name}=${value}`).join(' ')}`);

describe('a page whose every name is hostile', () => {
  it('has the elements and attributes of one with tame names', async () => {
    const { report, charts } = reportWithNames(tameNames);
    const tame = structure(await renderPage(report, charts));
    const names = fc.uniqueArray(hostileName, { minLength: nHostileNames, maxLength: nHostileNames });
    await fc.assert(
      fc.asyncProperty(names, async (some) => {
        const hostile = reportWithNames(some);
        expect(structure(await renderPage(hostile.report, hostile.charts))).toEqual(tame);
      }),
      { numRuns: 5 },
    );
    const scripts = hostileReport(false);
    expect(structure(await renderPage(scripts.report, scripts.charts))).toEqual(tame);
  });

  it('has its names in the JSON of the charts as they are', async () => {
    const { report, charts } = hostileReport(false);
    const data = elementsOf(await renderPage(report, charts)).find((each) => attribute(each, 'id') === 'charts')!;
    const bars = JSON.parse(textOf(data)).find(({ kind }: { kind: string }) => kind === 'bars');
    expect(bars.bars[0].name).toContain(charts.datasets[0]!.models[0]!.importances[0]!.feature.slice(0, 20));
  });
});

describe('a page', () => {
  it('lets the browser run its own script and style and load nothing', async () => {
    const all = elementsOf(await renderPage(aReport(), everyChart()));
    const policy = attribute(
      all.find((each) => attribute(each, 'http-equiv') === 'Content-Security-Policy')!,
      'content',
    );
    const [style] = all.filter(({ tagName }) => tagName === 'style');
    const scripts = all.filter((each) => each.tagName === 'script' && attribute(each, 'type') === undefined);
    expect(scripts).toHaveLength(1);
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(textOf(scripts[0]!))}; style-src ${hash(textOf(style!))}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    const addresses = all.flatMap((each) => ['src', 'href'].map((name) => attribute(each, name) ?? '#'));
    expect(addresses.filter((address) => !/^(?:#|data:,$|https:\/\/github\.com\/)/.test(address))).toEqual([]);
    expect(all.filter((each) => each.attrs.some(({ name }) => name === 'style' || name.startsWith('on')))).toEqual([]);
  });

  it('is smaller than 1.5 MB, and its script cannot end early', async () => {
    expect(Buffer.byteLength(await renderPage(aReport(), everyChart()))).toBeLessThan(1_500_000);
    expect(await pageScript()).not.toMatch(/<\/script|<!--/i);
  });

  it('tells readers of screens what each figure, table and section is', async () => {
    const all = elementsOf(await renderPage(aReport(), everyChart()));
    const ids = new Set(all.map((each) => attribute(each, 'id')));
    const named = all.filter((each) => attribute(each, 'aria-labelledby') !== undefined);
    expect(named.map(({ tagName }) => tagName)).toEqual(expect.arrayContaining(['section', 'div']));
    expect(named.filter((each) => !ids.has(attribute(each, 'aria-labelledby')))).toEqual([]);
    const tables = all.filter(({ tagName }) => tagName === 'table');
    expect(tables.filter(({ childNodes }) => !childNodes.some(({ nodeName }) => nodeName === 'caption'))).toEqual([]);
    const headings = all.filter(({ tagName }) => tagName === 'th');
    expect(headings.filter((each) => attribute(each, 'scope') === undefined)).toEqual([]);
    expect(all.filter(({ tagName }) => tagName === 'h1')).toHaveLength(1);
  });

  it('says the verdict, and what each model is worth, without any chart', async () => {
    const text = textOf(elementsOf(await renderPage(aReport(), NO_CHARTS)).find(({ tagName }) => tagName === 'body')!);
    expect(text).toContain('All 2 gates pass');
    expect(text).toContain('0.8434 (0.8334 – 0.8534)');
  });

  it('can be made of a report without datasets', async () => {
    const page = await renderPage(aReport({ datasets: [], verdict: null, notJudged: null }), NO_CHARTS);
    expect(elementsOf(page).filter(({ tagName }) => tagName === 'table')).toEqual([]);
  });

  it.each([
    ['good', aReport()],
    ['bad', aReport({ stopsMerge: true })],
    ['open', aReport({ verdict: aVerdict({ outcome: 'inconclusive' }) })],
    ['bad', aReport({ verdict: aVerdict({ outcome: 'inconclusive' }), stopsMerge: true })],
    ['good', aReport({ verdict: aVerdict({ outcome: 'not_comparable' }), subject: 'tracked_branch' })],
    ['plain', aReport({ verdict: null })],
  ])('has the colour of what it means for the merge: %s', async (colour, report) => {
    expect(await renderPage(report, NO_CHARTS)).toContain(`<header class="${colour}">`);
  });

  it('marks the selected model', async () => {
    const page = await renderPage(aReport({ datasets: [aDataset()] }), NO_CHARTS);
    expect(page).toContain('<th scope="row"><strong><code>random_forest</code></strong></th>');
  });
});
