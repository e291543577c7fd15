import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useRig } from '../rig/rig.fixture.ts';
import { attack } from './trust/attack.ts';
import { aTeam, customers, type Files, overwrite, project, WORSE } from './trust/team.fixture.ts';

const fixture = useRig();
const DROPPED = /^❌ `churn` roc_auc \(`logistic_regression`\) dropped by 0\.\d+/;
const REMADE = /re-made here in [\d.]+ s, since/;
const TABLE = customers();
/** The features of who leaves are everybody's: nothing can be learned. */
const WORTHLESS = TABLE.replaceAll(/,yes$/gm, ',no').replaceAll(/^(c\d*[05],.*),no$/gm, '$1,yes');
const worse = { 'mlops.yml': project(WORSE) };
const good = { 'mlops.yml': project({ models: '{ logistic_regression: { C: 2 }, dummy: {} }' }) };

describe('where nothing is kept of main', () => {
  it('a worse change is red and a good one green: the base commit is trained beside them', async () => {
    const team = aTeam(fixture);
    await team.train();
    team.forgetAll();
    const red = await team.judge(team.propose('worse', worse));
    expect(red.title, red.log).toMatch(DROPPED);
    expect(red.summary).toMatch(REMADE);
    const green = await team.judge(team.propose('good', good));
    expect(green.green, green.log).toBe(true);
    expect(green.title).toMatch(/^✅ 1 gate passes/);
    expect(team.recorded()).toEqual([]);
  });

  it('a broken table of the base commit is said, and is no bug', async () => {
    const team = aTeam(fixture, { 'mlops.yml': project(), 'churn.csv': TABLE.replace('leaves', 'left') });
    const job = await team.judge(team.propose('mend', { 'churn.csv': TABLE }));
    expect(job.green).toBe(false);
    expect(job.title).toMatch(/^🚫 Not comparable: .*the base commit cannot be trained: `?churn\.csv/);
    expect(job.title).toContain('`mlops accept churn.baseline`');
    expect(job.log).not.toContain('This is a bug');
  });
});

describe('where the table is no file of the repository', () => {
  const sha256 = createHash('sha256').update(TABLE).digest('hex');
  const md5 = createHash('md5').update(TABLE).digest('hex');
  const pointer = `outs:\n- md5: ${md5}\n  size: ${TABLE.length}\n  hash: md5\n  path: churn.csv\n`;
  const named = (of: Parameters<typeof project>[0] = {}) =>
    project(of).replace('path: churn.csv\n', `path: churn.csv\n    sha256: ${sha256}\n`);
  const fetched = { steps: overwrite('churn.csv', TABLE) };
  /** A change of a team that never committed its table. */
  const proposed = (main: Files, change: Files) => {
    const team = aTeam(fixture, { 'churn.csv': 'replaced\n', ...main });
    team.git('rm', '--quiet', 'churn.csv');
    team.push('main', { 'README.md': 'hello\n' });
    return { team, pull: team.propose('work', change) };
  };

  it('a download is compared with what `sha256` names, and without it the title says the line', async () => {
    const { team, pull } = proposed({ 'mlops.yml': named() }, { 'mlops.yml': named(WORSE) });
    const job = await team.judge(pull, fetched);
    expect(job.title, job.log).toMatch(DROPPED);
    expect(job.summary).toMatch(REMADE);
    const without = proposed({ 'mlops.yml': project() }, worse);
    const lost = await without.team.judge(without.pull, fetched);
    expect(lost.title, lost.log).toMatch(/^🚫 Not comparable: .* nothing in it says which bytes `churn\.csv` had/);
    expect(lost.title).toMatch(/write the SHA-256 of `churn\.csv` into `mlops\.yml`.*`sha256: …`/);
  });

  it('a download that is not what `sha256` names is refused', async () => {
    const { team, pull } = proposed({ 'mlops.yml': named() }, { 'mlops.yml': named(WORSE) });
    const job = await team.judge(pull, { steps: overwrite('churn.csv', WORTHLESS) });
    expect(job.green).toBe(false);
    expect(job.title).toContain('is not the table that datasets.churn.sha256 of mlops.yml names');
  });

  it('what DVC has fetched is compared with what the pointer of main names', async () => {
    const { team, pull } = proposed({ 'mlops.yml': project(), 'churn.csv.dvc': pointer }, worse);
    const job = await team.judge(pull, fetched);
    expect(job.title, job.log).toMatch(DROPPED);
    expect(job.summary).toMatch(REMADE);
  });

  attack(
    'other bytes lie where the pointer, which is the same, says: nothing is believed of them',
    { title: /^🚫 Not comparable: .*`churn\.csv` is not here as `churn\.csv\.dvc` of that commit names it/ },
    () => {
      const { team, pull } = proposed({ 'mlops.yml': project(), 'churn.csv.dvc': pointer }, worse);
      return team.judge(pull, { steps: overwrite('churn.csv', WORTHLESS) });
    },
  );

  attack(
    'the change brings its own digest along: that of main counts',
    { title: /^🚫 Not comparable: .*`churn\.csv` is not here as `mlops\.yml` of that commit names it/ },
    () => {
      const other = createHash('sha256').update(WORTHLESS).digest('hex');
      const { team, pull } = proposed({ 'mlops.yml': named() }, { 'mlops.yml': named(WORSE).replace(sha256, other) });
      return team.judge(pull, { steps: overwrite('churn.csv', WORTHLESS) });
    },
  );
});

describe('where the table is in Git LFS', () => {
  it('the base commit’s is fetched although the change has another', async () => {
    const { rig } = fixture;
    const team = aTeam(fixture, { 'mlops.yml': project(), 'churn.csv': 'replaced\n' });
    const pointer = rig.addLfsObject(team.repository, Buffer.from(TABLE));
    team.push('main', { 'churn.csv': pointer });
    const more = rig.addLfsObject(team.repository, Buffer.from(customers(220)));
    const job = await team.judge(team.propose('work', { ...worse, 'churn.csv': more }));
    expect(job.title, job.log).toMatch(
      /^❌ `churn` roc_auc \(`logistic_regression`, trained without the added rows\) dropped/,
    );
    expect(job.summary).toMatch(REMADE);
    expect(job.log.match(/from Git LFS/g)).toHaveLength(2);
  });
});

describe('where a command trains', () => {
  it('the base commit is not trained beside the change: the title says what to do', async () => {
    const text = project({ models: '{ custom: { command: [sh, train.sh] }, dummy: {} }' });
    const train = `tail -n +2 "$MLOPS_TEST" | awk -F, 'BEGIN{print "key,prediction"}{print $1",0.5"}' > "$MLOPS_PREDICTIONS"\n`;
    const team = aTeam(fixture, { 'mlops.yml': text, 'train.sh': `touch ran-as-base\n${train}` });
    const job = await team.judge(team.propose('work', { 'train.sh': train }));
    expect(job.green).toBe(false);
    expect(job.title).toMatch(/^🚫 Not comparable: .*a command of the change could stand in for its `custom` command/);
    expect(job.title).toContain('run the workflow on the default branch once');
  });
});
