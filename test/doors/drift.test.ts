import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { injectDrift } from '../../core/datasets/injectors/index.ts';
import { aRepository, newTestFolder } from '../../core/io/git/git.fixture.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { createWorkbench, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { mlopsIn } from './mlops.fixture.ts';
import { runWorkflowJob } from './workflow-job.ts';

const generator = generators.get('customer_churn');
const may = generator.generate({ rows: 800, seed: 1 });
const june = injectDrift(generator.generate({ rows: 600, seed: 2 }), generator.drift, 2);
const TABLES = { 'may.csv': writeCsv(may), 'june.csv': writeCsv(june) };
const project = (drift: string) =>
  `datasets:\n  churn: { path: may.csv, target: Churn, models: [logistic_regression], drift: { current: june.csv${drift} } }\n`;

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;
const aFolder = (files: Readonly<Record<string, string>>) => {
  const folder = join(home, String(count++));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

describe('mlops drift', () => {
  it.each([
    [[], 0, /📋 june.csv: \d of \d+ columns drifted/],
    [['--share', '0.5'], 0, /✅ june.csv/],
    [['--share', '0'], 1, /❌ june.csv: drift: \d of \d+ columns drifted .*, more than 0 %/],
  ])('of two tables without a project, %j: exit code %d', async (args, code, headline) => {
    const folder = aFolder(TABLES);
    const found = await mlopsIn(folder, ['drift', '--reference', 'may.csv', '--current', 'june.csv', ...args]);
    expect(found.code, found.stderr).toBe(code);
    expect(found.stdout).toMatch(headline);
    expect(found.stdout).toContain('PaymentMethod: Mobile wallet 0 % → ');
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });
  it('writes drift.json and drift.md where that is asked for', async () => {
    const folder = aFolder(TABLES);
    await mlopsIn(folder, ['drift', '--reference', 'may.csv', '--current', 'june.csv', '--out', 'new/drift/']);
    const file = JSON.parse(readFileSync(join(folder, 'new/drift/drift.json'), 'utf8'));
    expect(file.datasets[0].drift.moved).toContain('PaymentMethod');
    expect(readFileSync(join(folder, 'new/drift/drift.md'), 'utf8')).toContain(
      '- `PaymentMethod`: `Mobile wallet` 0 % →',
    );
  });
  it.each([
    [['--current', 'june.csv'], 'without mlops.yml, drift needs two tables'],
    [['--reference', 'may.csv', '--current', 'july.csv'], 'july.csv: the table does not exist'],
    [['--reference', 'may.csv', '--current', 'june.csv', '--column', 'tenur'], 'did you mean "tenure"?'],
    [['--reference', 'may.csv', '--current', 'june.csv', '--share', 'half'], '--share'],
    [[], 'mlops.yml: file not found'],
  ])('%j is a mistake that is explained', async (args, message) => {
    const { code, stderr } = await mlopsIn(aFolder(TABLES), ['drift', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
  it('says when no dataset has a second table', async () => {
    const folder = aFolder({ ...TABLES, 'mlops.yml': project('').replace(', drift: { current: june.csv }', '') });
    const { code, stderr } = await mlopsIn(folder, ['drift']);
    expect(code).toBe(2);
    expect(stderr).toContain('set datasets.churn.drift.current');
    expect((await mlopsIn(folder, ['drift', '--current', 'june.csv'])).code).toBe(0);
  });
  it('takes the target, the roles of columns and the gate from the project', async () => {
    const folder = aFolder({ ...TABLES, 'mlops.yml': project(', max_share: 0') });
    const { code, stdout } = await mlopsIn(folder, ['drift']);
    expect(code).toBe(1);
    expect(stdout).toContain('Churn (target)');
    expect(stdout).toContain('customerID: not judged: it identifies the row');
    expect(existsSync(join(folder, 'reports/drift.json'))).toBe(true);
    const told = await mlopsIn(folder, ['drift', '--set', 'datasets.churn.drift.fail=false']);
    expect(told.code).toBe(0);
  });
  it('keeps the rule of the base commit, and says so', async () => {
    const repository = aRepository(join(home, 'repository'));
    repository.commit({ ...TABLES, 'mlops.yml': project(', max_share: 0'), '.gitignore': 'reports/\n' });
    repository.git('checkout', '--quiet', '-b', 'work');
    repository.commit({ 'mlops.yml': project(', max_share: 1') });
    const { code, stdout, stderr } = await mlopsIn(repository.folder, ['drift', '--json']);
    expect(stderr).toContain('the base decides');
    const { status, warnings } = JSON.parse(stdout);
    expect([code, status]).toEqual([1, 'fail']);
    expect(warnings).toEqual([expect.stringContaining('`datasets.churn.drift.max_share` changed from 0 to 1')]);
  });
});

describe('command: drift of the Action', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await createWorkbench(runProcess);
  });
  afterEach(() => bench.close());

  it('fails the job past the share, and the summary begins with what drifted', async () => {
    bench.commit('main', { ...TABLES, 'mlops.yml': project(', max_share: 0') });
    const failed = await runWorkflowJob(bench, { event: 'push' }, { command: 'drift' });
    expect(failed.green, failed.log).toBe(false);
    expect(failed.summary).toMatch(/^### ❌ \*\*`churn`\*\*: drift: /);
    const passed = await runWorkflowJob(bench, { event: 'push' }, { command: 'drift', share: '0.9' });
    expect(passed.green, passed.log).toBe(true);
  });
});
