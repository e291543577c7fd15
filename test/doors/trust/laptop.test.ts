import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from '../../../core/io/git/git.fixture.ts';
import { mlopsIn } from '../mlops.fixture.ts';
import { customers, project, WORSE } from './team.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;

/** A clone of a repository whose main has been pushed. */
function aClone(text = project(), files = {}) {
  const origin = aRepository(join(home, `origin-${++count}`));
  origin.commit({
    '.gitignore': '.mlops/\nmetrics/\nmodels/\nreports/\n',
    'churn.csv': customers(),
    'mlops.yml': text,
    ...files,
  });
  const folder = join(home, `clone-${count}`);
  origin.git('clone', '--quiet', `file://${origin.folder}`, folder);
  const clone = aRepository(folder);
  return {
    git: clone.git,
    mlops: (...args: string[]) => mlopsIn(folder, args),
    change(changed: Readonly<Record<string, string>>) {
      clone.git('checkout', '--quiet', '-b', 'work');
      return clone.commit(changed);
    },
  };
}

describe('on a laptop, mlops pipeline', () => {
  it('judges a branch that loosens its rules by those of main', async () => {
    const { mlops, change } = aClone();
    expect((await mlops('pipeline')).code).toBe(0);
    change({ 'mlops.yml': project({ ...WORSE, gates: 'roc_auc: { max_drop: 0.5 }' }) });
    const { code, stdout } = await mlops('pipeline');
    expect(code, stdout).toBe(1);
    expect(stdout).toMatch(
      /❌ churn roc_auc \(logistic_regression\) dropped by 0\.\d+ .*more than the allowed 0\.0100/,
    );
    expect(stdout).toContain('rule datasets.churn.gates.roc_auc: {"max_drop":0.01} → {"max_drop":0.5}');
    expect(stdout).toContain('takes effect after merge');
    expect(stdout).toContain('mlops accept churn.roc_auc');
  });

  it('trains the base commit of a branch that has nothing else to be compared with, once', async () => {
    const { mlops, change } = aClone();
    change({ 'mlops.yml': project(WORSE) });
    const { code, stdout } = await mlops('pipeline');
    expect(code, stdout).toBe(1);
    expect(stdout).toMatch(/❌ churn roc_auc \(logistic_regression\) dropped by 0\.\d+/);
    expect(stdout).toMatch(/re-made here in [\d.]+ s, since no run of this dataset has been recorded/);
    const again = await mlops('compare');
    expect(again.code, again.stdout).toBe(1);
    expect(again.stdout).toContain('re-made earlier on this machine');
    expect((await mlops('runs', 'list')).stdout).not.toMatch(/main|master/);
  });

  it('stops a branch that has nothing to be compared with, and says what to run', async () => {
    const top = 'baseline: { remake: never }\n';
    const { mlops, change } = aClone(project({ top }));
    change({ 'mlops.yml': project({ ...WORSE, top }) });
    const { code, stdout } = await mlops('pipeline');
    expect(code, stdout).toBe(1);
    expect(stdout).toMatch(
      /🚫 Not comparable: no run of this dataset has been recorded.*To mend it, check out the default branch and run mlops train once/,
    );
  });

  it('stops nothing on main', async () => {
    const { mlops } = aClone();
    const first = await mlops('pipeline');
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toContain('🌱 First run: there is nothing to compare with yet');
    expect((await mlops('pipeline')).code).toBe(0);
  });

  it('believes no runs that a branch brings along', async () => {
    const { mlops, change, git } = aClone();
    change({ 'mlops.yml': project(WORSE) });
    expect((await mlops('pipeline')).code).toBe(1);
    git('add', '--force', '.mlops');
    git('commit', '--quiet', '--message', 'runs');
    const { code, stdout, stderr } = await mlops('pipeline');
    expect(code, stdout).toBe(2);
    expect(stderr).toMatch(/\.mlops: is in the commit that is checked out/);
    expect(stderr).toContain('git rm -r --cached .mlops');
  });

  it('trains nothing where no input changed, and says so', async () => {
    const { mlops, change } = aClone();
    change({ 'README.md': 'hello\n' });
    const { code, stdout, stderr } = await mlops('pipeline');
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/✅ No input changed since [0-9a-f]{7}: compared the configuration and 1 file of churn/);
    expect(stderr).not.toContain('trained 5 times');
  });

  it('misses a dataset that was removed, until that is accepted', async () => {
    const second = project({ id: 'spend', path: 'second.csv' }).replace('datasets:\n', '');
    const { mlops, change } = aClone(project() + second, { 'second.csv': customers(60) });
    change({ 'mlops.yml': project() });
    const { code, stdout } = await mlops('pipeline');
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('spend was removed from mlops.yml, but the base still expects it');
    expect(stdout).toContain('mlops accept spend.removed');
    const accepted = await mlops('accept', 'spend.removed', '--because', 'nobody asks for it');
    expect(accepted.code, accepted.stderr).toBe(0);
    const again = await mlops('pipeline');
    expect(again.code, again.stdout).toBe(0);
    expect(again.stdout).toMatch(/☑️ Accepted: spend was removed .*accepted by .*: nobody asks for it/);
  });
});

describe("on a laptop, a colleague's branch with a command", () => {
  const text = `datasets:
  churn:
    path: churn.csv
    target: leaves
    metrics: [roc_auc]
    models: { dummy: {}, custom: { command: [sh, train.sh], inputs: [train.sh], repeats: 1 } }
`;
  const script = (p: string) =>
    `tail -n +2 "$MLOPS_TEST" | awk -F, 'BEGIN{print "key,prediction"}{print $1",${p}"}' > "$MLOPS_PREDICTIONS"\n`;

  it('runs once the person says that they trust its author, and nothing before', async () => {
    const { mlops, change, git } = aClone(text, { 'train.sh': script('0.5') });
    git('config', 'user.email', 'me@example.com');
    change({ 'train.sh': `touch ran\n${script('0.4')}` });
    const refused = await mlops('train');
    expect(refused.code, refused.stdout).toBe(2);
    expect(refused.stderr).toContain('would run their command on this machine');
    expect(refused.stderr).toContain('found: tester@users.noreply.github.com');
    expect(refused.stderr).toContain('git config --add mlops.trust tester@users.noreply.github.com');
    expect(git('ls-files', '--others')).not.toContain('ran');
    git('config', '--add', 'mlops.trust', 'tester@users.noreply.github.com');
    const trusted = await mlops('train');
    expect(trusted.code, trusted.stderr).toBe(0);
    expect(git('ls-files', '--others')).toContain('ran');
  });

  it("is the person's own when they wrote it", async () => {
    const { mlops, change, git } = aClone(text, { 'train.sh': script('0.5') });
    git('config', 'user.email', 'tester@users.noreply.github.com');
    change({ 'train.sh': script('0.4') });
    const { code, stderr } = await mlops('train');
    expect(code, stderr).toBe(0);
  });
});
