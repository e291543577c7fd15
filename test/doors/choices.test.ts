import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { aRepository, newTestFolder, type TestRepository } from '../../core/io/git/git.fixture.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { mlopsIn } from './mlops.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));

const BIN = '  bin: { path: bin.csv, target: Churn, metrics: [accuracy], gates: { accuracy: { max_drop: 0.5 } } }\n';
const REG = '  reg: { path: reg.csv, target: MedHouseVal, metrics: [r2], models: [linear_regression] }\n';
const project = (...datasets: string[]) => `datasets:\n${datasets.join('')}`;

let repository: TestRepository;
const mlops = (...args: string[]) => mlopsIn(repository.folder, args);
const lastLine = (text: string) => text.trim().split('\n').at(-1);
const write = (text: string) => writeFileSync(join(repository.folder, 'mlops.yml'), text);

beforeAll(() => {
  repository = aRepository(join(home, 'clone'));
  repository.git('config', 'user.name', 'Ada');
  repository.git('config', 'user.email', 'ada@example.org');
  repository.commit({
    '.gitignore': '.mlops/\nmetrics/\nmodels/\nreports/\n',
    'bin.csv': writeCsv(generators.get('customer_churn').generate({ rows: 200, seed: 7 })),
    'reg.csv': writeCsv(generators.get('california_housing').generate({ rows: 200, seed: 3 })),
    'mlops.yml': project(BIN.replace('metrics', 'models: [logistic_regression], metrics'), REG),
  });
  repository.git('checkout', '--quiet', '-b', 'change');
});

describe('a change that touches no input', () => {
  it('is judged by what is compared instead, and its report is written', async () => {
    repository.commit({ 'notes.md': 'x' });
    const { code, stdout, stderr } = await mlops('pipeline');
    expect(lastLine(stdout), stderr).toContain('✅ No input changed since');
    expect(stdout).not.toContain('nothing to do');
    expect(code).toBe(0);
    expect(readFileSync(join(repository.folder, 'reports/report.md'), 'utf8')).toContain('No input changed since');
  });

  it('says which rules it edits', async () => {
    write(project(BIN.replace('metrics', 'models: [logistic_regression], metrics').replace('0.5', '0.4'), REG));
    const { stdout } = await mlops('pipeline');
    expect(stdout).toContain(
      'rule datasets.bin.gates.accuracy: {"max_drop":0.5} → {"max_drop":0.4}; takes effect after merge',
    );
  });

  it('is incomplete where it removes a dataset, until that is accepted', async () => {
    repository.commit({ 'mlops.yml': project(REG) });
    const removed = await mlops('pipeline');
    expect(lastLine(removed.stdout)).toBe(
      '❌ Incomplete: bin was removed from mlops.yml, but the base still expects it. If that is intended: mlops accept bin.removed',
    );
    expect(removed.code).toBe(1);
    const accepted = await mlops('accept', 'bin.removed', '--because', 'nobody uses it');
    expect(accepted, accepted.stderr).toMatchObject({ code: 0 });
    const after = await mlops('pipeline');
    expect(lastLine(after.stdout)).toContain('☑️ Accepted: bin was removed from mlops.yml');
    expect(after.code).toBe(0);
  });
});

describe('models that were chosen', () => {
  const TWO = project(BIN, REG.replace('[linear_regression]', '[linear_regression, dummy]'));

  it('are trained, and not judged, where only the change has them', async () => {
    write(TWO);
    const why = "dummy is not in the base's mlops.yml, so nothing judges it; leave --model out";
    const only = await mlops('pipeline', '--dataset', 'reg', '--model', 'dummy');
    expect(lastLine(only.stdout), only.stderr).toBe(`📋 Not judged: ${why}`);
    expect(only.stdout).toContain('dummy');
    expect(only.code).toBe(0);
    const compared = await mlops('compare', '--dataset', 'reg', '--model', 'dummy');
    expect(compared).toMatchObject({ code: 0, stdout: expect.stringContaining(why) });
  });

  it('are looked for where the project file is, and the report says so', async () => {
    const { stdout } = await mlops('pipeline', '--force', '--dataset', 'bin', '--model', 'logistic_regression');
    expect(stdout).toContain(`no run of this dataset has been recorded in folder ${join(repository.folder, '.mlops')}`);
  });

  it('are reused where nothing changed, which is not called training', async () => {
    const args = ['train', '--dataset', 'reg', '--model', 'linear_regression'];
    await mlops(...args, '--force');
    const again = await mlops(...args);
    expect(lastLine(again.stdout)).toBe('📋 1 dataset reused, not judged');
    expect(lastLine((await mlops(...args, '--force')).stdout)).toBe('📋 1 dataset trained, not judged');
  });

  it('leave a dataset out that they do not suit', async () => {
    const { stdout, code, stderr } = await mlops('pipeline', '--force', '--model', 'linear_regression');
    expect(stdout, stderr).not.toContain('bin, out of fold');
    expect(stdout).not.toContain('missing');
    expect(code).toBe(0);
  });

  it.each(['pipeline', 'train'])('are refused by `mlops %s` where no dataset has one', async (command) => {
    const { code, stderr, stdout } = await mlops(command, '--dataset', 'bin', '--model', 'linear_regression');
    expect(stdout).toBe('');
    expect(stderr).toContain('no model that was chosen is trained on "bin"');
    expect(stderr).toContain('found: --model linear_regression');
    expect(stderr).toMatch(/allowed: of bin: .*logistic_regression/);
    expect(code).toBe(2);
  });
});
