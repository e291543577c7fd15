import { describe, expect, it } from 'vitest';
import { listPullComments } from '../../github/pull-comments.ts';
import { queuedPulls } from '../../github/queued-pulls.ts';
import { useRig } from './rig.fixture.ts';

const world = useRig();
const reads = { pull_requests: 'read' } as const;

function aPull(options: { readonly private?: boolean } = {}) {
  const project = world.aProject(options);
  project.push('feature', { b: '1' });
  const pull = world.rig.openPullRequest({ repository: project.repository, headRef: 'feature' });
  const say = (login: string, body: string) => world.rig.comment(project.repository, pull.number, login, body);
  return { ...project, pull, say };
}

describe('comments, asked for by GraphQL', () => {
  it('tell who wrote them, and whether somebody edited them', async () => {
    const { rig } = world;
    const { say, pull, client, names } = aPull();
    say('ada', 'as it was');
    rig.editComment(say('ada', 'one'), 'two');
    say('ci[bot]', 'from an App');
    say('left', 'from nobody');
    rig.deleteUser('left');
    const { comments, isAll } = await listPullComments(client(reads), names, pull.number);
    expect(isAll).toBe(true);
    expect(comments.map(({ author }) => author)).toEqual([
      { kind: 'User', login: 'ada' },
      { kind: 'User', login: 'ada' },
      { kind: 'Bot', login: 'ci' },
      null,
    ]);
    expect(comments[0]).toMatchObject({ body: 'as it was', lastEditedAt: null, createdViaEmail: false });
    expect(comments[0]!.url).toMatch(/\/pull\/1#issuecomment-\d+$/);
    expect(comments[1]).toMatchObject({ body: 'two', lastEditedAt: expect.any(String) });
  });

  it('are edited, to GraphQL, where REST edits them', async () => {
    const { pull, client, names } = aPull();
    const bot = client({ pull_requests: 'write' });
    const { data } = await bot.rest.issues.createComment({ ...names, issue_number: pull.number, body: 'a' });
    await bot.rest.issues.updateComment({ ...names, comment_id: data.id, body: 'b' });
    const { comments } = await listPullComments(bot, names, pull.number);
    expect(comments).toMatchObject([{ body: 'b', lastEditedAt: expect.any(String), author: { kind: 'Bot' } }]);
  });

  it('come by the hundred: the newest thousand, in order', async () => {
    const { say, pull, client, names } = aPull();
    for (let i = 1; i <= 250; i++) say('ada', String(i));
    const some = await listPullComments(client(reads), names, pull.number);
    expect(some.comments.map(({ body }) => Number(body))).toEqual(Array.from({ length: 250 }, (_, i) => i + 1));
    for (let i = 251; i <= 1001; i++) say('ada', String(i));
    const { comments, isAll } = await listPullComments(client(reads), names, pull.number);
    expect(isAll).toBe(false);
    expect(comments.map(({ body }) => body)).toHaveLength(1000);
    expect(comments[0]!.body).toBe('2');
  });

  it('are refused, with 200, to a token that may not read pull requests', async () => {
    const { pull, client, names } = aPull({ private: true });
    await expect(listPullComments(client({ contents: 'read' }), names, pull.number)).rejects.toMatchObject({
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    });
    await expect(listPullComments(client(reads), names, 99)).rejects.toMatchObject({
      errors: [{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'] }],
    });
    const other = aPull({ private: true });
    await expect(listPullComments(client(reads), other.names, 1)).rejects.toThrow('Could not resolve to a Repository');
    await expect(listPullComments(world.aProject().clientOf('nonsense'), names, 1)).rejects.toMatchObject({
      status: 401,
    });
  });
});

describe('a merge queue, asked for by GraphQL', () => {
  it('names the pull requests of a group, those before it in the group too', async () => {
    const { rig } = world;
    const { repository, pull, push, client, names } = aPull();
    push('other', { c: '1' });
    const other = rig.openPullRequest({ repository, headRef: 'other' });
    const first = rig.addToMergeQueue(pull);
    const second = rig.addToMergeQueue(other, first);
    const asked = (group: typeof first, baseSha: string) =>
      queuedPulls(client(reads), names, { headSha: group.headSha, baseSha, baseRef: 'main' });
    const [one, two] = [pull, other].map(({ number, head }) => ({ number, headSha: head.sha }));
    expect(await asked(first, first.baseSha)).toEqual([one]);
    expect(await asked(second, second.baseSha)).toEqual([two]);
    expect(await asked(second, first.baseSha)).toEqual([two, one]);
    await expect(asked(second, 'f'.repeat(40))).rejects.toThrow('does not say which pull requests');
    rig.leaveMergeQueue(first, true);
    await expect(asked(first, first.baseSha)).rejects.toThrow('does not say which pull requests');
  });
});
