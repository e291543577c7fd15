import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import type { PullRequest } from '../../rig/state.ts';
import { attack } from './attack.ts';
import { aTeam, customers, project, type SeenJob, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
const DROPPED = /^❌ `churn` roc_auc \(`logistic_regression`\) dropped by 0\.\d+ .*: `mlops accept churn\.roc_auc`/;
/** Nothing that somebody deletes is needed. */
const REMADE = /re-made here in [\d.]+ s, since/;
const short = (sha: string) => sha.slice(0, 7);

/** What a writer can do to the branch of runs. @param change gives files by path; null removes. */
function writeToRuns(
  { git, gitDir }: Team,
  change: (files: ReadonlyMap<string, string>) => Readonly<Record<string, string | null>>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'writer-'));
  const inFolder = (...args: readonly string[]) =>
    git('-C', folder, '-c', 'user.name=B', '-c', 'user.email=b@c', ...args);
  git('clone', '--quiet', '--branch', 'runs', gitDir, folder);
  const paths = inFolder('ls-files', 'runs').split('\n');
  const files = new Map(paths.map((path) => [path, inFolder('show', `HEAD:${path}`)]));
  for (const [path, text] of Object.entries(change(files))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (text === null) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), `${text}\n`);
  }
  inFolder('add', '--all');
  inFolder('commit', '--quiet', '--allow-empty', '--message', 'x');
  inFolder('push', '--quiet', 'origin', 'HEAD:runs');
  rmSync(folder, { recursive: true });
}

const first = (files: ReadonlyMap<string, string>) =>
  [...files].find(([path]) => path.includes('logistic_regression'))!;
/** A record as if it had another value, under another name. */
function forged(files: ReadonlyMap<string, string>, value: string): Readonly<Record<string, string>> {
  const [path, text] = first(files);
  const renamed = (old: string) => old.replace(/[0-9a-f]{8}(?=\.json|")/, '0badc0de');
  const id = /"id": "[^"]*"/.exec(text)![0];
  return { [renamed(path)]: text.replace(id, renamed(id)).replaceAll(/"value": 0\.\d+/g, `"value": ${value}`) };
}

describe('the branch of runs', () => {
  let team: Team;
  let pull: PullRequest;
  let good: PullRequest;
  let kept: string;
  beforeAll(async () => {
    team = aTeam(fixture);
    await team.train();
    pull = team.propose('work', { 'mlops.yml': project(WORSE) });
    good = team.propose('good', { 'mlops.yml': project({ models: '{ logistic_regression: { C: 2 }, dummy: {} }' }) });
    kept = team.git('--git-dir', team.gitDir, 'rev-parse', 'refs/heads/runs');
  });
  afterEach(() => void team.git('--git-dir', team.gitDir, 'update-ref', 'refs/heads/runs', kept));
  const afterWriting = (change: Parameters<typeof writeToRuns>[1]) => () => {
    writeToRuns(team, change);
    return team.judge(pull);
  };

  attack(
    'lacks one run: it is found by its commit, with few requests',
    { title: DROPPED, says: ['verified: recorded by the workflow run of `main`'] },
    async () => {
      writeToRuns(team, (files) => ({ [first(files)[0]]: null }));
      const job = await team.judge(pull);
      expect(job.requests.length).toBeLessThanOrEqual(25);
      expect(job.requests.length).toBeGreaterThan(5);
      return job;
    },
  );
  attack(
    'lacks all of them',
    { title: DROPPED },
    afterWriting((files) => Object.fromEntries([...files.keys()].map((path) => [path, null]))),
  );
  attack('is deleted', { title: DROPPED }, () => {
    team.git('--git-dir', team.gitDir, 'update-ref', '-d', 'refs/heads/runs');
    return team.judge(pull);
  });
  attack(
    'has a forged run that is weaker: it is named',
    { title: DROPPED, says: ['0badc0de', 'vouches for'] },
    afterWriting((files) => forged(files, '0.5')),
  );
  attack(
    'has an altered record: the title says so',
    { title: /dropped by .*\. Somebody altered the record of `[^`]*` on the branch of runs$/ },
    afterWriting((files) => {
      const [path, text] = first(files);
      return { [path]: text.replaceAll(/"value": 0\.\d+/g, '"value": 0.5') };
    }),
  );
  attack(
    'has a record that somebody altered to be nonsense',
    { title: DROPPED },
    afterWriting((files) => ({ [first(files)[0]]: '{}' })),
  );
  it('has a forged run that is better: an honest change stays green', async () => {
    writeToRuns(team, (files) => forged(files, '0.9999'));
    const job = await team.judge(good);
    expect(job.green, job.log).toBe(true);
    expect(job.title).toMatch(/^✅ 1 gate passes/);
    expect(job.summary).toContain('0badc0de');
  });
  it('cannot be pushed to: main stays green, says so, and is found all the same', async () => {
    const permissions = { contents: 'read', pull_requests: 'write', actions: 'read' } as const;
    const head = team.push('main', { 'mlops.yml': project({ top: '# again\n' }) });
    const before = team.recorded();
    const job = await team.train('main', { permissions });
    expect(job.green, job.log).toBe(true);
    expect(job.log).toMatch(/::warning::the runs are in the artifact, .*could not be added to the branch of runs/);
    expect(team.recorded()).toEqual(before);
    const next = await team.judge(team.propose('next', { 'mlops.yml': project(WORSE) }));
    expect(next.title).toMatch(DROPPED);
    expect(next.summary).toContain(`baseline \`${short(head)}\` (the base commit)`);
  });
});

describe('refs', () => {
  attack('called main that is a tag: what it trains is no baseline', { title: DROPPED }, async () => {
    const team = aTeam(fixture);
    await team.train();
    team.push('weak', { 'mlops.yml': project(WORSE) });
    team.git('push', '--quiet', team.gitDir, 'weak:refs/tags/main');
    const before = team.recorded();
    const tagged = await team.job({ event: 'push', tag: 'main', headSha: team.git('rev-parse', 'weak') });
    expect(team.recorded(), tagged.log).toEqual(before);
    return team.judge(team.propose('work', { 'mlops.yml': project(WORSE) }));
  });

  attack(
    'called as the default branch once was: pushed by somebody, it records nothing',
    { title: DROPPED },
    async () => {
      const { rig } = fixture;
      const team = aTeam(fixture);
      await team.train();
      rig.renameBranch(team.repository, 'main', 'trunk');
      team.push('weak', { 'mlops.yml': project(WORSE) });
      team.git('push', '--quiet', team.gitDir, 'weak:refs/heads/main');
      const before = team.recorded();
      const pushed = await team.job({ event: 'push', headBranch: 'main' });
      expect(pushed.green, pushed.log).toBe(false);
      expect(team.recorded()).toEqual(before);
      const pull = rig.openPullRequest({ repository: team.repository, headRef: 'weak', baseRef: 'trunk' });
      return team.judge(pull);
    },
  );
});

describe('the workflow run of the base commit', () => {
  /** Main was weak, then good; the change would make it weak again. */
  const improved = async () => {
    const team = aTeam(fixture, { 'mlops.yml': project(WORSE) });
    await team.train();
    const base = team.push('main', { 'mlops.yml': project() });
    return { team, base };
  };
  const again = (team: Team) => team.propose('again', { 'mlops.yml': project(WORSE) });

  attack(
    'was deleted: the commit is trained again, and an older, weaker run does not stand in',
    { title: DROPPED, says: [REMADE, /cannot be verified: workflow run \d+ no longer exists/] },
    async () => {
      const { team } = await improved();
      const { runId } = await team.train();
      fixture.rig.deleteRun(runId);
      return team.judge(again(team));
    },
  );
  attack(
    'was deleted, and its files too: an older, weaker one does not stand in',
    { title: DROPPED, says: [REMADE, /since no run is recorded for `[0-9a-f]{7}`/] },
    async () => {
      const { team, base } = await improved();
      const { runId } = await team.train();
      fixture.rig.deleteRun(runId);
      writeToRuns(team, (files) =>
        Object.fromEntries([...files].filter(([, text]) => text.includes(base)).map(([path]) => [path, null])),
      );
      return team.judge(again(team));
    },
  );
  attack(
    'is still running: nobody has to wait for it',
    { title: DROPPED, says: [REMADE, /since the workflow `[^`]*` of `[0-9a-f]{7}` is still running/] },
    async () => {
      const { team } = await improved();
      fixture.rig.startWorkflowRun({ repository: team.repository, event: 'push' });
      return team.judge(again(team));
    },
  );
  attack(
    'never was, and an older commit had the same inputs: that one counts',
    { title: DROPPED, says: [/1 commit before the base commit, with the same inputs/] },
    async () => {
      const team = aTeam(fixture);
      await team.train();
      team.push('main', { 'README.md': 'hello\n' });
      return team.judge(again(team));
    },
  );
  attack('is of a workflow that was renamed since', { title: DROPPED }, async () => {
    const team = aTeam(fixture);
    await team.train('main', { path: '.github/workflows/old.yml', job: 'old' });
    return team.judge(again(team), { path: '.github/workflows/new.yml', job: 'new' });
  });
  attack('is not in the list yet', { title: DROPPED }, async () => {
    const team = aTeam(fixture);
    fixture.rig.faults.lag(/actions\/runs$/, 50);
    await team.train();
    return team.judge(again(team));
  });

  describe('cannot be looked up', () => {
    let team: Team;
    let pull: PullRequest;
    beforeAll(async () => {
      team = aTeam(fixture);
      await team.train();
      pull = again(team);
    });
    attack(
      'without `actions: read`',
      { title: DROPPED, says: [REMADE, /since this job may not read the workflow runs of/] },
      () => {
        fixture.rig.faults.forbid('actions');
        return team.judge(pull);
      },
    );
    attack('on a server without artifacts', { title: DROPPED, says: [REMADE, /has no artifact service/] }, () => {
      fixture.rig.faults.withoutArtifactService();
      return team.judge(pull);
    });
    const isError = (job: SeenJob) => {
      expect(job.log).not.toContain('This is a bug');
      expect(job.comment).toContain(job.title);
      return job;
    };
    attack('while GitHub fails', { title: /^❌ Nothing was judged: .*To mend it: re-run the job/ }, async () => {
      fixture.rig.faults.failServer(/actions\/runs/, 4);
      return isError(await team.judge(pull));
    });
    attack('while GitHub limits requests', { title: /To mend it: re-run the job/, says: ['rate limit'] }, async () => {
      fixture.rig.faults.limitRate(/actions\/runs/, 3);
      return isError(await team.judge(pull));
    });
  });
});

describe('a dispatched workflow', () => {
  /** A command whose result a workflow's environment decides, as chance would. */
  const command = (contrast: string) => `
const { readFileSync, writeFileSync } = require('fs');
const { MLOPS_TEST, MLOPS_PREDICTIONS } = process.env;
const [, ...rows] = readFileSync(MLOPS_TEST, 'utf8').trimEnd().split('\\n').map((line) => line.split(','));
const luck = Number(readFileSync('../luck', 'utf8')) * ${contrast};
const p = (row, i) => Math.min(0.99, Math.max(0.01, 0.5 + luck * (0.6 - Number(row[1])) + 0.4 * Math.sin(i * 7)));
writeFileSync(MLOPS_PREDICTIONS, ['key,prediction', ...rows.map((row, i) => row[0] + ',' + p(row, i))].join('\\n'));
`;
  const yml = `datasets:
  churn:
    path: churn.csv
    target: leaves
    metrics: [roc_auc]
    models: { custom: { command: [${JSON.stringify(process.execPath)}, train.js], repeats: 1, inputs: [train.js] }, dummy: {} }
    gates: { model: custom, roc_auc: { max_drop: 0.01 } }
`;
  const luck = (value: string) => ({
    steps: ({ folder }: { readonly folder: string }) => writeFileSync(join(folder, '..', 'luck'), value),
  });
  attack(
    'that is run on main until it is unlucky: all its runs count, not the newest',
    { title: /^❌ `churn` roc_auc \(`custom`\) dropped by 0\.\d+/, says: ['all count, as repeats'] },
    async () => {
      const team = aTeam(fixture, { 'mlops.yml': yml, 'train.js': command('1') });
      await team.train('main', luck('2'));
      for (const value of ['1.8', '0.01']) {
        const rolled = await team.job({ event: 'workflow_dispatch', ...luck(value) });
        expect(rolled.log).not.toContain('not recorded');
      }
      return team.judge(team.propose('work', { 'train.js': command('0.01') }), luck('1'));
    },
  );
});

describe('a table that is a link', () => {
  it('is that of the base commit where nothing is kept of it, whatever the change makes of its target', async () => {
    const team = aTeam(fixture, { 'mlops.yml': project({ path: 'link.csv' }), 'data/rows.csv': customers() });
    symlinkSync('data/rows.csv', join(team.git('rev-parse', '--show-toplevel'), 'link.csv'));
    team.push('main', { 'README.md': 'hello\n' });
    const files = { 'mlops.yml': project({ ...WORSE, path: 'link.csv' }), 'data/rows.csv': customers(220) };
    const job = await team.judge(team.propose('work', files));
    expect(job.green, job.log).toBe(false);
    expect(job.title).toMatch(/^❌ `churn` roc_auc .* dropped by/);
    expect(job.summary).toMatch(REMADE);
  });
  attack(
    'whose target the change replaces by easier rows: the link itself is the same',
    { title: /^❌ Evaluation set changed: .*`mlops accept churn\.evaluation`$/ },
    async () => {
      const rows = customers();
      const team = aTeam(fixture, { 'mlops.yml': project({ path: 'link.csv' }), 'data/rows.csv': rows });
      symlinkSync('data/rows.csv', join(team.git('rev-parse', '--show-toplevel'), 'link.csv'));
      team.push('main', { 'README.md': 'hello\n' });
      expect(team.git('ls-tree', 'main', 'link.csv')).toMatch(/^120000/);
      await team.train();
      const easier = rows.split('\n').filter((line, i) => i < 100 || !line.endsWith('yes'));
      return team.judge(team.propose('work', { 'data/rows.csv': `${easier.join('\n')}\n` }));
    },
  );
});

describe('several jobs', () => {
  const two = (first: string, second: string) => {
    const [, other] = second.split('datasets:\n');
    return `${first}${other!.replace('  churn:', '  other:')}`;
  };
  it('of one workflow run have a comment and a baseline each', async () => {
    const team = aTeam(fixture, { 'mlops.yml': two(project(), project()) });
    const legs = [
      { job: 'mlops', inputs: { dataset: 'churn' } },
      { job: 'mlops', inputs: { dataset: 'other' } },
    ];
    const { runId } = await team.train('main', legs[0]);
    await team.train('main', { ...legs[1], runId });
    expect(team.recorded()).toHaveLength(4);
    const pull = team.propose('work', { 'mlops.yml': two(project(WORSE), project({ ...WORSE, gates: '' })) });
    const one = await team.judge(pull, legs[0]);
    const other = await team.judge(pull, { ...legs[1], runId: one.runId });
    expect(one.title, one.log).toMatch(DROPPED);
    expect(other.green).toBe(false);
    expect(other.title, other.log).toMatch(/^❌ `other` roc_auc/);
    expect(fixture.rig.comments(pull)).toHaveLength(2);
  });
  it('of two workflows have a comment each, and share what was recorded', async () => {
    const team = aTeam(fixture);
    await team.train('main', { path: '.github/workflows/one.yml' });
    await team.train('main', { path: '.github/workflows/two.yml' });
    const pull = team.propose('work', { 'mlops.yml': project(WORSE) });
    for (const path of ['one', 'two']) {
      const job = await team.judge(pull, { path: `.github/workflows/${path}.yml` });
      expect(job.title, job.log).toMatch(DROPPED);
      expect(job.summary).not.toContain('count, as repeats');
    }
    expect(fixture.rig.comments(pull)).toHaveLength(2);
  });
});

describe('an artifact that could not be uploaded', () => {
  it('records nothing, says so, and the base commit of the next change is trained again', async () => {
    const team = aTeam(fixture);
    fixture.rig.interrupt({ path: /CreateArtifact$/, times: 9, with: 500 });
    const job = await team.train();
    fixture.rig.faults.clear();
    expect(job.green, job.log).toBe(true);
    expect(job.log).toMatch(/::warning::the artifact could not be uploaded: .*these runs are not recorded/);
    expect(job.summary).toContain('These runs are not recorded: the artifact could not be uploaded');
    expect(team.recorded()).toEqual([]);
    const next = await team.judge(team.propose('work', { 'mlops.yml': project(WORSE) }));
    expect(next.green).toBe(false);
    expect(next.title).toMatch(DROPPED);
    expect(next.summary).toMatch(REMADE);
  });
});

describe('a comment', () => {
  it('that is green is replaced when the job runs again and fails, for the same head and for a new one', async () => {
    const { rig } = fixture;
    const team = aTeam(fixture);
    await team.train();
    const pull = team.propose('work', {
      'mlops.yml': project({ models: '{ logistic_regression: { C: 2 }, dummy: {} }' }),
    });
    const green = await team.judge(pull);
    expect(green.comment).toContain('### ✅ 1 gate passes');
    const error = () => rig.faults.failServer(/actions\/runs/, 4);
    error();
    const again = await team.judge(pull, { runId: green.runId, attempt: 2 });
    expect(again.green).toBe(false);
    expect(rig.comments(pull)).toHaveLength(1);
    expect(again.comment).toContain(`Commit ${pull.head.sha}`);
    expect(again.comment).toContain('### ❌ Nothing was judged: ');
    const healed = await team.judge(pull, { runId: green.runId, attempt: 3 });
    expect(healed.comment).toContain('### ✅ 1 gate passes');
    // A new head whose job never starts: what is there names the commit that it is about.
    team.push('work', { 'mlops.yml': project(WORSE) });
    const { head } = rig.syncPullRequest(pull);
    const [, about] = rig.comments(pull).at(-1)!.body.split('\n');
    expect(about).toMatch(/^Commit [0-9a-f]{40}$/);
    expect(about).not.toContain(head.sha);
    error();
    const newer = await team.judge(pull);
    expect(rig.comments(pull)).toHaveLength(1);
    expect(newer.comment).toContain(`Commit ${head.sha}`);
    expect(newer.comment).toContain('### ❌ Nothing was judged: ');
  });
});

describe('after the days that GitHub keeps runs', () => {
  const later = async (top: string) => {
    const team = aTeam(fixture, { 'mlops.yml': project({ top }) });
    await team.train();
    fixture.rig.advance(91);
    return team.judge(team.propose('work', { 'mlops.yml': project({ ...WORSE, top }) }));
  };
  attack('the base commit is trained again', { title: DROPPED, says: [REMADE] }, () => later(''));
  it('an older run counts while `baseline.max_age` of main says so, not where the change alone says it', async () => {
    const never = 'baseline: { remake: never }\n';
    const young = 'baseline: { remake: never, max_age: 30 days }\n';
    const team = aTeam(fixture, { 'mlops.yml': project({ top: never }) });
    await team.train();
    const models = '{ logistic_regression: { C: 0.5 }, dummy: {} }';
    team.push('main', { 'mlops.yml': project({ top: never, models }) });
    const alone = await team.judge(team.propose('alone', { 'mlops.yml': project({ ...WORSE, top: young, models }) }));
    expect(alone.green).toBe(false);
    expect(alone.title, alone.log).toMatch(/^🚫 Not comparable/);
    team.push('main', { 'mlops.yml': project({ top: young, models }) });
    const job = await team.judge(team.propose('work', { 'mlops.yml': project({ ...WORSE, top: young, models }) }));
    expect(job.title, job.log).toMatch(DROPPED);
    expect(job.summary).toContain('trained 0 days ago, which `baseline.max_age: 30 days` allows');
  });
  attack(
    'a change cannot be compared where main says `remake: never`, and the title says what to do',
    {
      title:
        /Not comparable: the run at `[0-9a-f]{7}` cannot be verified: workflow run \d+ no longer exists on GitHub\. To mend it, run the workflow on the default branch once; GitHub deletes runs and artifacts after 90 days/,
    },
    () => later('baseline: { remake: never }\n'),
  );
});
