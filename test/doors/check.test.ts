import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { mlopsIn } from './mlops.fixture.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'check-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const mlops = (...args: string[]) => mlopsIn(cwd, args);
const checked = async (...args: string[]) => {
  const { code, stdout, stderr } = await mlops('check', ...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).result.tables as {
    dataset: string | null;
    target: string | null;
    findings: { check: string; next: string | null }[];
    notes: string[];
  }[];
};

const ROWS = 120;
const noise = (i: number) => (i * 37) % 101;
/** A counter, a mark among numbers, a mark among words, dates, and a target that two rows lack. */
const messy = (mark = '?') =>
  `PassengerId,power,city,sold,y\n${Array.from({ length: ROWS }, (_, i) =>
    [
      i + 1,
      i === 7 ? mark : noise(i),
      ['Rome', 'Oslo', '-'][i % 3],
      `${String((i % 28) + 1).padStart(2, '0')}/10/2012`,
      i % 60 === 0 ? '' : noise(2 * i) + (i % 9),
    ].join(','),
  ).join('\n')}\n`;

describe('a table without a project', () => {
  beforeEach(() => put('messy.csv', messy()));

  it('is told its findings, each with the key that mends it', async () => {
    const { code, stdout, stderr } = await mlops('check', 'messy.csv', '--target', 'y');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`messy.csv: 118 rows, 5 columns, target y
data check:
- column "power" has "?" among its numbers (1 of 120 values, the first in line 9): marks for missing values
  next: set \`missing: [ "?", "-" ]\` for this dataset
- "-" in "city" means that a value is missing
  next: set \`missing: [ "?", "-" ]\` for this dataset
- column "sold" has dates, written as %d/%m/%Y ("01/10/2012")
  next: set \`columns: { sold: { role: date, format: "%d/%m/%Y" } }\` for this dataset
- column "PassengerId" has a different whole number in each row: the row id, not a feature
  next: set \`columns: { PassengerId: id }\` for this dataset
- the target "y" is missing in 2 of 120 rows
  next: set \`target_missing: drop\` for this dataset
`);
  });

  it('is checked without a target too, and says what is not looked for then', async () => {
    const { code, stdout } = await mlops('check', 'messy.csv');
    expect(code).toBe(0);
    expect(stdout).toContain('messy.csv: 120 rows, 5 columns, no target\n');
    expect(stdout).toContain('column "sold" has dates');
    expect(stdout).toContain('--target <column>\n');
  });

  it('finds what init finds', async () => {
    const init = JSON.parse((await mlops('init', 'messy.csv', '--target', 'y', '--json')).stdout);
    rmSync(join(cwd, 'mlops.yml'));
    const [found] = await checked('messy.csv', '--target', 'y');
    const unmended = found!.findings.map((finding, i) => ({ ...finding, next: init.result.findings[i]?.next ?? null }));
    expect(unmended).toEqual(init.result.findings);
    expect(found!.notes).toEqual(init.warnings);
  });

  it('names the marks of its numbers', async () => {
    put('euro.csv', `price,y\n${Array.from({ length: 40 }, (_, i) => `"${i},${10 + i}",${i % 2}`).join('\n')}\n`);
    expect((await mlops('check', 'euro.csv')).stdout).toContain(
      '- "price" has numbers with "," as the decimal point\n  next: set `decimal: ","` for this dataset\n',
    );
  });
});

it('a format that would turn the numbers of another column into text is proposed by nobody', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${10 + i};${i / 8};${i % 2}`);
  put('both.csv', `euro;x;y\n${rows.join('\n')}\n`);
  const [found] = await checked('both.csv', '--target', 'y');
  expect(found).toMatchObject({
    findings: [],
    notes: [expect.stringContaining('write the numbers of all columns alike')],
  });
  await mlops('init', 'both.csv', '--target', 'y');
  expect(readFileSync(join(cwd, 'mlops.yml'), 'utf8')).not.toContain('decimal:');
});

describe('a table of a dataset', () => {
  beforeEach(async () => {
    put('messy.csv', messy());
    await mlops('init', 'messy.csv', '--target', 'y');
  });

  it('that init wrote has nothing left to set', async () => {
    const tables = await checked();
    expect(tables).toMatchObject([{ dataset: 'messy', table: 'messy.csv', target: 'y', findings: [] }]);
    expect(tables[0]!.notes).toEqual(['rows without a target are left out, as `target_missing: drop` says: 2 of 120']);
    expect(await checked('./messy.csv')).toMatchObject([{ dataset: 'messy', target: 'y', findings: [] }]);
  });

  it('is recognised from another folder, and as the newest table of its drift', async () => {
    const project = parse(readFileSync(join(cwd, 'mlops.yml'), 'utf8'));
    project.datasets.messy.drift = { current: 'new.csv' };
    put('mlops.yml', stringify(project));
    put('new.csv', messy('unknown'));
    mkdirSync(join(cwd, 'sub'));
    const { stdout } = await mlopsIn(join(cwd, 'sub'), ['check', '../messy.csv', '--config', '../mlops.yml', '--json']);
    expect(JSON.parse(stdout).result.tables).toMatchObject([{ dataset: 'messy', findings: [] }]);
    const [found] = await checked('new.csv');
    expect(found).toMatchObject({
      dataset: 'messy',
      findings: [{ check: 'almost_numeric', next: 'set `missing: [ "?", "-", unknown ]` for this dataset' }],
    });
  });

  it('can be any table that is named with the dataset', async () => {
    put('june.csv', messy());
    expect(await checked('june.csv')).toMatchObject([{ dataset: null, target: null }]);
    expect(await checked('june.csv', '--dataset', 'messy')).toMatchObject([
      { dataset: 'messy', target: 'y', findings: [] },
    ]);
  });

  it('whose rows are grouped is not told of rows that resemble each other', async () => {
    const subject = (i: number, k: number) => ((i * 31 + k * 17) % 97) / 10;
    const rows = Array.from({ length: 200 }, (_, i) => {
      const near = [1, 2, 3, 4, 5].map((k) => subject(i >> 1, k) + i / 1e4);
      return [`s${i >> 1}`, ...near, i % 7].join(',');
    });
    put('groups.csv', `subject,a,b,c,d,e,y\n${rows.join('\n')}\n`);
    const found = async (split: string) => {
      put('mlops.yml', `datasets: { g: { path: groups.csv, target: y${split} } }\n`);
      return (await checked())[0]!.findings.map(({ check }) => check);
    };
    expect(await found(', columns: { subject: ignore }')).toContain('near_copies');
    expect(await found(', split: { group: subject }')).not.toContain('near_copies');
  });
});

describe('what cannot be checked', () => {
  it.each([
    ['a file that is not there', ['check', 'no.csv'], 'error: no.csv: file not found\n  next: correct the path\n'],
    ['no table and no project', ['check'], 'error: mlops.yml: file not found\n  next: create it with `mlops init'],
    ['a page', ['check', 'page.csv'], 'an HTML page'],
    [
      'a table without rows',
      ['check', 'empty.csv'],
      'error: empty.csv: the table has no rows\n  found: line 1: "a", "b"',
    ],
    [
      'a target that is not there',
      ['check', 'ab.csv', '--target', 'pricee'],
      'error: ab.csv: line 1: the table has no column "pricee" (the target)\n  found: "a", "price"\n  next: did you mean "price"?',
    ],
    [
      'a dataset that is not there',
      ['check', '--dataset', 'shpo', '--config', 'two.yml'],
      'error: two.yml has no dataset "shpo"\n  allowed: shop, bank\n  next: did you mean "shop"?',
    ],
    [
      'one target for two tables',
      ['check', '--target', 'price', '--config', 'two.yml'],
      'error: target: belongs to one table, and those of 2 datasets are to be checked',
    ],
  ])('%s is an error', async (_title, args, message) => {
    put('page.csv', '<!DOCTYPE html>\n<html><body>Please log in</body></html>\n');
    put('empty.csv', 'a,b\n');
    put('ab.csv', 'a,price\n1,2\n2,3\n');
    put('two.yml', 'datasets: { shop: { path: ab.csv, target: price }, bank: { path: ab.csv, target: a } }\n');
    const { code, stdout, stderr } = await mlops(...args);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
