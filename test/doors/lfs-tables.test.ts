import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pointerTo } from '../rig/lfs.ts';
import { useRig } from '../rig/rig.fixture.ts';
import { mlopsIn } from './mlops.fixture.ts';
import { aTeam, customers, project, type Team, WORSE } from './trust/team.fixture.ts';

const fixture = useRig();
const TABLE = Buffer.from(customers());
const SHA256 = createHash('sha256').update(TABLE).digest('hex');
const POINTER = pointerTo(SHA256, TABLE.length);
const files = { 'mlops.yml': project(), 'churn.csv': POINTER };
const worse = { 'mlops.yml': project(WORSE) };

/** A team whose table is in Git LFS, and what its jobs asked of GitHub besides the REST API. */
function aTeamWithLfs(changed: Readonly<Record<string, string>> = files) {
  const { rig } = fixture;
  const team = aTeam(fixture, changed);
  const before = rig.requests.length;
  const asked = (what: RegExp) => rig.requests.slice(before).filter((line) => what.test(line));
  return {
    ...{ team, asked },
    downloads: () => asked(/info\/lfs\/objects\/batch/).length,
    cached: () => rig.cacheEntries.filter(({ repository }) => repository === team.repository.fullName),
  };
}

/** Warnings and errors that the page of the run shows. */
function annotations({ log }: { readonly log: string }): string[] {
  return log.split('\n').filter((line) => /^::(warning|error)/.test(line));
}

describe('a table whose checkout is a pointer of Git LFS', () => {
  it('is downloaded once, and cached for the jobs of all branches', async () => {
    const { rig } = fixture;
    const { team, downloads, cached } = aTeamWithLfs();
    rig.addLfsObject(team.repository, TABLE);
    const pushed = await team.train();
    expect(pushed.green, pushed.log).toBe(true);
    expect(annotations(pushed)).toEqual([]);
    expect(downloads()).toBe(1);
    expect(cached()).toMatchObject([{ scope: 'refs/heads/main', key: `mlops-table-${SHA256}` }]);
    // The run is the one of who has called `git lfs pull`.
    const [run] = team.recorded().filter((path) => path.endsWith('.json'));
    expect(team.git('--git-dir', team.gitDir, 'show', `runs:${run}`)).toContain(SHA256);

    const docs = await team.judge(team.propose('docs', { 'README.md': 'more\n' }));
    expect(docs.title).toMatch(/No input changed/);
    expect(docs.log).not.toContain('sha256:');

    const change = await team.judge(team.propose('worse', worse));
    expect(change.title).toMatch(/^❌ `churn` roc_auc .* dropped/);
    expect(annotations(change).filter((line) => !line.includes('dropped'))).toEqual([]);
    expect(change.log).toContain('from the cache of Actions');
    expect(downloads()).toBe(1);
    expect(cached()).toHaveLength(1);
  });

  it('is found below the working directory', async () => {
    const { team, downloads } = aTeamWithLfs({ 'models/mlops.yml': project(), 'models/churn.csv': POINTER });
    fixture.rig.addLfsObject(team.repository, TABLE);
    const job = await team.train('main', { inputs: { 'working-directory': 'models' } });
    expect(job.green, job.log).toBe(true);
    expect(downloads()).toBe(1);
  });

  it('is downloaded each time while the cache cannot be reached, which is no warning', async () => {
    const { rig } = fixture;
    const { team, asked, downloads } = aTeamWithLfs();
    rig.addLfsObject(team.repository, TABLE);
    rig.faults.interrupt({ path: /CacheService/, times: 99, with: 'reset' });
    const job = await team.train();
    expect(job.green, job.log).toBe(true);
    expect(annotations(job)).toEqual([]);
    expect(job.log).toMatch(/^tables are not cached: Failed to restore: /m);
    expect(downloads()).toBe(1);
    expect(asked(/CacheService/)).toHaveLength(1);
  });

  it('stays with its pointer on a laptop, and the error says what to do', async () => {
    const { team } = aTeamWithLfs();
    const clone = mkdtempSync(join(tmpdir(), 'laptop-'));
    execFileSync('git', ['clone', '--quiet', team.gitDir, clone], { stdio: 'pipe' });
    const { code, stderr } = await mlopsIn(clone, ['pipeline']);
    expect(code).toBe(2);
    expect(stderr).toContain('a pointer of Git LFS');
    expect(stderr).toContain('git lfs pull');
  });
});

describe('a table that Git LFS does not give', () => {
  it.each<[string, (team: Team) => void, RegExp]>([
    [
      'is not there',
      () => {},
      /`churn\.csv`: is a Git LFS pointer, and github\.localhost:\d+\/org\/models-\d+ does not have what it names/,
    ],
    [
      'has other bytes',
      ({ repository }) =>
        fixture.rig.addLfsObject(repository, Buffer.from(customers().replaceAll('yes', 'no ')), SHA256),
      /`churn\.csv`: is a Git LFS pointer, and what Git LFS gave is not what it names/,
    ],
    [
      'costs more than the budget has',
      ({ repository }) => {
        fixture.rig.addLfsObject(repository, TABLE);
        const message =
          'This repository exceeded its LFS budget. The account responsible for the budget should increase it to restore access.';
        fixture.rig.faults.interrupt({ path: /info\/lfs/, times: 1, with: 403, message });
      },
      /`churn\.csv`: is a Git LFS pointer, and the Git LFS budget of .* is used up/,
    ],
  ])(
    'because it %s: nothing is judged, and the error names the pointer, its object and what to do',
    async (_why, make, title) => {
      const { team, cached } = aTeamWithLfs();
      make(team);
      const job = await team.judge(team.propose('worse', worse));
      expect(job.green).toBe(false);
      expect(job.title).toMatch(title);
      expect(job.summary).toContain(SHA256);
      expect(job.summary).toContain('To mend it');
      expect(job.kept).toEqual([]);
      expect(cached()).toEqual([]);
    },
  );

  it('because only the fork has it: the error says who can push it', async () => {
    const { rig } = fixture;
    const { team } = aTeamWithLfs();
    rig.addLfsObject(team.repository, TABLE);
    const more = Buffer.from(customers(240));
    const fork = rig.createRepository({ owner: 'guest', name: team.repository.name, forkOf: team.repository });
    const pointer = rig.addLfsObject(fork, more);
    team.push('more', { 'churn.csv': pointer });
    team.git('push', '--quiet', fork.gitDir, 'more');
    const pullRequest = rig.openPullRequest({ repository: team.repository, headRepository: fork, headRef: 'more' });
    const job = await team.judge(pullRequest);
    expect(job.green).toBe(false);
    expect(job.summary).toMatch(/does not have what it names/);
    expect(job.summary).toMatch(/If only a fork has it, somebody who may write to .* pushes it there/);
  });
});
