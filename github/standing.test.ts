import { describe, expect, it } from 'vitest';
import { AppError } from '../core/errors/app-error.ts';
import type { ChangeFacts, PullRequest } from './change-facts.ts';
import type { WorkflowEvent } from './event.ts';
import { type JobCommit, jobStanding } from './standing.ts';

const sha = (name: string) => name.repeat(40);
/** main: a ← b ← c; the pull request's head h left main at a, and its merge m is onto c. x belongs to nothing. */
const [a, b, c, h, m, x, onTopic] = ['a', 'b', 'c', '8', '9', 'e', '7'].map(sha) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
/** The merge onto b, of before c was there. */
const old = sha('6');
const ancestors: Readonly<Record<string, readonly string[]>> = {
  [a]: [a],
  [b]: [b, a],
  [c]: [c, b, a],
  [h]: [h, a],
  [m]: [m, c, b, h, a],
  [x]: [x],
};
const parents: Readonly<Record<string, readonly string[]>> = {
  [old]: [b, h],
  [onTopic]: [a, h],
  [m]: [c, h],
  [h]: [a],
  [c]: [b],
  [b]: [a],
  [x]: [c, b],
};
const branches: Readonly<Record<string, string>> = { main: c, 'release/1': b, 'release/2': a, 'gh-pages': x, topic: a };

const facts = (pull: Partial<PullRequest> = {}): ChangeFacts => ({
  pullRequest: async () => ({ headSha: h, baseRef: 'main', defaultBranch: 'main', isFork: false, ...pull }),
  defaultBranch: async () => 'main',
  branchHead: async (name) => branches[name] ?? null,
  isProtected: async (name) => name === 'release/1',
  openPullRequests: async () => [],
  parentsOf: async (commit) => parents[commit] ?? null,
  mergeBase: async (one, other) => {
    const own = ancestors[branches[one] ?? one] ?? [];
    return (ancestors[branches[other] ?? other] ?? []).find((each) => own.includes(each)) ?? null;
  },
});

const pullRequest: WorkflowEvent = { kind: 'pull_request', number: 3, headSha: h, headRef: 'work', origin: 'own' };
const stand = (
  of: Partial<JobCommit> & {
    readonly at?: string;
    readonly cloned?: readonly string[];
    readonly pull?: Partial<PullRequest>;
    readonly tracked?: string[];
  },
) => {
  const { at = of.sha ?? m, cloned = parents[at] ?? [], pull, tracked = ['main'], ...job } = of;
  const commit: JobCommit['commit'] = {
    id: at,
    parents: cloned,
    entries: async () => new Map(),
    read: async () => new Map(),
  };
  return jobStanding(
    { event: pullRequest, sha: m, attempt: 1, commit, defaultBranch: { name: 'main', sha: c }, ...job },
    facts(pull),
    tracked,
  );
};
const ref = (name: string): WorkflowEvent => ({ kind: 'ref', name: 'push', ref: name });
const byMain = { kind: 'change', base: c, how: 'default_head', into: 'main' };

describe('a pull request', () => {
  it('is judged by the first parent of the merge, whatever the payload says its base is', async () => {
    expect(await stand({})).toEqual({ kind: 'change', base: c, how: 'merge_parent', into: 'main' });
  });

  it('is judged by where it left the branch, when its own head is checked out', async () => {
    expect(await stand({ at: h })).toEqual({ kind: 'change', base: a, how: 'merge_base', into: 'main' });
  });

  it("is judged by main's head, when it goes into a branch that sets no rules", async () => {
    expect(await stand({ pull: { baseRef: 'topic' }, sha: onTopic })).toEqual(byMain);
    expect(await stand({ pull: { baseRef: 'gh-pages' }, at: h })).toEqual(byMain);
    const same = { event: { ...pullRequest, headSha: c }, at: c, pull: { baseRef: 'gh-pages', headSha: c } };
    expect(await stand(same)).toMatchObject({ kind: 'not_judged', why: 'this commit is the head of main' });
    await expect(stand({ pull: { baseRef: 'gh-pages' }, at: b })).rejects.toThrow(/another commit/);
  });

  it('is not judged by a merge that undoes there what it changes', async () => {
    // Its merge into gh-pages has other files than its head, and the check is the head's.
    await expect(stand({ pull: { baseRef: 'gh-pages' } })).rejects.toThrow(/`gh-pages` sets no rules, and its merge/);
  });

  it('is not judged again when its branch has moved on', async () => {
    expect(await stand({ attempt: 2 })).toMatchObject({ base: c });
    await expect(stand({ attempt: 2, sha: old, defaultBranch: { name: 'main', sha: c } })).rejects.toThrow(
      /main has moved on/,
    );
    expect(await stand({ attempt: 1, sha: old })).toMatchObject({ base: b, how: 'merge_parent' });
  });

  it.each<[string, Parameters<typeof stand>[0], RegExp]>([
    ['another commit is checked out', { at: b }, /another commit is checked out.*\n.*found: b{40}\n.*9{40}.*8{40}/],
    [
      'the clone has other parents than GitHub names',
      { cloned: [b, h] },
      /GitHub names the parents ccccccc and 8888888/,
    ],
    ['it has moved on', { pull: { headSha: b } }, /pull request #3 has moved on/],
    [
      'GitHub names other parents',
      { sha: x, at: x },
      /eeeeeee is not the merge of 8888888 into main: GitHub names the parents ccccccc and bbbbbbb/,
    ],
    ['GitHub does not know the merge', { sha: sha('f'), at: sha('f') }, /GitHub names the parents none/],
    [
      'its base is not on the branch',
      { pull: { baseRef: 'release/1' }, tracked: ['release/*'] },
      /is not on the branch release\/1/,
    ],
    [
      'it has nothing in common with the branch',
      { at: h, pull: { baseRef: 'gh-pages' }, tracked: ['gh-pages'] },
      /no common commit/,
    ],
  ])('is judged by nothing when %s', async (_title, of, message) => {
    await expect(stand(of)).rejects.toThrow(AppError);
    await expect(stand(of)).rejects.toThrow(message);
  });
});

describe('a branch that matches a pattern and is not protected', () => {
  const tracked = ['main', 'release/*'];
  const note = expect.stringMatching(
    /^`release\/2` is not protected, so `main` sets the rules here.* protect `release\/2`, or name it in `tracking\.branches` of the default branch$/,
  );
  const group = { kind: 'merge_group', baseSha: a, baseRef: 'release/2', headSha: h } as const;
  it.each<[string, Parameters<typeof stand>[0]]>([
    ['of a pull request into it', { pull: { baseRef: 'release/2' }, sha: onTopic }],
    ['of its merge queue', { event: group, sha: h }],
    ['of a push to it', { event: ref('refs/heads/release/2'), sha: h }],
  ])('sets no rules %s', async (_title, of) => {
    expect(await stand({ ...of, tracked })).toEqual({ ...byMain, note });
    expect(await stand({ ...of, tracked: [...tracked, 'release/2'] })).not.toHaveProperty('note');
  });
});

describe('a merge group', () => {
  const group: WorkflowEvent = { kind: 'merge_group', baseSha: c, baseRef: 'main', headSha: m };
  it('is judged by the commit that the queue names', async () => {
    expect(await stand({ event: group })).toEqual({ kind: 'change', base: c, how: 'merge_group', into: 'main' });
  });
  it("is judged by main's head, when its branch sets no rules", async () => {
    expect(await stand({ event: { ...group, baseRef: 'gh-pages' } })).toEqual(byMain);
  });
  it.each([
    ['its base is not below it', { event: { ...group, baseSha: x } }, /merge queue/],
    [
      'its base is older than what its branch has in it',
      { event: { ...group, baseSha: a } },
      /older than what main has/,
    ],
    ['its base is itself', { event: { ...group, baseSha: m } }, /merge queue/],
    ['another commit is checked out', { event: group, at: h }, /another commit is checked out/],
  ] as const)('is judged by nothing when %s', async (_title, of, message) => {
    await expect(stand(of)).rejects.toThrow(message);
  });
});

describe('a push, a schedule or a dispatch', () => {
  it('on a branch that sets rules stands for itself', async () => {
    expect(await stand({ event: ref('refs/heads/main'), sha: c })).toEqual({ kind: 'tracked_branch', branch: 'main' });
    expect(await stand({ event: ref('refs/heads/release/1'), sha: b, tracked: ['main', 'release/*'] })).toEqual({
      kind: 'tracked_branch',
      branch: 'release/1',
    });
  });

  it('on a branch that sets rules says when another commit is checked out', async () => {
    expect(await stand({ event: ref('refs/heads/main'), sha: b, at: c })).toEqual({
      ...{ kind: 'tracked_branch', branch: 'main' },
      instead: 'commit ccccccc is checked out, not bbbbbbb',
    });
  });

  it("on another branch is judged by main's head, never by itself", async () => {
    expect(await stand({ event: ref('refs/heads/work'), sha: h })).toEqual(byMain);
    expect(await stand({ event: ref('refs/pull/3/merge'), sha: m })).toEqual(byMain);
  });

  it('of what main has already is not judged, be it a branch or a tag', async () => {
    const onMain = { kind: 'not_judged', reason: 'nothing_to_merge', why: 'this commit is already on main' };
    expect(await stand({ event: ref('refs/heads/work'), sha: b })).toEqual(onMain);
    expect(await stand({ event: ref('refs/tags/v1'), sha: b })).toEqual(onMain);
  });

  it("of a tag elsewhere is judged by main's head: the check belongs to the commit", async () => {
    expect(await stand({ event: ref('refs/tags/main'), sha: h })).toEqual(byMain);
  });

  it('of another commit than the one checked out is judged by nothing', async () => {
    await expect(stand({ event: ref('refs/heads/work'), sha: h, at: b })).rejects.toThrow(/another commit/);
  });

  it('stands for itself in a repository without a default branch', async () => {
    expect(await stand({ event: ref('refs/heads/work'), sha: h, defaultBranch: null })).toMatchObject({
      kind: 'tracked_branch',
    });
  });
});
