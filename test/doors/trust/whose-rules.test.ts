import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { aTeam, project, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
const DROPPED =
  /^❌ `churn` roc_auc \((`dummy` in place of )?`logistic_regression`\) dropped by 0\.\d+ .*: `mlops accept churn\.roc_auc`$/;

describe('a worse model whose change loosens the rules', () => {
  let team: Team;
  beforeAll(async () => {
    team = aTeam(fixture);
    await team.train();
  });

  it.each<[string, Parameters<typeof project>[0], string, string]>([
    ['a wider limit', { gates: 'roc_auc: { max_drop: 0.9 }' }, '', 'datasets.churn.gates.roc_auc'],
    ['no gate', { gates: '' }, '', 'datasets.churn.gates.roc_auc'],
    ['one model less', { models: '[dummy]' }, '', 'datasets.churn.models'],
    ['one that passes what is not comparable', {}, 'on_not_comparable: pass', 'on_not_comparable'],
    ['one that passes any other rows', {}, 'on_data_change: accept', 'on_data_change'],
    ['every branch, so its own, among those that set rules', {}, 'tracking: { branches: ["*"] }', 'tracking.branches'],
    ['another branch of runs', {}, 'tracking: { branch: mine }', 'tracking.branch'],
  ])('to %s is red by the old ones', async (title, loose, top, rule) => {
    const pull = team.propose(title.replaceAll(' ', '-'), {
      'mlops.yml': project({ ...WORSE, ...loose, top: top && `${top}\n` }),
    });
    const job = await team.judge(pull);
    expect(job.green, job.log).toBe(false);
    expect(job.title).toMatch(DROPPED);
    expect(job.comment).toContain(job.title);
    expect(job.comment).toContain(`rule \`${rule}\`: `);
    expect(job.comment).toContain('takes effect after merge, until then the old one holds');
  });

  it('to pass doubts is red for a doubt', async () => {
    const gates = 'roc_auc: { max_drop: 0.0001 }';
    const careful = aTeam(fixture, { 'mlops.yml': project({ gates, top: 'on_inconclusive: fail\n' }) });
    await careful.train();
    const slightly = project({ gates, models: '{ logistic_regression: { C: 0.00001 }, dummy: {} }' });
    const job = await careful.judge(careful.propose('loose', { 'mlops.yml': slightly }));
    expect(job.green, job.summary).toBe(false);
    expect(job.title).toMatch(
      /^❌ Inconclusive, and `on_inconclusive: fail` is set: .*but this may be chance.*: `mlops accept churn\.roc_auc`$/,
    );
    expect(job.comment).toContain('rule `on_inconclusive`: `fail` → `pass`; takes effect after merge');
  });
});

describe('a branch that sets no rules', () => {
  it.each(['push', 'workflow_dispatch'])('is judged by the head of main on %s', async (event) => {
    const team = aTeam(fixture);
    await team.train();
    const loose = project({ ...WORSE, gates: '', top: 'tracking: { branches: [main, loose] }\n' });
    team.push('loose', { 'mlops.yml': loose });
    const job = await team.train('loose', { event });
    expect(job.green, job.log).toBe(false);
    expect(job.title).toMatch(DROPPED);
    expect(job.summary).toContain('rule `tracking.branches`');
    expect(team.recorded()).toHaveLength(2);
  });

  it('has nothing to merge where main has its commit already, as a branch or as a tag', async () => {
    const team = aTeam(fixture);
    await team.train();
    const old = team.git('rev-parse', 'main');
    team.push('main', { 'README.md': 'hello\n' });
    team.git('push', '--quiet', team.gitDir, `${old}:refs/heads/old`, `${old}:refs/tags/v1`);
    const branch = await team.train('old');
    expect(branch.green, branch.log).toBe(true);
    expect(branch.title).toContain('Nothing to merge, not judged: this commit is already on main');
    const tag = await team.job({ event: 'push', tag: 'v1' });
    expect(tag.green, tag.log).toBe(true);
    expect(tag.title).toContain('Nothing to merge, not judged: this commit is already on main');
    expect(team.recorded()).toHaveLength(2);
  });
});

describe('the project file of main', () => {
  const loose = project({ ...WORSE, gates: '' });

  it('that is broken lets nothing be judged, and says who can mend it', async () => {
    const team = aTeam(fixture);
    await team.train();
    team.push('main', { 'mlops.yml': 'datasets: [\n' });
    const job = await team.judge(team.propose('work', { 'mlops.yml': loose }));
    expect(job.green).toBe(false);
    expect(job.log).toMatch(/mlops\.yml of the head of main, [0-9a-f]{7}: .*sets the rules for this change/s);
    expect(job.log).toContain('merge the correction into main without this check: an administrator can bypass it');
    expect(job.comment).toContain('### ❌ mlops-action could not finish, so nothing was judged');
    expect(job.kept).toEqual([]);
  });

  it('that the API hides is read from the commit all the same', async () => {
    const team = aTeam(fixture);
    await team.train();
    fixture.rig.faults.hideContents('mlops.yml');
    const job = await team.judge(team.propose('work', { 'mlops.yml': loose }));
    expect(job.green).toBe(false);
    expect(job.title).toMatch(DROPPED);
  });

  it.each([
    ['into a folder', 'ml/mlops.yml', { 'working-directory': 'ml' }, '../churn.csv'],
    ['to another name', 'models.yml', { config: 'models.yml' }, 'churn.csv'],
  ])('that a change moves %s still judges it', async (_title, path, inputs, table) => {
    const team = aTeam(fixture);
    await team.train();
    const moved = project({ ...WORSE, gates: '', path: table });
    const job = await team.judge(team.propose('move', { 'mlops.yml': null, [path]: moved }), { inputs });
    expect(job.green, job.summary).toBe(false);
    expect(job.title).toMatch(DROPPED);
    expect(job.comment).toContain('rule `datasets.churn.gates.roc_auc`');
  });

  it('that is nowhere makes a first run', async () => {
    const team = aTeam(fixture, {});
    const job = await team.judge(team.propose('begin', { 'mlops.yml': project() }));
    expect(job.green, job.log).toBe(true);
    expect(job.title).toBe('🌱 First run: there is nothing to compare with yet');
    expect(team.recorded()).toEqual([]);
  });
});
