import { describe, expect, it } from 'vitest';
import { useRig } from '../rig/rig.fixture.ts';
import { aTeam, project, type Team, WORSE } from './trust/team.fixture.ts';

const fixture = useRig();
const DROPPED = /^❌ `churn` roc_auc \(`logistic_regression`\) dropped by 0\.\d+/;
const worse = { 'mlops.yml': project(WORSE) };
const good = { 'mlops.yml': project({ models: '{ logistic_regression: { C: 2 }, dummy: {} }' }) };

/** Nothing of what was trained on main is left: no run, no artifact, no branch. */
function forgetAll({ git, gitDir }: Team) {
  fixture.rig.advance(91);
  git('--git-dir', gitDir, 'update-ref', '-d', 'refs/heads/runs');
}

describe('where nothing is kept of main', () => {
  it('a worse change is red and a good one green: the base commit is trained beside them', async () => {
    const team = aTeam(fixture);
    await team.train();
    forgetAll(team);
    const red = await team.judge(team.propose('worse', worse));
    expect(red.title, red.log).toMatch(DROPPED);
    expect(red.summary).toMatch(/re-made here in [\d.]+ s, since/);
    const green = await team.judge(team.propose('good', good));
    expect(green.green, green.log).toBe(true);
    expect(green.title).toMatch(/^✅ 1 gate passes/);
    expect(team.recorded()).toEqual([]);
  });
});
