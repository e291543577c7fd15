import { describe, expect, it } from 'vitest';
import { useRig } from '../test/rig/rig.fixture.ts';
import { readAcceptances } from './acceptances.ts';

const world = useRig();
const because = 'older customers are left out';

/** A pull request, whose maintainer is ada. */
function aPull(role: 'write' | 'maintain' | 'admin' = 'maintain') {
  const { rig } = world;
  const project = world.aProject();
  const { repository, names, push, client } = project;
  push('feature', { b: '1' });
  const pull = rig.openPullRequest({ repository, headRef: 'feature' });
  rig.setRole(repository, 'ada', 'maintain');
  rig.setRole(repository, 'bob', 'write');
  const headSha = pull.head.sha;
  const line = `/accept churn.roc_auc 0.82 ${headSha} ${because}`;
  const say = (login: string, body = line, how = {}) => rig.comment(repository, pull.number, login, body, how);
  const token = rig.createToken(repository, { pull_requests: 'read' });
  const read = () =>
    readAcceptances(project.clientOf(token), names, role, async () => [{ number: pull.number, headSha }]);
  return { ...project, client, pull, headSha, line, say, read, requests: () => rig.requestsOf(token) };
}

describe('readAcceptances', () => {
  it('takes the comment of a person who has the role, and says who, when, why and where', async () => {
    const { say, read, headSha, requests } = aPull();
    const { createdAt: at, id } = say('ada');
    expect(await read()).toEqual({
      accepted: [
        {
          ...{ gate: 'churn.roc_auc', value: 0.82, sha: headSha, because, by: 'ada', at },
          url: expect.stringMatching(new RegExp(`#issuecomment-${id}$`)),
        },
      ],
      shas: [headSha],
      notes: [],
    });
    expect(requests()).toHaveLength(2);
  });

  it('asks for the role of each author once, and of nobody who accepts nothing', async () => {
    const { say, read, line, requests } = aPull();
    say('ada');
    say('ada', `${line}\n${line}`);
    say('eve', 'What a pity.');
    expect((await read()).accepted).toHaveLength(3);
    expect(requests().filter((each) => each.includes('/permission'))).toHaveLength(1);
  });

  it.each([
    ['admin', 'ada', 'they have the role `maintain`, and it takes `admin`'],
    ['maintain', 'bob', 'they have the role `write`, and it takes `maintain` or `admin`; ask somebody who has it'],
    ['write', 'eve', 'they have the role `read`, and it takes `write` or `maintain` or `admin`'],
  ] as const)('where it takes %s, not the comment of %s', async (role, login, why) => {
    const { say, read } = aPull(role);
    say(login);
    const { accepted, notes } = await read();
    expect(accepted).toEqual([]);
    expect(notes).toEqual([expect.stringContaining(`the comment by \`${login}\` accepts nothing: ${why}`)]);
  });

  it('takes the role write where the rules say so', async () => {
    const { say, read } = aPull('write');
    say('bob');
    expect((await read()).accepted).toHaveLength(1);
  });

  it.each([
    [
      'an edited comment',
      'was edited',
      (p: ReturnType<typeof aPull>) => world.rig.editComment(p.say('ada', 'x'), p.line),
    ],
    ['one by e-mail', 'came by e-mail', (p: ReturnType<typeof aPull>) => p.say('ada', p.line, { viaEmail: true })],
    ['one by an App', 'only a person', (p: ReturnType<typeof aPull>) => p.say('ada[bot]')],
    [
      'one by a deleted account',
      'its account was deleted',
      (p: ReturnType<typeof aPull>) => {
        p.say('mia');
        world.rig.deleteUser('mia');
      },
    ],
    [
      'one of an older head',
      'for `bbbbbbb`; the head of the pull request is',
      (p: ReturnType<typeof aPull>) => p.say('ada', p.line.replace(p.headSha, 'b'.repeat(40))),
    ],
    [
      'an abbreviated commit',
      'is not understood',
      (p: ReturnType<typeof aPull>) => p.say('ada', p.line.replace(p.headSha, p.headSha.slice(0, 12))),
    ],
    [
      'none with a reason',
      'gives no reason',
      (p: ReturnType<typeof aPull>) => p.say('ada', p.line.replace(because, '…')),
    ],
  ])('does not take %s, and says so', async (_, why, act) => {
    const pull = aPull();
    act(pull);
    const { accepted, notes } = await pull.read();
    expect(accepted).toEqual([]);
    expect(notes).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    ['a quotation', (line: string) => `> ${line}`],
    ['a code block', (line: string) => `\`\`\`\n${line}\n\`\`\``],
  ])('takes no notice of %s', async (_, body) => {
    const { say, read, line } = aPull();
    say('ada', body(line));
    expect(await read()).toMatchObject({ accepted: [], notes: [] });
  });

  it('says which permission lacks, and that GitHub fails', async () => {
    const { say, read } = aPull();
    say('ada');
    world.rig.faults.forbid('pull_requests');
    expect(await read()).toMatchObject({
      accepted: [],
      notes: [
        'the comments that accept something could not be read: grant the job `permissions: pull-requests: read`, and re-run it',
      ],
    });
    world.rig.faults.clear();
    world.rig.faults.failServer(/graphql/, 4);
    expect((await read()).notes).toEqual([expect.stringMatching(/could not be read: .*; re-run the job in a while/)]);
    world.rig.faults.clear();
    world.rig.interrupt({ path: /permission$/, times: 4, with: 403, message: 'Forbidden' });
    expect((await read()).notes).toEqual([expect.stringContaining('GitHub does not say which role they have')]);
  });
});
