import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from '../core/io/git/git.fixture.ts';
import { createGitHistory } from '../core/io/git/git-history.ts';
import type { History } from '../core/ports/history.ts';
import { type Rig, startRig } from '../test/rig/rig.ts';
import type { Permissions } from '../test/rig/state.ts';
import { createClient } from './client.ts';
import { createGithubHistory } from './github-history.ts';

const home = newTestFolder();
const repository = aRepository(join(home, 'repository'));
const text = 'a line\n'.repeat(20);
// main: one ─ two ─ merge ─ five ─ … (side branches that make the walk cross pages); feature: two ─ three ─ four
const one = repository.commit({
  'mlops.yml': 'version: 1\n',
  'data/a b.csv': 'x\n1\n',
  'old.py': text,
  'same.txt': '1',
});
const two = repository.commit({ 'mlops.yml': 'version: 1\ndatasets: {}\n' });
repository.git('checkout', '--quiet', '-b', 'feature');
const three = repository.commit({ 'train.py': 'print("ü")', empty: '' });
repository.git('checkout', '--quiet', 'main');
repository.git('merge', '--quiet', '--no-ff', '--message=A merge', 'feature');
const merge = repository.git('rev-parse', 'HEAD');
repository.git('checkout', '--quiet', 'feature');
repository.git('mv', 'old.py', 'new.py');
repository.git('rm', '--quiet', 'data/a b.csv');
const four = repository.commit({ 'same.txt': '2' });
repository.git('checkout', '--quiet', 'main');
const five = repository.commit({ 'same.txt': '2', 'only-main.txt': '1' });
repository.git('checkout', '--quiet', '--orphan', 'lonely');
const lonely = repository.commit({});
repository.git('checkout', '--quiet', '-b', 'wide', five);
const wide = repository.commit(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`many/${i}`, `${i}`])));
repository.git('checkout', '--quiet', '-b', 'busy', five);
for (let i = 0; i < 3; i++) {
  repository.git('checkout', '--quiet', '-b', `side-${i}`);
  for (let j = 0; j < 5; j++) repository.commit({});
  repository.git('checkout', '--quiet', 'busy');
  repository.git('merge', '--quiet', '--no-ff', '--message=A merge', `side-${i}`);
}
const unknown = '1'.repeat(40);

let rig: Rig;
let history: History;
const open = (permissions: Permissions, name: string) => {
  const found = rig.createRepository({ owner: 'org', name, private: true });
  repository.git('push', '--quiet', '--all', found.gitDir);
  const token = rig.createToken(found, permissions);
  const octokit = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 0 });
  return createGithubHistory(octokit, { owner: 'org', repo: name });
};
beforeAll(async () => {
  rig = await startRig();
  history = open({ contents: 'read' }, 'models');
});
afterEach(() => rig.assertExpected());
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});
const local = createGitHistory(repository.folder);

describe('createGithubHistory', () => {
  it.each([
    ['two branches', five, four, three],
    ['a commit and its ancestor', five, one, one],
    ['a commit and itself', five, five, five],
    ['names of branches', 'main', 'feature', three],
    ['histories that never met', five, lonely, undefined],
    ['an unknown commit', five, unknown, undefined],
    ['an option', five, '--all', undefined],
    ['another repository', five, 'someone:main', undefined],
    ['nothing', '', five, undefined],
  ])('finds the merge base of %s', async (_title, a, b, base) => {
    expect(await history.mergeBase(a, b)).toBe(base);
  });

  it.each([
    ['all of it', five, 10, [five, merge, two, one]],
    ['a part', five, 2, [five, merge]],
    ['nothing', five, 0, []],
    ['an unknown commit', unknown, 2, []],
    ['no name', 'a..b', 2, []],
  ])('walks first parents: %s', async (_title, sha, limit, expected) => {
    expect(await history.firstParents(sha, limit)).toEqual(expected);
  });

  it.each([1, 3, 5, 7])('walks %i first parents past side branches as git does', async (limit) => {
    expect(await history.firstParents('busy', limit)).toEqual(await local.firstParents('busy', limit));
  });

  it('asks for no commit that an earlier walk has seen', async () => {
    const walked = await history.firstParents('busy', 5);
    const before = rig.requests.length;
    expect(await history.firstParents(walked[1]!, 3)).toEqual(walked.slice(1, 4));
    expect(rig.requests.length).toBe(before);
  });

  it.each([
    ['as it was', one, 'mlops.yml', 'version: 1\n'],
    ['as it is', five, 'mlops.yml', 'version: 1\ndatasets: {}\n'],
    ['with letters beyond ASCII', three, 'train.py', 'print("ü")'],
    ['with a space in its path', one, 'data/a b.csv', 'x\n1\n'],
    ['that is empty', three, 'empty', ''],
    ['that is not there', one, 'train.py', undefined],
    ['that is a folder', one, 'data', undefined],
    ['of an unknown commit', unknown, 'mlops.yml', undefined],
    ['outside', one, '../models/mlops.yml', undefined],
    ['without a name', one, '', undefined],
  ])('reads a file %s', async (_title, sha, path, expected) => {
    expect(await history.fileAt(sha, path)).toBe(expected);
  });

  it.each([
    ['of a branch', three, four],
    ['backwards', four, three],
    ['between branches that went apart, without what became the same', five, four],
    ['between a commit and itself', two, two],
  ])('lists what changed %s, as git does', async (_title, base, head) => {
    expect(await history.changedFiles(base, head)).toEqual(await local.changedFiles(base, head));
  });

  it('lists a renamed file as both', async () => {
    expect(await history.changedFiles(three, four)).toEqual(['data/a b.csv', 'new.py', 'old.py', 'same.txt']);
  });

  it('knows no list rather than a part of one', async () => {
    expect(await history.changedFiles(five, wide)).toBeUndefined();
    expect(await history.changedFiles(unknown, five)).toBeUndefined();
  });

  it('is never shallow, whatever was cloned', async () => {
    expect(await history.isShallow()).toBe(false);
  });

  it('says which permission is missing', async () => {
    const blind = open({}, 'blind');
    await expect(blind.fileAt(one, 'mlops.yml')).rejects.toThrow(/permissions: contents: read/);
  });
});
