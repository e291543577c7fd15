import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { mlopsIn } from './mlops.fixture.ts';

const TABLE = writeCsv(generators.get('customer_churn').generate({ rows: 600, seed: 7 }));
const PROJECT = `datasets:
  churn:
    path: churn.csv
    target: Churn
    metrics: [roc_auc, accuracy]
    models: { logistic_regression: {}, random_forest: { n_estimators: 20, min_samples_leaf: 5 } }
    gates: { model: random_forest, roc_auc: { max_drop: 0.01 } }
`;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cli-'));
  git('init', '--quiet', '--initial-branch=main');
  put('.gitignore', '.mlops/\nmetrics/\nmodels/\nreports/\n');
  put('churn.csv', TABLE);
  put('mlops.yml', PROJECT);
  commit();
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
const put = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const commit = () => {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'work', '--allow-empty');
};
const files = () =>
  readdirSync(cwd, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.git'))
    .sort();

const mlops = (...args: string[]) => mlopsIn(cwd, args);

describe('mlops on a laptop', () => {
  it('trains, judges and leaves report, metrics and runs behind', async () => {
    const { code, stdout } = await mlops('pipeline');
    expect(stdout).toContain('🌱 First run');
    expect(code).toBe(0);
    expect(files()).toEqual(
      expect.arrayContaining([
        'metrics/metrics_churn_random_forest.json',
        'models/churn_logistic_regression.model',
        'reports/report.json',
        'reports/report.md',
      ]),
    );
    expect(files().filter((name) => /^\.mlops\/runs\/.*\.json$/.test(name))).toHaveLength(2);
  });

  it('does not train the same again, unless forced', async () => {
    await mlops('pipeline');
    const again = await mlops('pipeline');
    expect(again.stderr).toContain('not trained again');
    expect(again.stderr).not.toContain('trained 5 times');
    expect((await mlops('pipeline', '--force', '--model', 'logistic_regression')).stderr).toContain('trained 5 times');
  });

  it('fails with 1 when a gate does, and says which and by how much', async () => {
    await mlops('train', '--quiet');
    const worse = await mlops(
      'pipeline',
      '--set',
      'datasets.churn.models.random_forest={n_estimators: 1, max_depth: 1}',
    );
    expect(worse.stdout).toMatch(
      /❌ churn roc_auc \(random_forest\) dropped by 0\.\d+ \(0\.\d+ → 0\.\d+\), more than the allowed 0\.0100/,
    );
    expect(worse.code).toBe(1);
  });

  it('compares what is recorded, without training', async () => {
    expect((await mlops('compare')).stderr).toContain('mlops train');
    await mlops('train', '--quiet');
    git('checkout', '--quiet', '-b', 'work');
    put('mlops.yml', PROJECT.replace('n_estimators: 20', 'n_estimators: 30'));
    commit();
    await mlops('train', '--quiet');
    const { code, stdout, stderr } = await mlops('compare', '--baseline', 'main');
    expect(stderr).toBe('');
    expect(stdout).toContain('the commit asked for');
    expect(code).toBe(0);
  });

  it('fails when the questions change: 5 % of the rows are gone', async () => {
    await mlops('train', '--quiet');
    const lines = TABLE.trimEnd().split('\n');
    put('churn.csv', `${lines.filter((_, i) => i === 0 || i % 20 !== 3).join('\n')}\n`);
    const { code, stdout } = await mlops('pipeline');
    expect(stdout).toContain('Evaluation set changed: churn: 30 of 600 baseline rows were removed');
    expect(code).toBe(1);
  });

  it('prints one JSON document and nothing else on standard output, errors included', async () => {
    const keys = ['schema', 'command', 'status', 'result', 'files', 'warnings', 'errors'];
    const done = JSON.parse((await mlops('pipeline', '--json', '--quiet')).stdout) as Record<string, unknown>;
    expect(Object.keys(done)).toEqual(keys);
    expect(done).toMatchObject({
      status: 'first_run',
      result: {
        runs: [{ dataset: 'churn' }, {}],
        verdict: { outcome: 'first_run' },
        report: 'reports/report.json',
      },
      errors: [],
    });
    rmSync(join(cwd, 'churn.csv'));
    const failed = await mlops('pipeline', '--json');
    expect(failed.code).toBe(2);
    const document = JSON.parse(failed.stdout) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual(keys);
    expect(document).toMatchObject({ status: 'error', result: null, errors: [{ file: 'churn.csv' }] });
  });

  it('is a JSON document even when the command was mistyped', async () => {
    const { code, stdout } = await mlops('train', '--dataste', 'x', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'error',
      errors: [{ message: expect.stringContaining('--dataste') }],
    });
  });

  it('makes the tables that have a generator', async () => {
    put(
      'mlops.yml',
      'datasets: { h: { path: data/h.csv, target: MedHouseVal, generator: { id: california_housing, rows: 50 } } }\n',
    );
    expect(await mlops('generate', '--quiet')).toEqual({ code: 0, stdout: 'data/h.csv\n', stderr: '' });
    expect((await mlops('generate')).stdout).toContain('nothing to do');
    put('data/h.csv', 'MedInc,MedHouseVal\n1,2\n');
    expect((await mlops('generate')).stderr).toContain('was changed after it was generated');
    expect((await mlops('generate', '--force')).stdout).toBe('data/h.csv\n');
  });
});

describe('mlops init', () => {
  it('writes a project file that trains as it is, and says what it guessed', async () => {
    rmSync(join(cwd, 'mlops.yml'));
    const { code: written, stdout: found, stderr: next } = await mlops('init', 'churn.csv', '--target', 'Churn');
    expect(written).toBe(0);
    expect(found).toMatch(/^wrote mlops\.yml\n/);
    expect(found).toMatch(/table +churn\.csv: 600 rows, 32 columns/);
    expect(found).toMatch(/target +Churn: classification of No, Yes/);
    expect(found).toMatch(/id +customerID/);
    expect(found).toMatch(/models +random_forest/);
    expect(found).toContain('warning: column "customerID"');
    expect(next).toBe('next: mlops pipeline\n');
    const text = readFileSync(join(cwd, 'mlops.yml'), 'utf8');
    expect(text).toContain('# 600 rows, 32 columns; classification of No, Yes');
    expect(text).toContain('"customerID" has a different text in each row');
    commit();
    const { code, stdout } = await mlops('pipeline', '--quiet', '--model', 'logistic_regression');
    expect(stdout).toContain('First run');
    expect(code).toBe(0);
  });
  it('replaces no file, and asks for the target with the columns there are', async () => {
    const again = await mlops('init', 'churn.csv', '--target', 'Churn');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('the file exists already')]);
    const which = await mlops('init', 'churn.csv', '--config', 'other.yml');
    expect([which.code, which.stderr]).toEqual([2, expect.stringContaining('"Contract"')]);
    expect(files()).not.toContain('other.yml');
  });
});

describe('mistakes end with 2, say what to do, and write nothing', () => {
  const table = (text: string) => () => put('churn.csv', text);
  const project = (search: string, replacement: string) => () => put('mlops.yml', PROJECT.replace(search, replacement));

  it.each([
    [
      'no project file',
      () => rmSync(join(cwd, 'mlops.yml')),
      [],
      ['mlops.yml: file not found', 'next:', 'mlops init <table> --target <column>'],
    ],
    [
      'no table',
      () => rmSync(join(cwd, 'churn.csv')),
      [],
      ['churn.csv: the table of churn does not exist', 'next:', 'dvc pull'],
    ],
    ['an empty table', table(''), [], ['churn.csv: the file is empty', 'allowed:']],
    [
      'an absent target',
      () => {
        project('target: Churn', 'target: Chrn')();
        // Until it is committed, the target is that of the commit.
        commit();
      },
      [],
      ['churn.csv: line 1: the table has no column "Chrn" (the target)', 'found:', 'did you mean "Churn"?'],
    ],
    [
      'an unknown key',
      project('models: {', 'modles: {'),
      [],
      ['mlops.yml:6', 'unknown key "modles"', 'did you mean "models"?'],
    ],
    [
      'an unknown model',
      project('logistic_regression', 'logistic_regresion'),
      [],
      ['mlops.yml:6', 'did you mean "logistic_regression"?', 'allowed:'],
    ],
    ['an unknown parameter', project('n_estimators', 'n_estimator'), [], ['did you mean "n_estimators"?']],
    [
      'a ragged row',
      table(`${TABLE}1,2,3\n`),
      [],
      ['churn.csv: line 602', 'expected 32 fields (as in the header), found 3', 'next: quote'],
    ],
    [
      'a target that is constant',
      table('a,Churn\n1,No\n2,No\n3,No\n4,No\n5,No\n'),
      [],
      ['the target has the same value in every row'],
    ],
    ['an unknown command', () => {}, ['pipelin'], ['did you mean "pipeline"?']],
    ['an unknown option', () => {}, ['pipeline', '--dataste', 'x'], ['--dataste']],
    ['an unknown dataset', () => {}, ['train', '--dataset', 'chrun'], ['did you mean "churn"?']],
    ['an override that is none', () => {}, ['train', '--set', 'models'], ['--set', 'key=value']],
    ['no number of threads', () => {}, ['train', '--threads', 'many'], ['--threads']],
    ['an unknown baseline', () => {}, ['pipeline', '--baseline', 'nowhere'], ['"nowhere" is not a commit']],
  ])('%s', async (_, spoil, args, expected) => {
    spoil();
    const before = files();
    const { code, stdout, stderr } = await mlops(...(args.length > 0 ? args : ['pipeline']));
    for (const text of expected) expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(files()).toEqual(before);
  });
});
