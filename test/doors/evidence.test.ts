import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aZip } from '../../github/zip.fixture.ts';
import { readZip } from '../../github/zip-reader.ts';
import { digestOf } from '../rig/results.ts';
import { createWorkbench, customers, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';

const FEW = '{ n_estimators: 5, min_samples_leaf: 5 }';
const STUMP = '{ n_estimators: 1, max_depth: 1 }';

function listed(bench: Workbench, branch: string): string[] {
  const { gitDir } = bench.repository;
  return bench.git('--git-dir', gitDir, 'ls-tree', '-r', '--name-only', branch).split('\n');
}

function branches(bench: Workbench): string[] {
  return bench
    .git('--git-dir', bench.repository.gitDir, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')
    .split('\n');
}

async function start(bench: Workbench, rest = ''): Promise<Awaited<ReturnType<Workbench['pushToMain']>>> {
  bench.commit('main', { 'churn.csv': customers(), 'mlops.yml': projectFile(FEW, rest) });
  return bench.pushToMain();
}

describe('evidence of a private repository', () => {
  let bench: Workbench;
  const runs: number[] = [];
  beforeAll(async () => {
    bench = await createWorkbench(runProcess);
    runs.push((await start(bench)).runId);
  });
  afterAll(() => bench.close());
  /** Leaves the artifacts' records, and nothing to compare row by row. */
  const withoutEvidence = () => {
    for (const artifact of runs.flatMap((run) => bench.rig.artifacts(run))) {
      if (artifact.name.endsWith('.html')) continue;
      const files = readZip(artifact.bytes, { files: 100, bytes: 1e8 });
      const kept = [...files].filter(([path]) => !path.startsWith('evidence/'));
      const bytes = aZip(kept.map(([name, content]) => ({ name, content })));
      Object.assign(artifact, { bytes, digest: digestOf(bytes) });
    }
  };
  const stump = (branch: string) => {
    bench.commit(branch, { 'mlops.yml': projectFile(STUMP) });
    return bench.openPullRequest(branch);
  };

  it('is kept on a branch of one commit: rows once, predictions of each model, no targets', () => {
    const kinds = listed(bench, 'runs-evidence').map((path) => path.replace(/.*(?=\.)/, ''));
    expect(kinds.sort()).toEqual(['.md', '.oof', '.oof', '.rows']);
    const rows = listed(bench, 'runs-evidence').find((path) => path.endsWith('.rows'))!;
    const { gitDir } = bench.repository;
    expect(Number(bench.git('--git-dir', gitDir, 'cat-file', '-s', `runs-evidence:${rows}`))).toBeLessThan(
      600 * 11 + 2500,
    );
  });

  it('pairs a pull request when the artifact has no evidence, and says so', async () => {
    withoutEvidence();
    const pull = stump('stump');
    const job = await bench.runPullRequest(pull);
    expect(job.green, job.log).toBe(false);
    const [comment] = bench.rig.comments(pull).map(({ body }) => body);
    expect(comment).toMatch(/### ❌ `churn` roc_auc/);
    expect(comment).toContain('has no evidence: it comes from branch runs-evidence');
    expect(comment).toContain('100 % of its rows shared, paired by key');
    expect(comment).not.toContain('targets are no longer stored');
  });

  it('is read and not written by a pull request from a fork; its report says that new targets are not seen', async () => {
    const fork = bench.rig.createRepository({ owner: 'mona', name: 'churn', forkOf: bench.repository });
    bench.commit('relabel', { 'churn.csv': customers().replace(/,No,(\d+-\d+)/, ',Yes,$1') }, fork);
    const before = bench.git('--git-dir', bench.repository.gitDir, 'rev-parse', 'runs-evidence');
    const job = await bench.runPullRequest(bench.openPullRequest('relabel', fork));
    expect(job.summary, job.log).toContain('it comes from branch runs-evidence');
    expect(job.summary).toContain("the baseline's targets are no longer stored");
    expect(bench.rig.refused).toEqual([]);
    expect(bench.git('--git-dir', bench.repository.gitDir, 'rev-parse', 'runs-evidence')).toBe(before);
  });

  it('stands in for no record: when the artifact has expired, the base commit is re-made', async () => {
    for (const artifact of bench.rig.artifacts(runs[0]!)) artifact.expired = true;
    const job = await bench.runPullRequest(stump('later'));
    for (const artifact of bench.rig.artifacts(runs[0]!)) artifact.expired = false;
    expect(job.summary).toContain('has expired');
    expect(job.summary).toMatch(/re-made here in [\d.]+ s, since/);
    expect(job.summary).not.toContain('it comes from branch runs-evidence');
  });

  it('is replaced by the next run on the default branch, as one commit again', async () => {
    const before = listed(bench, 'runs-evidence');
    bench.commit('main', { 'README.md': 'hello\n' });
    runs.push((await bench.pushToMain()).runId);
    const after = listed(bench, 'runs-evidence');
    expect(after).toHaveLength(before.length);
    expect(after.filter((path) => path.endsWith('.oof') && before.includes(path))).toEqual([]);
    expect(bench.git('--git-dir', bench.repository.gitDir, 'rev-list', '--count', 'runs-evidence')).toBe('1');
  });

  it('counts for nothing when somebody altered it: named, and compared without pairs', async () => {
    withoutEvidence();
    bench.git('fetch', '--quiet', bench.repository.gitDir, 'runs-evidence');
    bench.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    const [path] = bench.git('ls-files', 'evidence/*random_forest*').split('\n');
    const file = `${bench.git('rev-parse', '--show-toplevel')}/${path}`;
    writeFileSync(file, readFileSync(file).fill(0, 200, 300));
    bench.git('commit', '--quiet', '--all', '--message', 'improve a run');
    bench.git('push', '--quiet', bench.repository.gitDir, 'HEAD:refs/heads/runs-evidence');
    bench.git('checkout', '--quiet', 'main');
    const job = await bench.runPullRequest(stump('after'));
    expect(job.summary).toContain('its SHA-256 is not the one that the run recorded');
    expect(job.summary).toContain('verified: recorded by the workflow run of `main`');
    expect(job.summary).toContain('its rows could not be paired');
  });
});

describe('evidence of a public repository', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await createWorkbench(runProcess, { isPrivate: false });
  });
  afterAll(() => bench.close());

  it('is on no branch', async () => {
    await start(bench);
    expect(branches(bench)).toEqual(['main', 'runs']);
  });

  it('goes to the branch that its name is derived from, when mlops.yml asks for it', async () => {
    await start(bench, 'tracking: { branch: ml/runs, evidence: branch }\n');
    expect(branches(bench)).toEqual(expect.arrayContaining(['ml/runs', 'ml/runs-evidence']));
  });
});
