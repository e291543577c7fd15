import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from './chromium.ts';
import { KINDS, reportOfChange } from './report-projects.ts';

// Opens the HTML report of each kind of dataset in a browser: it draws, sorts, follows the reader's colours, fits a phone, asks for
// nothing, and runs nothing but its own script. Pictures of what was seen are left in `.cache/browser/`. `npm run test:browser`.

const MOST_BYTES = 1_500_000;
const PHONE = { width: 360, height: 740 };
const pictures = fileURLToPath(new URL('../../../.cache/browser/', import.meta.url));
mkdirSync(pictures, { recursive: true });

const browser = await startChromium();
try {
  for (const kind of KINDS) {
    const begun = performance.now();
    const file = join(pictures, `${kind}.html`);
    copyFileSync(reportOfChange(kind), file);
    await checkReport(browser, kind, file);
    process.stdout.write(`${kind}: as it should be (${((performance.now() - begun) / 1000).toFixed(1)} s)\n`);
  }
  await checkHostileNames(browser);
  process.stdout.write('hostile names: nothing of them is run or shown as anything but text\n');
} finally {
  await browser.close();
}

async function checkReport(browser: Browser, kind: string, file: string): Promise<void> {
  expect(statSync(file).size < MOST_BYTES, `${kind}: the page has ${statSync(file).size} bytes`);
  const { page, complaints, requests } = await open(browser, file);
  await drawAll(page);
  expectNone(`${kind}: undrawn figures`, await undrawn(page));
  await page.screenshot({ path: join(pictures, `${kind}.png`), fullPage: true });
  if (kind === 'binary') await picturesOfParts(page);
  await checkSorting(page);
  await checkDark(page, kind);
  await page.setViewportSize(PHONE);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await inTime(`${kind}: wider than a phone`, async () => (await width()) <= PHONE.width);
  await page.screenshot({ path: join(pictures, `${kind}-phone.png`), fullPage: true });
  expectNone(`${kind}: console`, complaints);
  expectNone(`${kind}: requests`, requests);
  await checkPolicy(page);
  await page.close();
  await checkWithoutScript(browser, kind, file);
}

/** What the page's console says that it should not, and what it asks for beyond its own file. */
async function open(browser: Browser, file: string, options: { readonly javaScriptEnabled?: boolean } = {}) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, ...options });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`file://${file}`) && request.url() !== 'data:,') requests.push(request.url());
  });
  await page.goto(`file://${file}`);
  return { page, complaints, requests };
}

/** Those of the guides: the copies in `docs/images/` are made by hand, when the page looks different. */
async function picturesOfParts(page: Page): Promise<void> {
  for (const [name, title] of [
    ['drift', 'drifted'],
    ['tuning', 'Tuning of '],
  ] as const) {
    const part = page.locator('section > details', { has: page.locator('summary', { hasText: title }) }).first();
    await part.screenshot({ path: join(pictures, `${name}.png`) });
  }
}

/** Opens every part and scrolls past all of it, as charts are drawn when they are seen. */
async function drawAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll('section > details')) part.setAttribute('open', '');
  });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 500) {
    await page.evaluate((top) => scrollTo(0, top), y);
    await sleep(60);
  }
  await page.evaluate(() => scrollTo(0, 0));
}

function undrawn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const places = [...document.querySelectorAll('[data-chart]')];
    if (places.length < 4) return [`only ${places.length} figures`];
    return places
      .filter((place) => place.querySelectorAll('svg path').length < 3 || place.querySelectorAll('svg text').length < 2)
      .map((place) => place.closest('figure')!.querySelector('figcaption')!.textContent);
  });
}

/** By mouse and by keyboard. */
async function checkSorting(page: Page): Promise<void> {
  const heading = page.locator('#runs + .scroll th', { hasText: 'Fit, s' });
  const values = () =>
    page
      .locator('#runs + .scroll tbody tr')
      .evaluateAll((rows) => rows.map((row) => Number((row as HTMLTableRowElement).cells[8]!.dataset.value)));
  const before = await values();
  await heading.locator('button').click();
  expectEqual(
    'sorted by a click',
    await values(),
    before.toSorted((a, b) => b - a),
  );
  expectEqual('announced', await heading.getAttribute('aria-sort'), 'descending');
  await heading.locator('button').focus();
  await page.keyboard.press('Enter');
  expectEqual(
    'sorted by a key',
    await values(),
    before.toSorted((a, b) => a - b),
  );
  expectEqual('announced', await heading.getAttribute('aria-sort'), 'ascending');
}

/** A script that somebody got into the page would not run. */
async function checkPolicy(page: Page): Promise<void> {
  const violated = await page.evaluate(
    () =>
      new Promise<string>((done) => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => done(violatedDirective), {
          once: true,
        });
        const script = document.createElement('script');
        script.textContent = 'document.title = "run"';
        document.body.append(script);
        setTimeout(() => done(document.title), 500);
      }),
  );
  expectEqual('a foreign script', violated, 'script-src-elem');
}

async function checkDark(page: Page, kind: string): Promise<void> {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const ink = () => page.evaluate(() => document.querySelector('[data-chart] svg text')!.getAttribute('fill'));
  const light = { background: await background(), ink: await ink() };
  await page.emulateMedia({ colorScheme: 'dark' });
  expect((await background()) !== light.background, `${kind}: dark is ${light.background}`);
  await inTime(`${kind}: the charts' ink stays ${light.ink}`, async () => (await ink()) !== light.ink);
  await page.screenshot({ path: join(pictures, `${kind}-dark.png`), fullPage: true });
}

/** Verdict, gates and tables are there; places of charts are not. */
async function checkWithoutScript(browser: Browser, kind: string, file: string): Promise<void> {
  const { page } = await open(browser, file, { javaScriptEnabled: false });
  const values = kind === 'regression' ? 'details[open] figure details' : 'details[open] .matrix table';
  for (const what of ['h1', '#gates + .scroll table', '#runs + .scroll table', values])
    expect(await page.locator(what).first().isVisible(), `${kind} without JavaScript: no ${what}`);
  expectEqual('places of charts', await page.locator('.plot:visible').count(), 0);
  await page.close();
}

/** The same elements as with tame names, and no complaint: nothing of a name was taken for HTML or script. */
async function checkHostileNames(browser: Browser): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const elements: number[] = [];
  for (const names of ['tame', 'hostile']) {
    const file = join(folder, `${names}.html`);
    execFileSync(process.execPath, [fileURLToPath(new URL('../hostile-page.ts', import.meta.url)), names, file]);
    const { page, complaints, requests } = await open(browser, file);
    await drawAll(page);
    expectNone('hostile names: undrawn figures', await undrawn(page));
    expectNone('hostile names: console', complaints);
    expectNone('hostile names: requests', requests);
    elements.push(await page.evaluate(() => document.querySelectorAll(':not(code, .plot *)').length));
    await page.screenshot({ path: join(pictures, `${names}.png`), fullPage: true });
    await page.close();
  }
  expectEqual('hostile names: elements', elements[1], elements[0]);
}

/** What the page does a moment later counts as well. */
async function inTime(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await isSo())) {
    expect(performance.now() < end, otherwise);
    await sleep(100);
  }
}

function expect(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}

function expectNone(what: string, found: readonly string[]): void {
  expect(found.length === 0, `${what}: ${found.join('; ')}`);
}

function expectEqual(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  expect(a === b, `${what}: ${a} instead of ${b}`);
}
