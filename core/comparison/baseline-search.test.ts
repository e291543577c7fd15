import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/app-error.ts';
import { aRepository, newTestFolder } from '../io/git/git.fixture.ts';
import { createGitHistory } from '../io/git/git-history.ts';
import type { History } from '../ports/history.ts';
import { findBaseline } from './baseline.ts';
import { planBaselineSearch, type Standpoint } from './baseline-search.ts';
import { localBaselines } from './baseline-source.ts';
import { histories, runAt, standingIn } from './histories.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));

const standpoint: Standpoint = {
  standing: { kind: 'tracked_branch', branch: 'main' },
  head: null,
  isEdited: false,
  defaultBranch: 'main',
  named: undefined,
  champion: null,
};

describe('the baseline of a history', () => {
  it.each(Object.entries(histories))('%s', async (title, build) => {
    const repository = aRepository(join(home, title.replace(/\W/g, '-')));
    const built = build(repository);
    const { head, champion = null, recorded, expected } = built;
    const history = createGitHistory(repository.folder);
    const standing = await standingIn(history, built);
    const search = await planBaselineSearch(history, { ...standpoint, standing, head, champion }, recorded);
    expect(search.champion?.name ?? null).toBe(champion);
    const found = await findBaseline(
      localBaselines(recorded, async (run) => ({ run, predictions: null })),
      search,
      {
        dataset: 'churn',
        task: 'classification',
        target: 'Churn',
        split: { folds: 5, group: null, time: null, gap: 0 },
        self: head,
        sharedRows: () => 1,
      },
    );
    expect(found).toMatchObject(expected);
  });
});

describe('planBaselineSearch', () => {
  // main: one ─ two ─ three, the remote's copy of it ends at two; change: two ─ four
  const repository = aRepository(join(home, 'clone'));
  const [one, two, three] = ['1', '2', '3'].map((text) => repository.commit({ file: text })) as [
    string,
    string,
    string,
  ];
  repository.git('update-ref', 'refs/remotes/origin/main', two);
  repository.git('tag', 'v1', one);
  repository.git('checkout', '--quiet', '-b', 'change', two);
  const four = repository.commit({ file: '4' });
  const history = createGitHistory(repository.folder);
  const offTwo = { kind: 'change', base: two, how: 'merge_base', into: 'main' } as const;
  const unknown = '1'.repeat(40);
  const id = '20261124-073812-churn-random_forest-0badc0de';
  const search = (of: Partial<Standpoint>, runs = [runAt(one)]) =>
    planBaselineSearch(history, { ...standpoint, ...of }, runs);

  it('starts at the base commit, or at the one under uncommitted changes', async () => {
    expect(await search({ head: four, standing: offTwo })).toMatchObject({ kind: 'base', commits: [two, one] });
    const uncommitted = { ...offTwo, base: four, how: 'uncommitted' } as const;
    expect(await search({ head: four, standing: uncommitted })).toMatchObject({
      kind: 'head',
      commits: [four, two, one],
    });
  });

  it('starts at a base commit that the clone does not have', async () => {
    expect(await search({ head: four, standing: { ...offTwo, base: unknown } })).toMatchObject({ commits: [unknown] });
  });

  it.each([
    ['a commit', two, [two, one]],
    ['a branch', 'main', [three, two, one]],
    ['a tag', 'v1', [one]],
    ['a run', id, [one]],
    ['the champion', 'champion', [one]],
  ])('starts at %s that is asked for', async (_title, named, commits) => {
    expect(await search({ head: four, standing: offTwo, named, champion: 'v1' })).toMatchObject({
      kind: 'named',
      commits,
    });
  });

  it('starts at a run whose commit is gone', async () => {
    expect(await search({ head: four, named: id }, [runAt(unknown)])).toMatchObject({ commits: [unknown] });
  });

  it.each([
    ['no commit', 'nowhere', null, /"nowhere" is not a commit/],
    ['no run', id.replace('0badc0de', '0badc0df'), null, /no run "2026/],
    ['no champion', 'champion', null, /mlops.yml names no champion/],
    ['a champion that is not there', 'champion', 'v9', /"v9" is not a commit/],
  ])('refuses %s', async (_title, named, champion, message) => {
    const refused = search({ head: four, named, champion });
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(message);
  });

  it('knows a champion that is not there from none', async () => {
    expect((await search({ head: four, champion: 'v9' })).champion).toEqual({ name: 'v9', sha: null });
    expect((await search({ head: four, champion: 'v1' })).champion).toEqual({ name: 'v1', sha: one });
    expect((await search({ head: four })).champion).toBe(null);
  });

  it('has nothing to look at before the first commit', async () => {
    expect(await search({})).toMatchObject({ commits: [], end: 'no_commit' });
  });

  it('looks at 300 commits, also behind the one it leaves out, and then at nothing', async () => {
    const line = Array.from({ length: 400 }, (_, i) => `${i}`);
    const long: History = {
      ...history,
      firstParents: async (sha, limit) => line.slice(line.indexOf(sha)).slice(0, limit),
      isShallow: async () => true,
    };
    const from = (head: string) => planBaselineSearch(long, { ...standpoint, head }, []);
    expect(await from('0')).toMatchObject({ commits: line.slice(1, 301), end: 'complete' });
    expect(await from('150')).toMatchObject({ commits: line.slice(151), end: 'shallow' });
  });

  it('starts at the commit itself where values were set on it', async () => {
    const found = await search({ head: four, isEdited: true });
    expect(found).toMatchObject({ kind: 'head', commits: [four, two, one] });
  });

  it('says where a shallow clone ends, and not of a whole one', async () => {
    const shallow = aRepository(join(home, 'shallow'));
    shallow.git('fetch', '--quiet', '--depth=2', `file://${repository.folder}`, 'change', 'main:refs/tags/main');
    const cut = (of: Partial<Standpoint>) =>
      planBaselineSearch(createGitHistory(shallow.folder), { ...standpoint, ...of }, []);
    expect(await cut({ head: four })).toMatchObject({ kind: 'parent', commits: [two], end: 'shallow' });
    expect(await search({ head: four })).toMatchObject({ commits: [two, one], end: 'complete' });
    for (const reason of ['shallow', 'unrelated'] as const)
      expect(await search({ head: four, standing: { kind: 'without_base', reason } })).toMatchObject({
        commits: [],
        end: reason,
      });
  });
});
