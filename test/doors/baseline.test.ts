import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { localStanding } from '../../core/change/local-standing.ts';
import { findBaseline } from '../../core/comparison/baseline.ts';
import { planBaselineSearch } from '../../core/comparison/baseline-search.ts';
import { localBaselines } from '../../core/comparison/baseline-source.ts';
import { type BuiltHistory, histories, standingIn } from '../../core/comparison/histories.fixture.ts';
import { generators } from '../../core/datasets/index.ts';
import { aRepository, newTestFolder, type TestRepository } from '../../core/io/git/git.fixture.ts';
import { createGitHistory, isWorkingTreeDirty, readGitState } from '../../core/io/git/git-history.ts';
import type { Standing } from '../../core/ports/change.ts';
import type { History } from '../../core/ports/history.ts';
import { writeCsv } from '../../core/table/csv-writer.ts';
import { createClient } from '../../github/client.ts';
import { createGithubHistory } from '../../github/github-history.ts';
import { type Rig, startRig } from '../rig/rig.ts';
import type { Repository } from '../rig/state.ts';
import { mlopsIn } from './mlops.fixture.ts';

const home = newTestFolder();
let rig: Rig;
let repository: Repository;
let history: History;
beforeAll(async () => {
  rig = await startRig();
  repository = rig.createRepository({ owner: 'org', name: 'models' });
  const token = rig.createToken(repository, { contents: 'read' });
  const octokit = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 0 });
  history = createGithubHistory(octokit, { owner: 'org', repo: 'models' });
});
afterEach(() => rig.assertExpected());
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});

async function baselineOf(history: History, standing: Standing, built: BuiltHistory) {
  const { head, champion = null, recorded } = built;
  const standpoint = { standing, defaultBranch: 'main', named: undefined, head, isEdited: false, champion };
  return findBaseline(
    localBaselines(recorded, async (run) => ({ run, predictions: null })),
    await planBaselineSearch(history, standpoint, recorded),
    {
      ...{ dataset: 'churn', task: 'classification', target: 'Churn', self: head, sharedRows: () => 1 },
      split: { folds: 5, group: null, time: null, gap: 0 },
    },
  );
}

/** As the command line asks: git in the folder that the user works in. */
async function onLaptop({ folder, git }: TestRepository, built: BuiltHistory) {
  if (git('rev-parse', 'HEAD') !== built.head) git('checkout', '--quiet', '--detach', built.head);
  const own = createGitHistory(folder);
  const state = await readGitState(folder);
  return baselineOf(
    own,
    await localStanding(own, { ...state, dirty: await isWorkingTreeDirty(folder) }, state.defaultBranch, ['main']),
    built,
  );
}

/** As a job asks: the API of GitHub, whatever was checked out. */
async function inJob({ git }: TestRepository, built: BuiltHistory) {
  const { head, into } = built;
  const refs = [`${head}:refs/heads/head`, `${into ?? head}:refs/heads/into`, 'refs/tags/*:refs/tags/*'];
  git('push', '--quiet', '--force', repository.gitDir, ...refs);
  return baselineOf(history, await standingIn(history, built), built);
}

describe('laptop and Action find the same baseline', () => {
  it.each(Object.entries(histories))('%s', async (title, build) => {
    const clone = aRepository(join(home, title.replace(/\W+/g, '-')));
    const built = build(clone);
    const found = await inJob(clone, built);
    expect(found).toMatchObject(built.expected);
    expect(await onLaptop(clone, built)).toEqual(found);
  });
});

describe('a laptop', () => {
  const project = `datasets:
  churn: { path: churn.csv, target: Churn, metrics: [accuracy], models: { dummy: {} }, gates: { accuracy: { max_drop: 0.01 } } }
`;
  const table = writeCsv(generators.get('customer_churn').generate({ rows: 60, seed: 7 }));
  // One more row, so that there is something to train.
  const changed = writeCsv(generators.get('customer_churn').generate({ rows: 61, seed: 7 }));
  const upstream = aRepository(join(home, 'upstream'));
  upstream.commit({ '.gitignore': '.mlops/\nmetrics/\nmodels/\nreports/\n', 'churn.csv': table, 'mlops.yml': project });
  const mlops = (folder: string, ...args: string[]) => mlopsIn(folder, args);
  const clone = (name: string, ...options: string[]): TestRepository => {
    const folder = join(home, name);
    upstream.git('clone', '--quiet', ...options, `file://${upstream.folder}`, folder);
    return aRepository(folder);
  };

  beforeAll(async () => {
    const { folder } = clone('before');
    await mlops(folder, 'train', '--quiet');
    upstream.git('checkout', '--quiet', '-b', 'change');
    upstream.commit({ 'churn.csv': changed });
    upstream.git('checkout', '--quiet', 'main');
  });
  const copyRunsTo = (folder: string) =>
    cpSync(join(home, 'before', '.mlops'), join(folder, '.mlops'), { recursive: true });

  it('finds the run of the default branch from a clone that has no branch of it', async () => {
    const { folder } = clone('change', '--branch', 'change');
    copyRunsTo(folder);
    expect((await mlops(folder, 'pipeline')).stdout).toContain(
      '(the base commit); 100 % of its rows shared, paired by key',
    );
  });

  it('says how to fetch the rest of a shallow clone', async () => {
    const { folder } = clone('shallow', '--depth', '1', '--branch', 'change', '--no-single-branch');
    copyRunsTo(folder);
    const { stdout, code } = await mlops(folder, 'pipeline');
    expect(stdout).toContain('no baseline: this clone is shallow');
    expect(stdout).toContain('git fetch --unshallow');
    expect(stdout).toContain('🚫 Not comparable: this clone is shallow');
    expect(code).toBe(1);
  });

  it('follows a default branch that was renamed while it was not looking', async () => {
    const { folder, git } = clone('renamed');
    await mlops(folder, 'train', '--quiet');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/old');
    git('checkout', '--quiet', '-b', 'work');
    writeFileSync(join(folder, 'churn.csv'), changed);
    git('commit', '--quiet', '--all', '--message=Work');
    expect((await mlops(folder, 'pipeline')).stdout).toContain('(the base commit)');
  });
});
