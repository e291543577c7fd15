import { describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
import { aTeam, project, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
const DROPPED = /^❌ `churn` roc_auc \(`logistic_regression`\) dropped by 0\.\d+ .*: `mlops accept churn\.roc_auc`$/;
const short = (sha: string) => sha.slice(0, 7);

describe('a pull request', () => {
  attack('is judged by what main is now, though it left main when that was worse', { title: DROPPED }, async () => {
    const { rig } = fixture;
    // The weak model sees `charges` only, the change `tenure` only, and main both by now.
    const team = aTeam(fixture, { 'mlops.yml': project(WORSE) });
    await team.train();
    const pull = team.propose('work', { 'mlops.yml': project({ ...WORSE, charges: 'ignore' }) });
    const stale = pull.base.sha;
    const better = team.push('main', { 'mlops.yml': project() });
    await team.train();
    const job = await team.judge(rig.syncPullRequest(pull));
    expect(pull.base.sha).toBe(stale);
    expect(job.summary).toContain(`baseline \`${short(better)}\` (the base commit)`);
    return job;
  });

  attack('of one head is green for no branch while it is red for main', { title: DROPPED }, async () => {
    const { rig } = fixture;
    const team = aTeam(fixture);
    await team.train();
    team.git('push', '--quiet', team.gitDir, 'main:gh-pages');
    const red = await team.judge(team.propose('work', { 'mlops.yml': project(WORSE) }));
    expect(red.title).toMatch(DROPPED);
    const aside = rig.openPullRequest({ repository: team.repository, headRef: 'work', baseRef: 'gh-pages' });
    const other = await team.judge(aside);
    expect(other.comment).toContain(other.title);
    return other;
  });

  attack('that is sent to another branch is judged anew, by that branch', { title: DROPPED }, async () => {
    const { rig } = fixture;
    const top = 'tracking: { branches: [main, develop] }\n';
    const team = aTeam(fixture, { 'mlops.yml': project({ ...WORSE, top }) });
    await team.train();
    team.push('develop', { 'mlops.yml': project({ top }) });
    const developed = await team.train('develop');
    expect(developed.log).not.toContain('not recorded');
    const pull = team.propose('work', { 'README.md': 'hello\n' });
    expect((await team.judge(pull)).title).toMatch(/^✅ No input changed/);
    const edited = rig.retarget(pull, 'develop');
    team.push('work', {
      'mlops.yml': project({ ...WORSE, top, models: '{ logistic_regression: { C: 2 }, dummy: {} }' }),
    });
    team.git('checkout', '--quiet', 'work');
    team.git('merge', '--quiet', '-s', 'ours', 'develop', '-m', 'keep ours');
    team.git('push', '--quiet', team.gitDir, 'work');
    return team.judge(rig.syncPullRequest(pull), { payload: edited });
  });
});

describe('what is checked out', () => {
  const worse = async (): Promise<[Team, ReturnType<Team['propose']>]> => {
    const team = aTeam(fixture);
    await team.train();
    return [team, team.propose('work', { 'mlops.yml': project(WORSE) })];
  };

  attack('is the head of the pull request: judged by where it left main', { title: DROPPED }, async () => {
    const [team, pull] = await worse();
    const base = team.git('rev-parse', 'main');
    team.push('main', { 'mlops.yml': project(WORSE), 'README.md': 'hello\n' });
    await team.train();
    const job = await team.judge(pull, { checkout: pull.head.sha });
    expect(job.summary).toContain(`baseline \`${short(base)}\` (the base commit)`);
    return job;
  });

  const other = {
    title:
      /^❌ Nothing was judged: another commit is checked out than the one this job is for. To mend it: remove `ref:` from actions\/checkout, and steps before this one that move HEAD, such as `git reset` or `git checkout`$/,
    says: [/found: [0-9a-f]{40}.*allowed: [0-9a-f]{40}/s],
  };

  attack('is main, by `ref: main`: an error with both commits', other, async () => {
    const [team, pull] = await worse();
    const main = team.git('rev-parse', 'main');
    const job = await team.judge(pull, { checkout: main });
    expect(job.log).toContain(`found: ${main}`);
    expect(job.log).toContain(`(the merge) or ${pull.head.sha} (the pull request's head)`);
    expect(job.comment).toContain(job.title);
    expect(job.kept).toEqual([]);
    return job;
  });

  attack('was moved by a step: an error with both commits', other, async () => {
    const [team, pull] = await worse();
    return team.judge(pull, {
      steps: ({ git }) => {
        git('fetch', '--quiet', '--depth=2', 'origin', 'HEAD', git('rev-parse', 'HEAD'));
        git('reset', '--quiet', '--hard', 'HEAD~1');
      },
    });
  });

  it('on main is a later commit: trained, not recorded, and said', async () => {
    const team = aTeam(fixture);
    const job = await team.train('main', {
      steps: ({ git }) => git('commit', '--quiet', '--allow-empty', '--message', 'later'),
    });
    expect(job.green, job.log).toBe(true);
    expect(job.kept.some((path) => path.startsWith('runs/'))).toBe(true);
    expect(`${job.log}${job.summary}`).toContain('not recorded');
    expect(team.recorded()).toEqual([]);
  });
});

describe('a merge queue', () => {
  attack('judges a group of one by main, and a second one by the first', { title: DROPPED }, async () => {
    const { rig } = fixture;
    const team = aTeam(fixture, { 'mlops.yml': project({ gates: 'roc_auc: { max_drop: 0.9 }' }) });
    await team.train();
    const one = rig.addToMergeQueue(team.propose('stricter', { 'mlops.yml': project() }));
    const first = await team.job({ event: 'merge_group', mergeGroup: one });
    expect(first.green, first.log).toBe(true);
    expect(first.title).toMatch(/^✅ No input changed/);
    const worse = team.propose('worse', { 'mlops.yml': project({ ...WORSE, gates: 'roc_auc: { max_drop: 0.9 }' }) });
    const alone = await team.job({ event: 'merge_group', mergeGroup: rig.addToMergeQueue(worse) });
    expect(alone.green, alone.log).toBe(true);
    return team.job({ event: 'merge_group', mergeGroup: rig.addToMergeQueue(worse, one) });
  });

  const forgery = {
    title:
      /^❌ Nothing was judged: GitHub does not confirm what this job is for, so nothing is judged. To mend it: re-run the job/,
  };
  attack('whose base somebody forged judges nothing', forgery, async () => {
    const { rig } = fixture;
    const team = aTeam(fixture);
    await team.train();
    const forged = team.push('forged', { 'mlops.yml': project({ ...WORSE, gates: '' }) });
    const group = rig.addToMergeQueue(team.propose('work', { 'mlops.yml': project(WORSE) }));
    const { headSha: head_sha, headRef: head_ref, baseRef: base_ref } = group;
    const payload = { merge_group: { head_sha, head_ref, base_ref, base_sha: forged } };
    const job = await team.job({ event: 'merge_group', mergeGroup: group, payload });
    expect(job.kept).toEqual([]);
    return job;
  });
});
