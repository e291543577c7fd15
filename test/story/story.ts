import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkbench, customers, type JobRunner, projectFile, type Workbench } from './workbench.ts';

const GOOD = '{ n_estimators: 20, min_samples_leaf: 5 }';

/** What a team lives through, told once for every way to run a job. Asserts on what people see. */
export function tellStory(run: JobRunner, workflow: string): void {
  describe('a repository that trains models', () => {
    let bench: Workbench;
    let first: Awaited<ReturnType<Workbench['pushToMain']>>;
    beforeAll(async () => {
      bench = await createWorkbench(run);
      bench.commit('main', {
        'churn.csv': customers(),
        'mlops.yml': projectFile(GOOD),
        '.github/workflows/mlops.yml': workflow,
      });
      first = await bench.pushToMain();
    });
    afterAll(() => bench.close());
    const commentsOf = (pull: Parameters<Workbench['runPullRequest']>[0]) =>
      bench.rig.comments(pull).map(({ body }) => body);

    it('first run on main: green, recorded on the branch of runs, kept as an artifact', () => {
      expect(first.log).toContain('First run');
      expect(first.green).toBe(true);
      expect(first.summary).toContain('🌱 First run');
      const names = bench.rig.artifacts(first.runId).map(({ name }) => name);
      expect(names).toEqual([
        expect.stringMatching(/^mlops-[0-9a-f]{12}-1$/),
        expect.stringMatching(/^mlops-report-[0-9a-f]{12}-1\.html$/),
      ]);
      expect(
        bench.git('--git-dir', bench.repository.gitDir, 'ls-tree', '-r', '--name-only', 'runs', 'runs/').split('\n'),
      ).toHaveLength(2);
    });

    it('a pull request that improves the model: green, and its comment says so', async () => {
      bench.commit('more-trees', { 'mlops.yml': projectFile('{ n_estimators: 60, min_samples_leaf: 5 }') });
      const pull = bench.openPullRequest('more-trees');
      const job = await bench.runPullRequest(pull);
      expect(job.green, job.log).toBe(true);
      const [comment, ...others] = commentsOf(pull);
      expect(others).toEqual([]);
      expect(comment).toMatch(/### ✅ All 2 gates pass/);
      expect(comment).toContain('n_estimators 20 → 60');
      expect(comment).toContain('verified: recorded by the workflow run of `main`');
      await bench.runPullRequest(pull);
      expect(commentsOf(pull)).toHaveLength(1);
    });

    it('a pull request that degrades the model: red; its comment names gate, drop and p-value', async () => {
      bench.commit('one-stump', { 'mlops.yml': projectFile('{ n_estimators: 1, max_depth: 1 }') });
      const pull = bench.openPullRequest('one-stump');
      const job = await bench.runPullRequest(pull);
      expect(job.green, job.log).toBe(false);
      expect(commentsOf(pull)[0]).toMatch(
        /### ❌ `churn` roc_auc \(`random_forest`\) dropped by 0\.\d+ \(0\.\d+ → 0\.\d+\), more than the allowed 0\.0100 \(p < \.001\)/,
      );
      expect(job.summary).toContain('### ❌ `churn` roc_auc');
      expect(job.log).toContain('churn roc_auc (random_forest) dropped by');
    });

    it('a pull request that loosens its own gate is judged by the old one', async () => {
      const loose = projectFile('{ n_estimators: 1, max_depth: 1 }')
        .replace('max_drop: 0.01', 'max_drop: 0.9')
        .replace('min: 0.6, ', '');
      bench.commit('loosen', { 'mlops.yml': loose });
      const pull = bench.openPullRequest('loosen');
      const job = await bench.runPullRequest(pull);
      expect(job.green, job.log).toBe(false);
      expect(commentsOf(pull)[0]).toContain('takes effect after merge');
    });

    it('a pull request that deletes test rows: red, because the evaluation set changed', async () => {
      const rows = customers().trimEnd().split('\n');
      bench.commit('fewer-rows', { 'churn.csv': `${rows.filter((_, i) => i === 0 || i % 12 !== 5).join('\n')}\n` });
      const pull = bench.openPullRequest('fewer-rows');
      const job = await bench.runPullRequest(pull);
      expect(job.green, job.log).toBe(false);
      expect(commentsOf(pull)[0]).toMatch(
        /### ❌ Evaluation set changed: `churn`: 50 of 600 baseline rows were removed/,
      );
    });

    it('a pull request from a fork: judged, nothing written; summary and artifact are there', async () => {
      const fork = bench.rig.createRepository({ owner: 'mona', name: 'churn', forkOf: bench.repository });
      bench.commit('stump', { 'mlops.yml': projectFile('{ n_estimators: 1, max_depth: 1 }') }, fork);
      const pull = bench.openPullRequest('stump', fork);
      const before = bench.rig.refused.length;
      const job = await bench.runPullRequest(pull);
      expect(job.green, job.log).toBe(false);
      expect(commentsOf(pull)).toEqual([]);
      expect(bench.rig.refused).toHaveLength(before);
      expect(job.summary).toContain('### ❌ `churn` roc_auc');
      expect(bench.rig.artifacts(job.runId)).toHaveLength(2);
    });

    it('a run file that somebody altered counts for nothing: the recorded one does, and it is named', async () => {
      bench.git('fetch', '--quiet', bench.repository.gitDir, 'runs');
      bench.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
      const [path] = bench.git('ls-files', 'runs/*random_forest*').split('\n');
      const clone = bench.git('rev-parse', '--show-toplevel');
      const text = readFileSync(`${clone}/${path}`, 'utf8');
      writeFileSync(`${clone}/${path}`, text.replace(/"rows":\s*600/, '"rows": 601'));
      bench.git('commit', '--quiet', '--all', '--message', 'improve a run');
      bench.git('push', '--quiet', bench.repository.gitDir, 'HEAD:refs/heads/runs');
      bench.git('checkout', '--quiet', 'main');
      bench.commit('after-forgery', { 'mlops.yml': projectFile('{ n_estimators: 60, min_samples_leaf: 5 }') });
      const pull = bench.openPullRequest('after-forgery');
      const job = await bench.runPullRequest(pull);
      expect(commentsOf(pull)[0]).toContain('was altered on the branch of runs');
      expect(commentsOf(pull)[0]).toContain('### ✅ All 2 gates pass');
      expect(job.green, job.log).toBe(true);
    });
  });
}
