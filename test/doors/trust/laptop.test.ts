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

  it('stops a branch that has nothing to be compared with, and says what to run', async () => {
    const { mlops, change } = aClone();
    change({ 'mlops.yml': project(WORSE) });
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
    const accepted = await mlops('accept', 'spend.removed', '--because', 'nobody asks for it', '--local');
    expect(accepted.code, accepted.stderr).toBe(0);
    const again = await mlops('pipeline');
    expect(again.code, again.stdout).toBe(0);
    expect(again.stdout).toMatch(/☑️ Accepted: spend was removed .*accepted by .*: nobody asks for it/);
  });
});
