import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { readCsv } from '../../core/table/csv.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import type { Run } from '../../core/tracking/run.ts';
import { runsOfDocument } from '../../core/tracking/run-codec.ts';
import { mlopsIn } from './mlops.fixture.ts';

const PROJECT = `datasets:
  churn:
    path: churn.csv
    target: Churn
    metrics: [roc_auc, accuracy]
    models: { logistic_regression: {}, random_forest: { n_estimators: 20, min_samples_leaf: 5 } }
    gates: { roc_auc: { max_drop: 0.01 } }
`;
const WORSE = 'datasets.churn.models.random_forest={ n_estimators: 1, max_depth: 1 }';

let cwd: string;
/** Four runs, oldest first: linear, forest, and both again with a worse forest and an override. */
let runs: Run[];
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'runs-'));
  git('init', '--quiet', '--initial-branch=main');
  put('.gitignore', '.mlops/\nmetrics/\nmodels/\nreports/\n');
  put('churn.csv', writeCsv(generators.get('customer_churn').generate({ rows: 500, seed: 7 })));
  put('mlops.yml', PROJECT);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'work');
  const train = async (...args: string[]) =>
    runsOfDocument(JSON.parse((await mlops('train', '--json', '--quiet', ...args)).stdout));
  runs = [...(await train()), ...(await train('--set', WORSE))];
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd, stdio: 'pipe' });
const put = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const mlops = (...args: string[]) => mlopsIn(cwd, args);
const json = async (...args: string[]) => JSON.parse((await mlops(...args, '--json')).stdout);
const digits = (run: Run | undefined) => run!.id.slice(-8);
const forest = (dirty: boolean) => runs.find((run) => run.model === 'random_forest' && run.git.dirty === dirty)!;

describe('mlops runs list', () => {
  it('shows each run on a line, the newest first', async () => {
    const { code, stdout, stderr } = await mlops('runs', 'list');
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^id +when \(UTC\) +dataset +model +metric +value +95 % +commit$/);
    expect(
      lines
        .slice(1, 5)
        .map((line) => line.slice(0, 8))
        .sort(),
    ).toEqual(runs.map(digits).sort());
    expect(lines[1]).toMatch(/ churn +\w+ +roc_auc +0\.\d{4} +0\.\d{4} – \d\.\d{4} +[0-9a-f]{7}\*$/);
    expect(lines.slice(5)).toEqual(['', '* with uncommitted changes', '']);
  });

  it('filters, sorts and limits, and says how many more there are', async () => {
    const listed = async (...args: string[]) =>
      ((await json('runs', 'list', ...args)) as { result: { runs: Run[] } }).result.runs.map(({ id }) => id);
    expect(await listed('--filter', 'model ~ forest and not dirty')).toEqual([forest(false).id]);
    expect(await listed('--filter', 'params.n_estimators < 5')).toEqual([forest(true).id]);
    const best = [...runs].sort((a, b) => auc(b) - auc(a)).map(auc);
    const sorted = runsOfDocument(await json('runs', 'list', '--sort', '-metrics.roc_auc'));
    expect(sorted.map(auc)).toEqual(best);
    expect(await json('runs', 'list', '--limit', '1')).toMatchObject({
      command: 'runs list',
      status: 'done',
      result: { total: 4, runs: [{ dataset: 'churn' }] },
    });
    expect((await mlops('runs', 'list', '--limit', '1')).stdout).toContain('3 more runs: --limit 4\n');
  });
  const auc = (run: Run) => run.metrics.roc_auc!.outOfFold.value!;

  it('says when there is nothing to list', async () => {
    const none = await mlops('runs', 'list', '--filter', 'dataset = fraud');
    expect(none).toEqual({ code: 0, stdout: '', stderr: 'none of 4 runs matches the filter\n' });
    const empty = mkdtempSync(join(cwd, 'empty-'));
    expect(await mlopsIn(empty, ['runs', 'list'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('no runs in'),
    });
  });

  it('lists beside a record that cannot be read, and names it', async () => {
    const folder = join(cwd, '.mlops/runs/2026/01/01');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '20260101-000000-a-b-00000000.json'), '{');
    const { code, stdout, stderr } = await mlops('runs', 'list');
    rmSync(join(cwd, '.mlops/runs/2026/01/01'), { recursive: true });
    expect(stderr).toContain('20260101-000000-a-b-00000000.json');
    expect(stdout).toContain(digits(runs[0]));
    expect(code).toBe(0);
  });

  it('is the same from a process of its own', () => {
    const cli = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));
    const out = execFileSync(process.execPath, [cli, 'runs', 'list', '--filter', 'not dirty'], {
      cwd,
      encoding: 'utf8',
    });
    expect(out).toContain(digits(forest(false)));
    expect(out).not.toContain(digits(forest(true)));
  });
});

describe('mlops runs show', () => {
  it.each([
    ['the id', () => forest(false).id],
    ['its end', () => digits(forest(false))],
    ['its beginning', () => forest(false).id.slice(0, -2)],
  ])('by %s, tells everything, and where evidence and model are', async (_, name) => {
    const { code, stdout } = await mlops('runs', 'show', name());
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe(forest(false).id);
    for (const text of [
      'min_samples_leaf',
      'roc_auc',
      forest(false).data.sha256,
      forest(false).git.sha!,
      'Feature importance (gain)',
    ])
      expect(stdout).toContain(text);
    expect(stdout).toMatch(/engine +\d+\n +key scheme +\d+\n/);
    expect(stdout).toMatch(/evidence +\.mlops\/evidence\/\S+\.oof: 500 rows, 2 repeats/);
    expect(stdout).toContain(
      'models/churn_random_forest.model is not the model of this run: it was trained again later',
    );
  });

  it('finds the newest of a model, whose file is still its own', async () => {
    const { stdout } = await mlops('runs', 'show', 'latest:churn/random_forest');
    expect(stdout).toContain(forest(true).id);
    expect(stdout).toContain('with uncommitted changes');
    expect(stdout).toMatch(/model +models\/churn_random_forest\.model\n/);
    expect(await json('runs', 'show', 'latest:churn/random_forest')).toMatchObject({
      result: { run: { id: forest(true).id } },
    });
  });
});

describe('mlops runs diff', () => {
  it('shows what differs and nothing else', async () => {
    const args = ['runs', 'diff', digits(forest(false)), digits(forest(true))];
    const { code, stdout } = await mlops(...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/parameters\n +n_estimators +20 +→ +1\n/);
    expect(stdout).toMatch(/metrics\n +roc_auc +0\.\d{4} +→ +0\.\d{4} +−0\.\d{4}\n/);
    expect(stdout).not.toContain('\ndata\n');
    expect(stdout).not.toContain('\nenvironment\n');
    expect(await json(...args)).toMatchObject({
      result: {
        differences: expect.arrayContaining([{ section: 'parameters', name: 'n_estimators', before: 20, after: 1 }]),
      },
    });
    expect((await mlops('runs', 'diff', 'latest', 'latest')).stdout).toContain('the runs do not differ');
  });
});

describe('mlops runs export', () => {
  it('writes a row per run that reads back with the same numbers', async () => {
    expect((await mlops('runs', 'export', '--csv', '--out', 'out/runs.csv')).stdout).toBe('out/runs.csv\n');
    const text = readFileSync(join(cwd, 'out/runs.csv'), 'utf8');
    expect((await mlops('runs', 'export', '--csv')).stdout).toBe(text);
    const table = readCsv(new TextEncoder().encode(text), { file: 'runs.csv' });
    expect(table.nRows).toBe(4);
    const column = table.column('metrics.roc_auc')!;
    const values = column.kind === 'numeric' ? [...column.values].sort() : [];
    expect(values).toEqual(runs.map(({ metrics }) => metrics.roc_auc!.outOfFold.value!).sort());
    expect((await mlops('runs', 'export', '--csv', '--filter', 'dirty')).stdout.split('\n')).toHaveLength(4);
  });
});

describe('mlops compare of two runs', () => {
  it('exits with 1 when a gate fails, and with 0 the other way round', async () => {
    const [good, bad] = [digits(forest(false)), digits(forest(true))];
    const worse = await mlops('compare', good, bad);
    expect(worse.stdout).toMatch(/roc_auc ↑ +0\.\d{4} +0\.\d{4} +−0\.\d{4} +0\.\d{4} +(< )?\.\d/);
    expect(worse.stdout).toMatch(/❌ churn roc_auc \(random_forest\) dropped by/);
    expect(worse.code).toBe(1);
    expect((await mlops('compare', bad, good)).code).toBe(0);
    expect(await json('compare', good, bad)).toMatchObject({
      command: 'compare',
      status: 'fail',
      result: {
        runs: [{ id: forest(false).id }, { id: forest(true).id }],
        verdict: { outcome: 'fail' },
        comparison: { pairing: 'key', rows: { shared: 500 }, metrics: [{ metric: 'roc_auc' }, { metric: 'accuracy' }] },
      },
    });
  });

  it('needs no mlops.yml, and no evidence', async () => {
    const elsewhere = mkdtempSync(join(cwd, 'elsewhere-'));
    execFileSync('cp', ['-r', join(cwd, '.mlops'), elsewhere]);
    rmSync(join(elsewhere, '.mlops/evidence'), { recursive: true });
    const { code, stdout } = await mlopsIn(elsewhere, ['compare', digits(forest(false)), digits(forest(true))]);
    expect(stdout).toContain('the predictions of the baseline');
    expect(stdout).toContain('not paired');
    expect(stdout).toContain('gates are not judged: mlops.yml has no dataset "churn"');
    expect(code).toBe(0);
  });
});

describe('what is mistaken ends with 2 and says what to do', () => {
  it.each<[string, string[], string[]]>([
    ['a field', ['runs', 'list', '--filter', 'datset = churn'], ['--filter, character 1', 'did you mean "dataset"?']],
    [
      'a metric',
      ['runs', 'list', '--filter', 'dirty and metrics.roc_acu > 1'],
      ['character 11', 'did you mean "metrics.roc_auc"?'],
    ],
    ['an operator', ['runs', 'list', '--filter', 'dataset => churn'], ['character 9', 'did you mean ">="?']],
    ['an order', ['runs', 'list', '--sort', '-params.n_estimator'], ['--sort', 'did you mean "params.n_estimators"?']],
    ['a limit', ['runs', 'list', '--limit', '0'], ['--limit']],
    ['a source', ['runs', 'list', '--source', 'cloud'], ['--source']],
    ['a command of the group', ['runs', 'lst'], ['did you mean "list"?']],
    ['a run', ['runs', 'show', 'nothing'], ['there is no run "nothing"', 'the newest run is']],
    ['a name of several', ['runs', 'show', '20'], ['matches 4 runs']],
    ['no form', ['runs', 'export'], ['allowed: --csv']],
    ['one run alone', ['compare', 'latest'], ['a second run is missing']],
    [
      'an option of the other compare',
      ['compare', 'latest', 'latest', '--baseline', 'main'],
      ['--baseline', 'leave it out'],
    ],
    ['a branch that is not there', ['runs', 'list', '--source', 'branch'], ['no origin and no branch runs']],
  ])('%s', async (_, args, expected) => {
    const { code, stdout, stderr } = await mlops(...args);
    for (const text of expected) expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect([code, stdout]).toEqual([2, '']);
  });
});

it('help names the fields of filters, and gives examples', async () => {
  const { code, stdout } = await mlops('runs', 'list', '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/params\.<name> +a parameter of the model/);
  expect(stdout).toContain('Examples:');
  expect((await mlops('runs', '--help')).stdout).toContain('mlops runs export --csv --out runs.csv');
});
