import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { aTeam, customers, project, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
const second = (id: string, of: Parameters<typeof project>[0] = {}) =>
  project({ id, path: 'second.csv', ...of }).replace('datasets:\n', '');
const table = { 'second.csv': customers(60) };

describe('the first pull request', () => {
  it('adds mlops.yml: a first run, green, which records nothing', async () => {
    const team = aTeam(fixture, {});
    const job = await team.judge(
      team.propose('begin', { 'mlops.yml': project({ gates: 'roc_auc: { min: 0.6, max_drop: 0.01 }' }) }),
    );
    expect(job.green, job.log).toBe(true);
    expect(job.title).toBe('🌱 First run: there is nothing to compare with yet; the floors hold');
    expect(job.comment).toContain(job.title);
    expect(team.recorded()).toEqual([]);
  });

  it('is red for a floor that does not hold', async () => {
    const team = aTeam(fixture, {});
    const job = await team.judge(team.propose('begin', { 'mlops.yml': project({ gates: 'roc_auc: { min: 0.999 }' }) }));
    expect(job.green, job.log).toBe(false);
    expect(job.title).toMatch(/^❌ `churn` roc_auc .*, below `min: 0\.999`.* `mlops accept churn\.roc_auc`$/);
  });
});

describe('a dataset', () => {
  let team: Team;
  beforeAll(async () => {
    team = aTeam(fixture, { 'mlops.yml': project() + second('spend'), ...table });
    await team.train();
  });

  it('that is added is judged by its own rules, the others by those of main', async () => {
    const added = project() + second('spend') + second('third', { path: 'third.csv' });
    const good = await team.judge(team.propose('add', { 'mlops.yml': added, 'third.csv': customers(80) }));
    expect(good.green, good.log).toBe(true);
    expect(good.title).toMatch(/^(🌱 First run|✅).*/);
    expect(good.summary).toContain('`third` has no baseline');
    const bad = await team.judge(
      team.propose('hide', {
        'mlops.yml': project(WORSE) + second('spend') + second('third', { path: 'third.csv' }),
        'third.csv': customers(80),
      }),
    );
    expect(bad.green, bad.log).toBe(false);
    expect(bad.title).toMatch(/^❌ `churn` roc_auc .* dropped/);
  });

  it.each([
    ['renamed', project() + second('outlay')],
    ['removed', project()],
  ])('that is %s is red, and can be accepted', async (title, text) => {
    const job = await team.judge(team.propose(title, { 'mlops.yml': text }));
    expect(job.green, job.log).toBe(false);
    expect(job.title).toBe(
      '❌ Incomplete: `spend` was removed from mlops.yml, but the base still expects it. If that is intended: `mlops accept spend.removed`',
    );
    expect(job.comment).toContain(job.title);
  });
});
