import { describe, expect, it } from 'vitest';
import { branchOf, readEndedRun, readEvent } from './event.ts';
import { GithubError } from './github-error.ts';

const [head, base] = ['a'.repeat(40), 'b'.repeat(40)];
const repository = { id: 7, default_branch: 'trunk', full_name: 'org/models' };
const pullRequest = (repo: { id: number } | null = { id: 7 }) => ({
  repository,
  pull_request: {
    number: 3,
    head: { sha: head, ref: 'feature', repo },
    base: { sha: base, ref: 'trunk', repo: { id: 7 } },
  },
});
const context = {
  eventName: 'push',
  payload: { repository } as unknown,
  sha: head,
  ref: 'refs/heads/trunk',
  repository: 'org/models',
  repositoryId: 7,
  actor: 'octocat',
};

describe('readEvent', () => {
  it.each([
    ["of the repository's own branch", pullRequest(), 'octocat', { origin: 'own' }],
    ['of a fork', pullRequest({ id: 8 }), 'octocat', { origin: 'fork' }],
    ['of a fork that was deleted', pullRequest(null), 'octocat', { origin: 'fork' }],
    ['of Dependabot', pullRequest(), 'dependabot[bot]', { origin: 'dependabot' }],
  ])('reads a pull request %s', (_title, payload, actor, expected) => {
    const known = { number: 3, headSha: head, headRef: 'feature' };
    const found = readEvent({ ...context, eventName: 'pull_request', payload, actor, ref: 'refs/pull/3/merge' });
    expect(found).toEqual({ kind: 'pull_request', ...known, ...expected });
  });

  it('reads a merge group', () => {
    const payload = { repository, merge_group: { head_sha: head, base_sha: base, base_ref: 'refs/heads/trunk' } };
    const found = readEvent({ ...context, eventName: 'merge_group', payload });
    expect(found).toEqual({ kind: 'merge_group', headSha: head, baseSha: base, baseRef: 'trunk' });
  });

  it.each(['push', 'schedule', 'workflow_dispatch', 'release'])('knows a %s by its ref', (name) => {
    for (const ref of ['refs/heads/trunk', 'refs/tags/trunk'])
      expect(readEvent({ ...context, eventName: name, ref })).toEqual({ kind: 'ref', name, ref });
  });

  it('knows a branch from a tag of the same name', () => {
    expect([branchOf('refs/heads/a/b'), branchOf('refs/tags/a'), branchOf('refs/pull/3/merge')]).toEqual([
      'a/b',
      null,
      null,
    ]);
  });

  it.each([
    ['pull_request_target', pullRequest()],
    ['pull_request_target', { repository: { id: 'forged' } }],
    ['workflow_run', { repository, workflow_run: { event: 'pull_request', head_sha: head } }],
    ['issue_comment', { repository, issue: { number: 3, pull_request: {} }, comment: { body: '/train' } }],
  ])('refuses %s, with the reason and what to use instead', (eventName, payload) => {
    const read = () => readEvent({ ...context, eventName, payload });
    expect(read).toThrow(GithubError);
    expect(read).toThrow(
      `on: the event ${eventName} cannot be used for training: its job has a write token and secrets`,
    );
    expect(read).toThrow('next: trigger the workflow on `pull_request` instead');
  });

  it.each([
    ['nothing', 'push', undefined, 'payload of push'],
    ['a payload without a pull request', 'pull_request', { repository }, 'pull_request'],
    [
      'a SHA that is none',
      'merge_group',
      { repository, merge_group: { head_sha: 'x', base_sha: base, base_ref: 'refs/heads/trunk' } },
      'merge_group.head_sha',
    ],
    [
      'a number as text',
      'pull_request',
      { ...pullRequest(), pull_request: { ...pullRequest().pull_request, number: '3' } },
      'pull_request.number',
    ],
    ["another repository's payload", 'push', { repository: { ...repository, id: 8 } }, 'repository.id'],
  ])('refuses %s', (_title, eventName, payload, place) => {
    const read = () => readEvent({ ...context, eventName, payload });
    expect(read).toThrow(GithubError);
    expect(read).toThrow(place);
  });
});

describe('readEndedRun', () => {
  const told = (action: string) => ({ repository, action, workflow_run: { id: 9, run_attempt: 2, path: 'forged' } });

  it('reads which attempt of which workflow run has ended, and nothing else', () => {
    const found = readEndedRun({ ...context, eventName: 'workflow_run', payload: told('completed') });
    expect(found).toEqual({ id: 9, attempt: 2 });
  });

  it.each([
    ['a push', 'push', { repository }],
    ['a pull request', 'pull_request', pullRequest()],
    ['a workflow run that has begun', 'workflow_run', told('requested')],
  ])('refuses %s', (_title, eventName, payload) => {
    const read = () => readEndedRun({ ...context, eventName, payload });
    expect(read).toThrow(GithubError);
    expect(read).toThrow('allowed: workflow_run of type completed');
  });

  it.each([
    ['without an id', { ...told('completed'), workflow_run: {} }, 'workflow_run.id'],
    ['of another repository', { ...told('completed'), repository: { ...repository, id: 8 } }, 'repository.id'],
  ])('refuses a payload %s', (_title, payload, place) => {
    expect(() => readEndedRun({ ...context, eventName: 'workflow_run', payload })).toThrow(place);
  });
});
