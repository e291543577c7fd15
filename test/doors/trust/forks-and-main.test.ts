import { describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
import { aTeam, project, WORSE } from './team.fixture.ts';

const fixture = useRig();
const DROPPED = /^❌ `churn` roc_auc \(`logistic_regression`\) dropped by 0\.\d+ .*: `mlops accept churn\.roc_auc`$/;

describe('a fork', () => {
  attack(
    'is judged by the rules of main, and writes nothing',
    { title: DROPPED, says: ['rule `datasets.churn.gates.roc_auc`'] },
    async () => {
      const { rig } = fixture;
      const team = aTeam(fixture);
      await team.train();
      const before = team.recorded();
      const refused = rig.refused.length;
      const loose = project({ ...WORSE, gates: '', top: 'tracking: { branches: ["*"] }\n' });
      const pull = team.proposeFromFork('stranger', { 'mlops.yml': loose });
      const job = await team.judge(pull);
      expect(job.comment).toBe('');
      expect(rig.refused).toHaveLength(refused);
      expect(team.recorded()).toEqual(before);
      return job;
    },
  );

  it('that makes the model no worse is green', async () => {
    const team = aTeam(fixture);
    await team.train();
    const text = project({ models: '{ logistic_regression: { C: 0.9 }, dummy: {} }' });
    const job = await team.judge(team.proposeFromFork('friend', { 'mlops.yml': text }));
    expect(job.green, job.log).toBe(true);
    expect(job.title).toMatch(/^✅ 1 gate passes/);
  });
});

describe('main', () => {
  it('after a worse model was merged by force is red for it, and is what later changes are compared with', async () => {
    const { rig } = fixture;
    const team = aTeam(fixture);
    await team.train();
    const pull = team.propose('forced', { 'mlops.yml': project(WORSE) });
    expect((await team.judge(pull)).green).toBe(false);
    const merged = rig.mergePullRequest(pull);
    team.git('fetch', '--quiet', team.gitDir, 'main');
    team.git('checkout', '--quiet', 'main');
    team.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    const own = await team.train();
    expect(own.green, own.log).toBe(false);
    expect(own.title).toMatch(DROPPED);
    expect(team.recorded()).toHaveLength(4);
    const next = await team.judge(
      team.propose('next', {
        'mlops.yml': project({ ...WORSE, models: '{ logistic_regression: { C: 0.9 }, dummy: {} }' }),
      }),
    );
    expect(next.green, next.log).toBe(true);
    expect(next.summary).toContain(`baseline \`${merged.slice(0, 7)}\` (the base commit)`);
  });

  attack(
    'whose history was rewritten: its run is what later changes are compared with',
    { title: DROPPED },
    async () => {
      const { rig } = fixture;
      const team = aTeam(fixture);
      await team.train();
      team.git('checkout', '--quiet', '--orphan', 'anew', 'main');
      team.git('commit', '--quiet', '--message', 'squashed');
      team.git('push', '--quiet', team.gitDir, 'anew');
      rig.forcePush(team.repository, 'main', team.git('rev-parse', 'anew'));
      team.git('branch', '--quiet', '--force', 'main', 'anew');
      const own = await team.train();
      expect(own.green, own.log).toBe(true);
      expect(own.title).toMatch(/^🌱 First comparable run: /);
      expect(team.recorded()).toHaveLength(4);
      return team.judge(team.propose('next', { 'mlops.yml': project(WORSE) }));
    },
  );
});
