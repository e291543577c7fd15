import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { generators } from '../../core/datasets/index.ts';
import { aLimit, aReport, aVerdict } from '../../core/report/report.fixture.ts';
import { formatReport } from '../../core/report/report-file.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { mlopsIn } from './mlops.fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'accept-'));
const cwd = join(home, 'clone');
const remote = join(home, 'origin.git');
const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' });
const mlops = (...args: string[]) => mlopsIn(cwd, args);
const commit = (message: string) =>
  git('-c', 'commit.gpgSign=false', 'commit', '--quiet', '--all', '--message', message);

/** A report of a job that judged the merge of a pull request. */
function jobReport() {
  const sha = 'c'.repeat(40);
  const gate = aLimit({ outcome: 'fail', reason: 'drop_past_limit', value: 0.8291 });
  const accepting = { role: 'admin', sha, rerun: 'gh run rerun 7 --failed' } as const;
  const verdict = aVerdict({ outcome: 'fail', gates: [gate] });
  return { json: formatReport(aReport({ place: 'pull_request', stopsMerge: true, verdict, accepting })), sha };
}

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
afterEach(() => vi.unstubAllEnvs());
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
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toContain('1 gate accepted for ');
    expect(done.stdout).toContain('on this machine only: churn.accuracy');
    expect(done.stdout).toContain('somebody with the role maintain or admin comments this on the pull request');
    const head = git('rev-parse', 'HEAD').trim();
    expect(done.stdout).toMatch(
      new RegExp(`^ {2}/accept churn\\.accuracy 0\\.\\d+ ${head} a small model is wanted$`, 'm'),
    );
    expect(done.stdout).toContain(`gh run list --commit ${head}`);
    expect(execFileSync('git', ['--git-dir', remote, 'for-each-ref'], { encoding: 'utf8' })).toBe('');
    const [path] = globSync('.mlops/accepted/**/*.json', { cwd });
    const record = readFileSync(join(cwd, path!), 'utf8');
    expect(JSON.parse(record)).toMatchObject({ gate: 'churn.accuracy', because: 'a small model is wanted' });
    expect(record).not.toContain('@');

    const again = await mlops('compare');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('accepted by Ada Lovelace, on this machine only,');
    const printed = await mlops('accept', 'churn.accuracy', '--because', 'to see the comment again');
    expect(printed.stdout).toContain(' to see the comment again\n');

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

  it('posts the comment with gh, or says what to comment where that fails', async () => {
    const bin = join(home, 'bin');
    mkdirSync(bin);
    const said = join(home, 'said');
    const gh = (script: string) => {
      writeFileSync(join(bin, 'gh'), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, 'gh'), 0o755);
    };
    const post = () => mlops('accept', 'churn.evaluation', '--because', "it's\nright", '--post');
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
    gh(`printf '%s\\n' "$@" > '${said}'\necho https://github.com/org/repo/pull/7#issuecomment-1`);
    const posted = await post();
    expect(posted.stdout, posted.stderr).toContain('Posted: https://github.com/org/repo/pull/7#issuecomment-1.');
    const head = git('rev-parse', 'HEAD').trim();
    expect(readFileSync(said, 'utf8')).toMatch(
      new RegExp(`^pr\ncomment\n--body\n/accept churn\\.evaluation \\d+ ${head} it's right\n$`),
    );
    gh('echo no pull requests found >&2; exit 1');
    expect(await post()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /`gh` did not post the comment[\s\S]*no pull requests found[\s\S]*comment this yourself: \/accept/,
      ),
    });
  });

  it('reads the report of a job, and names the head and the run of its pull request', async () => {
    const { json, sha } = jobReport();
    writeFileSync(join(home, 'job.json'), json);
    const found = await mlops('accept', 'churn.roc_auc', '--because', 'x', '--report', '../job.json');
    expect(found, found.stderr).toMatchObject({ code: 0 });
    expect(found.stdout).toContain(`  /accept churn.roc_auc 0.8291 ${sha} x\n`);
    expect(found.stdout).toContain('the role admin comments');
    expect(found.stdout).toContain('  gh run rerun 7 --failed\n');
    expect(found.stdout).not.toContain('on this machine');
  });

  it('needs a report of the commit that is checked out', async () => {
    writeFileSync(join(cwd, '.gitignore'), `${readFileSync(join(cwd, '.gitignore'), 'utf8')}old/\n`);
    commit('third');
    const stale = await mlops('accept', 'churn.accuracy', '--because', 'x');
    expect(stale).toMatchObject({ code: 2, stderr: expect.stringContaining('run `mlops pipeline` at the commit') });
  });
});
