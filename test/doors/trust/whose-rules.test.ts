import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
import { aTeam, customers, project, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
const DROPPED =
  /^❌ `churn` roc_auc \((`dummy` in place of )?`logistic_regression`\) dropped by 0\.\d+ .*: `mlops accept churn\.roc_auc`$/;

describe('a worse model whose change loosens the rules', () => {
  let team: Team;
  beforeAll(async () => {
    team = aTeam(fixture);
    await team.train();
  });

  const loosened: readonly [string, Parameters<typeof project>[0], string, string][] = [
    ['a wider limit', { gates: 'roc_auc: { max_drop: 0.9 }' }, '', 'datasets.churn.gates.roc_auc'],
    ['no gate', { gates: '' }, '', 'datasets.churn.gates.roc_auc'],
    ['one model less', { models: '[dummy]' }, '', 'datasets.churn.models'],
    ['one that passes what is not comparable', {}, 'on_not_comparable: pass', 'on_not_comparable'],
    ['one that passes any other rows', {}, 'on_data_change: accept', 'on_data_change'],
    ['every branch, so its own, among those that set rules', {}, 'tracking: { branches: ["*"] }', 'tracking.branches'],
    ['another branch of runs', {}, 'tracking: { branch: mine }', 'tracking.branch'],
  ];
  for (const [what, loose, top, rule] of loosened) {
    const says = [`rule \`${rule}\`: `, 'takes effect after merge, until then the old one holds'];
    attack(`to ${what} is red by the old ones`, { title: DROPPED, says }, async () => {
      const pull = team.propose(what.replaceAll(' ', '-'), {
        'mlops.yml': project({ ...WORSE, ...loose, top: top && `${top}\n` }),
      });
      const job = await team.judge(pull);
      expect(job.comment).toContain(job.title);
      return job;
    });
  }

  const doubted = {
    title:
      /^❌ Inconclusive, and `on_inconclusive: fail` is set: .*but this may be chance.*: `mlops accept churn\.roc_auc`$/,
    says: ['rule `on_inconclusive`: `fail` → `pass`; takes effect after merge'],
  };
  attack('to pass doubts is red for a doubt', doubted, async () => {
    const gates = 'roc_auc: { max_drop: 0.0001 }';
    const careful = aTeam(fixture, { 'mlops.yml': project({ gates, top: 'on_inconclusive: fail\n' }) });
    await careful.train();
    const slightly = project({ gates, models: '{ logistic_regression: { C: 0.001 }, dummy: {} }' });
    return careful.judge(careful.propose('loose', { 'mlops.yml': slightly }));
  });
});

describe('a branch that sets no rules', () => {
  const byMain = { title: DROPPED, says: ['rule `tracking.branches`'] };
  for (const event of ['push', 'workflow_dispatch'])
    attack(`is judged by the head of main on ${event}`, byMain, async () => {
      const team = aTeam(fixture);
      await team.train();
      const loose = project({ ...WORSE, gates: '', top: 'tracking: { branches: [main, loose] }\n' });
      team.push('loose', { 'mlops.yml': loose });
      const job = await team.train('loose', { event });
      expect(team.recorded()).toHaveLength(2);
      return job;
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

  const broken = {
    title: /^❌ Nothing was judged: `mlops\.yml of the head of main, [0-9a-f]{7}`: .*To mend it: /,
    says: [
      'sets the rules for this change',
      'merge the correction into main without this check: an administrator can bypass it',
    ],
  };
  attack('that is broken lets nothing be judged, and says who can mend it', broken, async () => {
    const team = aTeam(fixture);
    await team.train();
    team.push('main', { 'mlops.yml': 'datasets: [\n' });
    const job = await team.judge(team.propose('work', { 'mlops.yml': loose }));
    expect(job.comment).toContain(job.title);
    expect(job.kept).toEqual([]);
    return job;
  });

  attack('that the API hides is read from the commit all the same', { title: DROPPED }, async () => {
    const team = aTeam(fixture);
    await team.train();
    fixture.rig.faults.hideContents('mlops.yml');
    return team.judge(team.propose('work', { 'mlops.yml': loose }));
  });

  const moves = [
    ['into a folder', 'ml/mlops.yml', { 'working-directory': 'ml' }, '../churn.csv'],
    ['to another name', 'models.yml', { config: 'models.yml' }, 'churn.csv'],
  ] as const;
  for (const [where, path, inputs, table] of moves) {
    const judged = { title: DROPPED, says: ['rule `datasets.churn.gates.roc_auc`'] };
    attack(`that a change moves ${where} still judges it`, judged, async () => {
      const team = aTeam(fixture);
      await team.train();
      const moved = project({ ...WORSE, gates: '', path: table });
      return team.judge(team.propose('move', { 'mlops.yml': null, [path]: moved }), { inputs: { ...inputs } });
    });
  }

  it('that is nowhere makes a first run', async () => {
    const team = aTeam(fixture, {});
    const job = await team.judge(team.propose('begin', { 'mlops.yml': project() }));
    expect(job.green, job.log).toBe(true);
    expect(job.title).toBe('🌱 First run: there is nothing to compare with yet');
    expect(team.recorded()).toEqual([]);
  });
});

describe('a dispatched workflow on the branch of a change', () => {
  const second = project({ id: 'spend', path: 'second.csv' }).replace('datasets:\n', '');
  attack(
    'that chooses another dataset passes for no commit',
    { title: /^✅/, says: ['### ❌ Nothing was judged: a dispatched workflow that chooses by the input `dataset`'] },
    async () => {
      const team = aTeam(fixture, { 'mlops.yml': project() + second, 'second.csv': customers(60) });
      await team.train();
      team.propose('work', { 'mlops.yml': project(WORSE) + second });
      return team.train('work', { event: 'workflow_dispatch', inputs: { dataset: 'spend' } });
    },
  );

  it('ends as its gates say where nothing else starts it and its job has a name of its own', async () => {
    const path = '.github/workflows/retrain.yml';
    const workflow = 'on: workflow_dispatch\njobs: { retrain: { runs-on: ubuntu-latest } }\n';
    const team = aTeam(fixture, { 'mlops.yml': project() + second, 'second.csv': customers(60), [path]: workflow });
    await team.train();
    team.propose('work', { 'mlops.yml': project(WORSE) + second });
    const trial = (dataset: string) =>
      team.train('work', { event: 'workflow_dispatch', path, job: 'retrain', inputs: { dataset } });
    const [spend, churn] = [await trial('spend'), await trial('churn')];
    expect([spend.green, churn.green], spend.log + churn.log).toEqual([true, false]);
    expect(churn.title).toMatch(DROPPED);
  });
});
