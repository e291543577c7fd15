import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { mlopsIn } from './mlops.fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'accept-'));
const cwd = join(home, 'clone');
const remote = join(home, 'origin.git');
const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' });
const mlops = (...args: string[]) => mlopsIn(cwd, args);
const commit = (message: string) =>
  git('-c', 'commit.gpgSign=false', 'commit', '--quiet', '--all', '--message', message);

beforeAll(() => {
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', cwd]);
  git('config', 'user.name', 'Ada Lovelace <ada@example.org>');
  git('config', 'user.email', 'ada@example.org');
  git('remote', 'add', 'origin', remote);
  writeFileSync(join(cwd, 'churn.csv'), writeCsv(generators.get('customer_churn').generate({ rows: 300, seed: 3 })));
  writeFileSync(join(cwd, '.gitignore'), '.mlops/\nmetrics/\nmodels/\nreports/\n');
  writeFileSync(
    join(cwd, 'mlops.yml'),
    'datasets: { churn: { path: churn.csv, target: Churn, metrics: [accuracy], models: { logistic_regression: {} }, gates: { accuracy: { min: 0.99 } } } }\n',
  );
  git('add', '.');
  commit('first');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('mlops accept', () => {
  it('lets a gate pass for the commit that was judged, on record, and for no other', async () => {
    expect((await mlops('pipeline')).code).toBe(1);
    const typo = await mlops('accept', 'churn.acuracy', '--because', 'x');
    expect(typo).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "churn.accuracy"?') });
    expect((await mlops('accept', 'churn.accuracy')).stderr).toContain(
      '`--because` is required; example: mlops accept churn.roc_auc --because',
    );

    const done = await mlops('accept', 'churn.accuracy', '--because', 'a small model is wanted');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('recorded on branch runs of') });
    const files = git('ls-tree', '-r', '--name-only', 'HEAD').includes('accepted');
    expect(files).toBe(false);
    const paths = execFileSync('git', ['--git-dir', remote, 'ls-tree', '-r', '--name-only', 'runs'], {
      encoding: 'utf8',
    }).split('\n');
    const path = paths.find((each) => each.endsWith('.json'));
    const record = execFileSync('git', ['--git-dir', remote, 'show', `runs:${path}`], { encoding: 'utf8' });
    expect(JSON.parse(record)).toMatchObject({
      gate: 'churn.accuracy',
      kind: 'floor',
      because: 'a small model is wanted',
    });
    expect(record).not.toContain('@');

    const again = await mlops('compare');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('accepted by Ada Lovelace');

    // A floor that the baseline misses by as much would pass.
    const project = readFileSync(join(cwd, 'mlops.yml'), 'utf8');
    writeFileSync(join(cwd, 'mlops.yml'), project.replace('{} }', '{ C: 0.00001 } }'));
    commit('second');
    const later = await mlops('pipeline');
    expect(later.code).toBe(1);
    expect(later.stdout).toMatch(/churn.accuracy was accepted by Ada Lovelace for [0-9a-f]{7}, not for this commit/);
  });

  it('knows a changed evaluation set also by its old name', async () => {
    const lines = readFileSync(join(cwd, 'churn.csv'), 'utf8').trimEnd().split('\n');
    writeFileSync(join(cwd, 'churn.csv'), `${lines.filter((_, i) => i % 20 !== 3).join('\n')}\n`);
    commit('fewer rows');
    expect((await mlops('pipeline')).stdout).toContain('Evaluation set changed');
    const old = await mlops('accept', 'churn.data', '--because', 'x');
    expect(old).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "churn.evaluation"?') });
    expect((await mlops('accept', 'churn.evaluation', '--because', 'duplicates removed')).code).toBe(0);
  });

  it('needs a report of the commit that is checked out', async () => {
    writeFileSync(join(cwd, '.gitignore'), `${readFileSync(join(cwd, '.gitignore'), 'utf8')}old/\n`);
    commit('third');
    const stale = await mlops('accept', 'churn.accuracy', '--because', 'x');
    expect(stale).toMatchObject({ code: 2, stderr: expect.stringContaining('run `mlops pipeline` at the commit') });
  });
});
