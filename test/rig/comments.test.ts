import { describe, expect, it } from 'vitest';
import { notificationsOf } from './notifications.ts';
import { useRig } from './rig.fixture.ts';

const world = useRig();

describe('comments', () => {
  it('are edited and deleted by whoever may write, and stay the author’s', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject();
    push('feature', { b: '1' });
    const pull = rig.openPullRequest({ repository, headRef: 'feature' });
    const mona = client({ pull_requests: 'write' }, 'mona');
    const bot = client({ issues: 'write' });
    const { data } = await mona.rest.issues.createComment({ ...names, issue_number: pull.number, body: 'mine' });
    const comment = { ...names, comment_id: data.id };
    await bot.rest.issues.updateComment({ ...comment, body: 'changed' });
    const read = await mona.rest.issues.getComment(comment);
    expect(read.data).toMatchObject({ body: 'changed', user: { login: 'mona' } });
    await bot.rest.issues.deleteComment(comment);
    expect(rig.comments(pull)).toEqual([]);
  });
});

describe('notificationsOf', () => {
  it.each([
    ['a mention', 'Hi @octocat!', ['@octocat']],
    ['a team', 'ask @org/ml-team', ['@org/ml-team']],
    ['a decimal entity', '&#64;octocat', ['@octocat']],
    ['a hexadecimal entity', '&#x40;octocat and &num;12', ['@octocat', '#12']],
    ['an entity in a block of HTML', '<details>\n<b>&#64;octocat</b>\n</details>', ['@octocat']],
    ['an entity that became text twice is text', '&amp;#64;octocat', []],
    ['an issue, here and elsewhere', 'fixes #12, org/repo#3 and GH-4', ['#12', 'org/repo#3', 'GH-4']],
    ['the address of an issue', 'https://github.com/org/repo/issues/7', ['https://github.com/org/repo/issues/7']],
    ['a commit', 'since 1234abc', ['1234abc']],
    ['nothing in code', '`@octocat #1` and\n\n```\n@octocat #1\n```\n', []],
    ['nothing in raw code', '<code>@octocat</code> <pre>#1</pre>', []],
    ['nothing in a comment', '<!-- @octocat #1 -->', []],
    ['nothing in a link', '[@octocat](https://example.com)', []],
    ['nothing in an address of mail', 'ada@example.com', []],
    ['nothing behind marks that keep it apart', '@\u200boctocat #\u200b1', []],
    ['a mention that a code span does not hold', '`a` @octocat `b`', ['@octocat']],
    ['a mention in a table', '| a |\n| - |\n| @octocat |', ['@octocat']],
  ])('%s', (_title, body, texts) => {
    expect(notificationsOf(body).map(({ text }) => text)).toEqual(texts);
  });
});
