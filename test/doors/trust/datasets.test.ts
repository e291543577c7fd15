import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
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
  });

  attack('that is added hides no worse one', { title: /^❌ `churn` roc_auc .* dropped/ }, async () => {
    const text = project(WORSE) + second('spend') + second('third', { path: 'third.csv' });
    return team.judge(team.propose('hide', { 'mlops.yml': text, 'third.csv': customers(80) }));
  });

  const GONE =
    /^❌ Incomplete: `spend` was removed from mlops\.yml, but the base still expects it\. If that is intended: `mlops accept spend\.removed`$/;
  for (const [how, text] of [
    ['renamed', project() + second('outlay')],
    ['removed', project()],
  ] as const) {
    attack(`that is ${how} is red, and can be accepted`, { title: GONE }, async () => {
      const job = await team.judge(team.propose(how, { 'mlops.yml': text }));
      expect(job.comment).toContain(job.title);
      return job;
    });
  }
});
