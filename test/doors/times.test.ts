import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../rig/rig.fixture.ts';
import { aTeam, customers, project, type Team } from './trust/team.fixture.ts';
import { runGate } from './trust/three-jobs.fixture.ts';

const fixture = useRig();
/** A forest of so many trees. No tree grows deeper than 40, so a greater depth changes nothing. */
const forest = (trees: number, depth = 40) =>
  project({
    models: `{ random_forest: { n_estimators: ${trees}, max_depth: ${depth} } }`,
    // Four times the trees are told from as many whatever else the machine does.
    gates: 'fit_cpu_seconds: { max_rise: 100% }',
  });
const FEW = 150;
const MANY = 600;
const RATIO = String.raw`× [\d.]+, 95 % from × [\d.]+ to × [\d.]+`;

describe('a limit on the rise of a time', () => {
  let team: Team;
  beforeAll(async () => {
    team = aTeam(fixture, { 'mlops.yml': forest(FEW), 'churn.csv': customers(1500) });
    await team.train();
  });

  it('is red where a model is slower, and green where it is the same', async () => {
    const slower = await team.judge(team.propose('slower', { 'mlops.yml': forest(MANY) }));
    expect(slower.green, slower.log).toBe(false);
    expect(slower.title).toMatch(
      /^❌ `churn` fit_cpu_seconds \(`random_forest`\) is [\d.]+ s, more than `max_rise: 100%`/,
    );
    expect(slower.summary).toMatch(new RegExp(RATIO));
    expect(slower.log).toContain('trained both 5 times in turn');
    const same = await team.judge(team.propose('same', { 'mlops.yml': forest(FEW, 41) }));
    expect(same.green, same.log).toBe(true);
    expect(same.title).toMatch(/^✅ 1 gate passes/);
    expect(same.comment).toMatch(/× [\d.]+, [\d.]+ to [\d.]+\)/);
  });

  it('is measured by the job that publishes, not by one that hands over', async () => {
    const pullRequest = team.propose('slower-in-three', { 'mlops.yml': forest(MANY) });
    const gate = await runGate(team, { pullRequest });
    expect(gate.green).toBe(false);
    expect(gate.publish.title).toMatch(/^❌ `churn` fit_cpu_seconds/);
    expect(gate.publish.summary).toMatch(new RegExp(RATIO));
    expect(gate.publish.log).toContain('trained both 5 times in turn');
    expect(gate.seen['train-0']!.log).not.toContain('in turn');
  });
});
