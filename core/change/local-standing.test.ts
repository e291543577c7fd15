import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from '../io/git/git.fixture.ts';
import { createGitHistory } from '../io/git/git-history.ts';
import { localStanding } from './local-standing.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));

// main: one ─ two ─ three, the remote's copy of it ends at two; change: two ─ four; develop: one ─ five
const repository = aRepository(join(home, 'clone'));
const [one, two, three] = ['1', '2', '3'].map((text) => repository.commit({ file: text })) as [string, string, string];
repository.git('update-ref', 'refs/remotes/origin/main', two);
repository.git('checkout', '--quiet', '-b', 'change', two);
const four = repository.commit({ file: '4' });
repository.git('checkout', '--quiet', '-b', 'develop', one);
const five = repository.commit({ file: '5' });
const offThree = repository.git('commit-tree', '-p', three, '-m', 'x', 'HEAD^{tree}');
const offFive = repository.git('commit-tree', '-p', five, '-m', 'x', 'HEAD^{tree}');
const lonely = repository.git('commit-tree', '-m', 'x', 'HEAD^{tree}');

const stand = (
  sha: string | null,
  of: { branch?: string | null; dirty?: boolean; tracked?: string[]; defaultBranch?: string | null } = {},
) => {
  const { branch = 'change', dirty = false, tracked = ['main'], defaultBranch = 'main' } = of;
  return localStanding(createGitHistory(repository.folder), { sha, branch, dirty }, defaultBranch, tracked);
};

describe('localStanding', () => {
  it.each([
    ['a branch off what the remote has', four, two],
    ['a branch off what was not pushed', offThree, three],
  ])('of %s is a change of the commit that it left last', async (_title, head, base) => {
    expect(await stand(head)).toEqual({ kind: 'change', base, how: 'merge_base', into: 'main' });
    expect(await stand(head, { dirty: true })).toEqual({ kind: 'change', base, how: 'merge_base', into: 'main' });
    expect(await stand(head, { branch: null })).toMatchObject({ kind: 'change', base });
  });

  it('of a branch that left another one that sets rules is a change of that', async () => {
    const tracked = ['main', 'develop', 'release/*'];
    expect(await stand(offFive, { tracked })).toEqual({
      kind: 'change',
      base: five,
      how: 'merge_base',
      into: 'develop',
    });
    expect(await stand(offFive)).toMatchObject({ base: one, into: 'main' });
  });

  it('of a branch that sets rules is its own, and with uncommitted changes a change of the commit under them', async () => {
    expect(await stand(three, { branch: 'main' })).toEqual({ kind: 'tracked_branch', branch: 'main' });
    expect(await stand(three, { branch: 'main', dirty: true })).toEqual({
      kind: 'change',
      base: three,
      how: 'uncommitted',
      into: 'main',
    });
  });

  it('of a commit that main has already is not judged, but for uncommitted changes', async () => {
    expect(await stand(two)).toEqual({
      kind: 'not_judged',
      reason: 'nothing_to_merge',
      why: 'this commit is already on main',
    });
    expect(await stand(two, { dirty: true })).toEqual({ kind: 'change', base: two, how: 'uncommitted', into: 'main' });
  });

  it('of a history that never met main has no base', async () => {
    expect(await stand(lonely)).toEqual({ kind: 'without_base', reason: 'unrelated' });
  });

  it('of a shallow clone that does not reach where it left main has no base, for that reason', async () => {
    const shallow = join(home, 'shallow');
    repository.git('clone', '--quiet', '--depth=1', '--no-single-branch', `file://${repository.folder}`, shallow);
    const here = { sha: four, branch: 'change', dirty: false };
    expect(await localStanding(createGitHistory(shallow), here, 'main', ['main'])).toEqual({
      kind: 'without_base',
      reason: 'shallow',
    });
  });

  it('before the first commit is its own', async () => {
    expect(await stand(null)).toMatchObject({ kind: 'tracked_branch' });
  });

  it('where no branch is known has no base, and is not trusted', async () => {
    const unknown = { kind: 'without_base', reason: 'no_default_branch' };
    expect(await stand(four, { defaultBranch: null, tracked: [] })).toEqual(unknown);
    expect(await stand(four, { defaultBranch: 'trunk', tracked: ['trunk'] })).toEqual(unknown);
  });
});
