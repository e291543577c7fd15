import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import type { PullRequest } from '../../rig/state.ts';
import { attack } from './attack.ts';
import { aTeam, project, type SeenJob, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
const DROPPED = /^❌ `churn` roc_auc \(`logistic_regression`\) dropped by 0\.\d+ .*: `mlops accept churn\.roc_auc`/;
const REASON = 'older customers are left out';
const short = (sha: string) => sha.slice(0, 7);

/** What the report says that somebody has to write, with a reason. */
function lineOf({ comment }: SeenJob): string {
  const [line = 'none'] = /^\/accept .*$/m.exec(comment) ?? [];
  return line.replace('…', REASON);
}

async function aRedPull() {
  const team = aTeam(fixture);
  await team.train();
  const pull = team.propose('work', { 'mlops.yml': project(WORSE) });
  const red = await team.judge(pull);
  const { rig } = fixture;
  rig.setRole(team.repository, 'ada', 'maintain');
  rig.setRole(team.repository, 'bob', 'write');
  return {
    team,
    pull,
    red,
    line: lineOf(red),
    say: (login: string, body: string) => rig.comment(team.repository, pull.number, login, body),
  };
}

describe('a comment of a maintainer', () => {
  let red: Awaited<ReturnType<typeof aRedPull>>;
  let said: RegExp;
  beforeAll(async () => {
    red = await aRedPull();
    const { id } = red.say('ada', red.line);
    said = new RegExp(
      `^☑️ Accepted: .*accepted by \`ada\` in \\[a comment\\]\\(.*#issuecomment-${id}\\) on \\d{4}-\\d\\d-\\d\\d: ${REASON}$`,
    );
  });

  it('is what the red report says', () => {
    const { red: job, line, pull } = red;
    expect(job.title, job.log).toMatch(DROPPED);
    expect(job.comment).toContain('somebody with the role `maintain` or `admin` begins a comment on this pull request');
    expect(job.comment).toContain(`run the failed ones again: \`gh run rerun ${job.runId} --failed\``);
    expect(line).toMatch(new RegExp(`^/accept churn\\.roc_auc 0\\.\\d+ ${pull.head.sha} ${REASON}$`));
  });

  it('lets the pull request pass when its job runs again', async () => {
    const again = await red.team.judge(red.pull, { runId: red.red.runId, attempt: 2 });
    expect(again.title, again.log).toMatch(said);
    expect(again.green).toBe(true);
    expect(again.comment).not.toContain('To accept it as it is');
  });

  it('lets it pass in the queue', async () => {
    const mergeGroup = fixture.rig.addToMergeQueue(red.pull);
    const queued = await red.team.job({ event: 'merge_group', mergeGroup });
    expect(queued.title, queued.log).toMatch(said);
    expect(queued.green).toBe(true);
    fixture.rig.leaveMergeQueue(mergeGroup, true);
  });

  it('lives on on main after the merge', async () => {
    const merged = await red.team.train();
    expect(merged.title, merged.log).toMatch(said);
    expect(merged.green).toBe(true);
    expect(merged.requests.length).toBeLessThanOrEqual(25);
  });
});

describe('an acceptance', () => {
  let team: Team;
  let pull: PullRequest;
  let line: string;
  let say: (login: string, body: string) => ReturnType<typeof fixture.rig.comment>;
  beforeAll(async () => {
    ({ team, pull, line, say } = await aRedPull());
  });
  /** What is written is gone again for the next attack. */
  const written = (write: () => ReturnType<typeof say>) => async () => {
    const comment = write();
    const job = await team.judge(pull);
    fixture.rig.deleteComment(comment);
    return job;
  };

  attack(
    'by the author, who may only write',
    { title: DROPPED, says: ['`bob` accepts nothing: they have the role `write`, and it takes `maintain` or `admin`'] },
    written(() => say('bob', line)),
  );
  attack(
    'by somebody without any role',
    { title: DROPPED, says: ['`eve` accepts nothing: they have the role `read`'] },
    written(() => say('eve', line)),
  );
  attack(
    'that a writer put into the comment of a maintainer',
    { title: DROPPED, says: ['`ada` accepts nothing: it was edited, which others can do too; write a new one'] },
    written(() => {
      const comment = say('ada', 'Looks bad to me.');
      fixture.rig.editComment(comment, line);
      return comment;
    }),
  );
  attack(
    'by an App that has the name of a maintainer',
    { title: DROPPED, says: ['only a person can accept'] },
    written(() => say('ada[bot]', line)),
  );
  attack(
    'that a maintainer quotes',
    { title: DROPPED },
    written(() => say('ada', `> ${line}\n\nNever!`)),
  );
  attack(
    'that a maintainer shows in a code block',
    { title: DROPPED },
    written(() => say('ada', `\`\`\`\n${line}\n\`\`\`\nis what you want?`)),
  );
  attack(
    'of a better value than there is',
    { title: DROPPED, says: [/churn\.roc_auc was accepted by ada at 0\.99; it is worse here, 0\.\d+/] },
    written(() => say('ada', line.replace(/ 0\.\d+ /, ' 0.99 '))),
  );
  attack(
    'of a gate that is not judged',
    { title: DROPPED, says: ['ada accepted `churn.roc_acu`', 'did you mean `churn.roc_auc`?'] },
    written(() => say('ada', line.replace('roc_auc', 'roc_acu'))),
  );
  attack('on another pull request, of the same commit', { title: DROPPED }, async () => {
    team.push('other', { 'README.md': 'hello\n' });
    const other = fixture.rig.openPullRequest({ repository: team.repository, headRef: 'work', baseRef: 'other' });
    const comment = fixture.rig.comment(team.repository, other.number, 'ada', line);
    fixture.rig.closePullRequest(other);
    const job = await team.judge(pull);
    fixture.rig.deleteComment(comment);
    return job;
  });
  attack(
    'that cannot be read without `pull-requests: read`, though the change has it for what it is about',
    { title: DROPPED, says: ['grant the job `permissions: pull-requests: read`'] },
    async () => {
      const comment = say('ada', line);
      fixture.rig.interrupt({
        path: /graphql$/,
        times: 1,
        with: 403,
        message: 'Resource not accessible by integration',
      });
      const job = await team.judge(pull);
      fixture.rig.deleteComment(comment);
      return job;
    },
  );
  attack('that is a file on the branch of runs, which whoever may write puts there', { title: DROPPED }, async () => {
    const file = 'accepted/2026/11/20261125-061500-0badc0de.json';
    const [, value] = / (0\.\d+) /.exec(line)!;
    const record = { schema: 1, id: '20261125-061500-0badc0de', gate: 'churn.roc_auc', kind: 'limit' };
    const rest = {
      sha: pull.head.sha,
      value: Number(value),
      by: 'ada',
      at: '2026-11-25T06:15:00.000Z',
      because: REASON,
    };
    team.git('fetch', '--quiet', team.gitDir, '+refs/heads/runs:refs/heads/runs');
    team.push('runs', { [file]: JSON.stringify({ ...record, ...rest }) });
    return team.judge(pull);
  });
  attack(
    'of an older head',
    {
      title: DROPPED,
      says: [/`ada` accepted `churn\.roc_auc` for `[0-9a-f]{7}`; the head of the pull request is/],
    },
    async () => {
      say('ada', line);
      const older = pull.head.sha;
      team.push('work', { 'README.md': 'more\n' });
      const job = await team.judge(fixture.rig.syncPullRequest(pull));
      expect(job.summary).toContain(
        `for \`${short(older)}\`; the head of the pull request is \`${short(pull.head.sha)}\``,
      );
      return job;
    },
  );
});

describe('the rules of the base', () => {
  attack(
    'say who accepts: a change that lets its author in lets nobody in',
    { title: DROPPED, says: ['it takes `admin`'] },
    async () => {
      const team = aTeam(fixture, { 'mlops.yml': project({ top: 'accept: admin\n' }) });
      await team.train();
      const pull = team.propose('work', { 'mlops.yml': project({ ...WORSE, top: 'accept: write\n' }) });
      const red = await team.judge(pull);
      fixture.rig.setRole(team.repository, 'ada', 'maintain');
      fixture.rig.comment(team.repository, pull.number, 'ada', lineOf(red));
      return team.judge(pull);
    },
  );
});

describe('in a merge queue', () => {
  attack('what was accepted is not accepted for another pull request of the queue', { title: DROPPED }, async () => {
    const { rig } = fixture;
    const { team, pull, line, say } = await aRedPull();
    say('ada', line);
    const good = rig.addToMergeQueue(team.propose('good', { 'README.md': 'hello\n' }));
    await team.job({ event: 'merge_group', mergeGroup: good });
    rig.closePullRequest(pull);
    const other = team.propose('other', { 'mlops.yml': project({ ...WORSE, top: '# other\n' }) });
    return team.job({ event: 'merge_group', mergeGroup: rig.addToMergeQueue(other, good) });
  });
});
