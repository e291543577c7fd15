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
import { histories, runAt } from './histories.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));

const standing: Standpoint = {
  head: null,
  dirty: false,
  into: [],
  defaultBranch: 'main',
  named: undefined,
  champion: null,
};

describe('the baseline of a history', () => {
  it.each(Object.entries(histories))('%s', async (title, build) => {
    const repository = aRepository(join(home, title.replace(/\W/g, '-')));
    const { head, into, dirty = false, champion = null, recorded, expected } = build(repository);
    const search = await planBaselineSearch(
      createGitHistory(repository.folder),
      { ...standing, head, dirty, into: into === null ? [] : [into], champion },
      recorded,
    );
    expect(search.champion?.name ?? null).toBe(champion);
    const found = await findBaseline(
      localBaselines(recorded, async () => null),
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

describe('findStart', () => {
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
  const local = ['refs/remotes/origin/main', 'refs/heads/main'];
  const unknown = '1'.repeat(40);
  const id = '20261124-073812-churn-random_forest-0badc0de';
  const search = (of: Partial<Standpoint>, runs = [runAt(one)]) =>
    planBaselineSearch(history, { ...standing, ...of }, runs);

  it.each([
    ['a branch off what the remote has', four, two],
    ['a branch off what was not pushed', repository.git('commit-tree', '-p', three, '-m', 'x', 'HEAD^{tree}'), three],
  ])('of two copies of a branch takes the one that was left last: %s', async (_title, head, base) => {
    for (const into of [local, [...local].reverse(), [...local, 'refs/heads/nowhere']]) {
      expect(await search({ head, into })).toMatchObject({
        kind: 'merge_base',
        commits: [base, ...(base === three ? [two] : []), one],
      });
    }
  });

  it.each([
    ['a commit', two, [two, one]],
    ['a branch', 'main', [three, two, one]],
    ['a tag', 'v1', [one]],
    ['a run', id, [one]],
    ['the champion', 'champion', [one]],
  ])('starts at %s that is asked for', async (_title, named, commits) => {
    expect(await search({ head: four, into: local, named, champion: 'v1' })).toMatchObject({ kind: 'named', commits });
  });

  it('starts at a run whose commit is gone', async () => {
    expect(await search({ head: four, named: id }, [runAt(unknown)])).toMatchObject({ commits: [unknown] });
  });

  it.each([
    ['no commit', 'nowhere', null, /"nowhere" is no commit/],
    ['no run', id.replace('0badc0de', '0badc0df'), null, /no run "2026/],
    ['no champion', 'champion', null, /mlops.yml names no champion/],
    ['a champion that is not there', 'champion', 'v9', /"v9" is no commit/],
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
    expect(await search({ into: local })).toMatchObject({ commits: [], end: 'no_commit' });
  });

  it('looks at 300 commits, also behind the one it leaves out, and then at nothing', async () => {
    const line = Array.from({ length: 400 }, (_, i) => `${i}`);
    const long: History = {
      ...history,
      firstParents: async (sha, limit) => line.slice(line.indexOf(sha)).slice(0, limit),
      isShallow: async () => true,
    };
    const from = (head: string) => planBaselineSearch(long, { ...standing, head }, []);
    expect(await from('0')).toMatchObject({ commits: line.slice(1, 301), end: 'complete' });
    expect(await from('150')).toMatchObject({ commits: line.slice(151), end: 'shallow' });
  });

  it('says where a shallow clone ends, and not of a whole one', async () => {
    const shallow = aRepository(join(home, 'shallow'));
    shallow.git('fetch', '--quiet', '--depth=2', `file://${repository.folder}`, 'change', 'main:refs/tags/main');
    const cut = (of: Partial<Standpoint>) =>
      planBaselineSearch(createGitHistory(shallow.folder), { ...standing, ...of }, []);
    expect(await cut({ head: four })).toMatchObject({ kind: 'parent', commits: [two], end: 'shallow' });
    expect(await search({ head: four })).toMatchObject({ commits: [two, one], end: 'complete' });
    const deep = aRepository(join(home, 'depth-1'));
    deep.git('fetch', '--quiet', '--depth=1', `file://${repository.folder}`, 'change', 'main:refs/tags/main');
    const of = { ...standing, head: four, into: ['main'] };
    expect(await planBaselineSearch(createGitHistory(deep.folder), of, [])).toMatchObject({
      commits: [],
      end: 'shallow',
    });
    expect(await search({ head: four, into: ['nowhere'] })).toMatchObject({ commits: [], end: 'unrelated' });
  });
});
