import { describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
import { aTeam, project, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
const DROPPED = /^❌ `churn` roc_auc \(`logistic_regression`\) dropped by 0\.\d+ .*: `mlops accept churn\.roc_auc`$/;
const LOOSE = 'roc_auc: { max_drop: 0.9 }';
/** Requests of a job that judges. */
const FEW = 25;

describe('a branch that matches a pattern in tracking.branches', () => {
  const top = 'tracking: { branches: [main, "release/*"] }\n';
  const unprotected =
    '`release/1` is not protected, so `main` sets the rules here: whoever can push could have made a branch that matches a pattern in `tracking.branches`. To let it set its own, protect `release/1`, or name it in `tracking.branches` of the default branch';
  const released = async (text: string): Promise<Team> => {
    const team = aTeam(fixture, { 'mlops.yml': project({ top }) });
    await team.train();
    team.push('release/1', { 'mlops.yml': text });
    return team;
  };

  attack(
    'and is not protected sets no rules for what goes into it',
    { title: DROPPED, says: [unprotected] },
    async () => {
      const team = await released(project({ top, gates: LOOSE }));
      team.git('checkout', '--quiet', '-b', 'work', 'release/1');
      const job = await team.judge(
        team.propose('work', { 'mlops.yml': project({ ...WORSE, top, gates: LOOSE }) }, 'release/1'),
      );
      expect(job.requests.length).toBeLessThanOrEqual(FEW);
      return job;
    },
  );

  attack(
    'and is not protected records nothing when it is pushed',
    { title: DROPPED, says: [unprotected] },
    async () => {
      const team = await released(project({ ...WORSE, top, gates: LOOSE }));
      const before = team.recorded();
      const job = await team.train('release/1');
      expect(team.recorded()).toEqual(before);
      return job;
    },
  );

  it('and is protected sets its own', async () => {
    const team = await released(project({ top, gates: LOOSE }));
    fixture.rig.protectBranch(team.repository, 'release/1');
    const pushed = await team.train('release/1');
    expect(pushed.log).not.toContain('not recorded');
    team.git('checkout', '--quiet', '-b', 'work', 'release/1');
    const worse = { 'mlops.yml': project({ ...WORSE, top, gates: LOOSE }) };
    const job = await team.judge(team.propose('work', worse, 'release/1'));
    expect(job.green, job.log).toBe(true);
    expect(job.summary).not.toContain('is not protected');
    expect(job.requests.length).toBeLessThanOrEqual(FEW);
  });
});

describe('one head in two pull requests', () => {
  const top = 'tracking: { branches: [main, develop] }\n';
  /** Develop lets pass what main does not. */
  const twoBranches = async () => {
    const team = aTeam(fixture, { 'mlops.yml': project({ top }) });
    await team.train();
    team.push('develop', { 'mlops.yml': project({ top, gates: LOOSE }) });
    await team.train('develop');
    const one = team.propose('work', { 'mlops.yml': project({ ...WORSE, top }) });
    const other = fixture.rig.openPullRequest({ repository: team.repository, headRef: 'work', baseRef: 'develop' });
    return { team, one, other };
  };
  const shared = (number: number, into: string, own: string) => ({
    title: new RegExp(
      `^❌ Nothing was judged: pull request #.?${number} brings the same commit into \`${into}\`, and one check cannot judge it for \`${own}\`, too. To mend it: close #.?${number}, or push an empty commit to one of the two branches; then run this job again$`,
    ),
  });

  attack('into two branches that set rules is judged for neither', shared(1, 'main', 'develop'), async () => {
    const { team, other } = await twoBranches();
    const job = await team.judge(other);
    expect(job.requests.length).toBeLessThanOrEqual(FEW);
    return job;
  });

  attack('is judged again when the other one is closed', { title: DROPPED }, async () => {
    const { team, one, other } = await twoBranches();
    expect((await team.judge(one)).title).toMatch(shared(2, 'develop', 'main').title);
    fixture.rig.closePullRequest(other);
    return team.judge(one);
  });

  attack(
    'into a branch that sets rules gives no green by a push',
    {
      title:
        /^❌ Nothing was judged: pull request #.?1 brings the same commit into `develop`.*To mend it: let this workflow run on pushes to branches that set rules only, or close #.?1$/,
    },
    async () => {
      const team = aTeam(fixture, { 'mlops.yml': project({ top, gates: LOOSE }) });
      await team.train();
      team.push('develop', { 'mlops.yml': project({ top }) });
      await team.train('develop');
      team.propose('work', { 'mlops.yml': project({ ...WORSE, top }) }, 'develop');
      return team.train('work');
    },
  );
});
