import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { pointerTo } from '../../rig/lfs.ts';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
import { aTeam, customers, project, type Team, WORSE } from './team.fixture.ts';

const fixture = useRig();
const TABLE = Buffer.from(customers());
const SHA256 = createHash('sha256').update(TABLE).digest('hex');

// Every job of a pull request can write to the cache of its branch, also one that runs the author's code.
describe('a table of Git LFS that a pull request has poisoned in the cache', () => {
  let team: Team;
  let pull: ReturnType<Team['propose']>;
  const entry = () => fixture.rig.cacheEntries.find(({ scope }) => scope === `refs/pull/${pull.number}/merge`)!;

  beforeAll(async () => {
    team = aTeam(fixture, { 'mlops.yml': project(), 'churn.csv': pointerTo(SHA256, TABLE.length) });
    fixture.rig.addLfsObject(team.repository, TABLE);
    await team.train('main', { env: { ACTIONS_CACHE_MODE: 'none' } });
    pull = team.propose('worse', { 'mlops.yml': project(WORSE) });
    await team.judge(pull);
    expect(entry().key).toBe(`mlops-table-${SHA256}`);
  });

  /** Puts files into the archive that the next job restores: the first by its absolute path. */
  const poison = (...[outside, table]: readonly [string | null, string]) => {
    const folder = mkdtempSync(join(tmpdir(), 'poison-'));
    writeFileSync(join(folder, SHA256), table);
    const members = [...(outside === null ? [] : [outside]), SHA256];
    execFileSync('tar', ['-c', '--zstd', '-P', '-f', 'cache.tzst', ...members], { cwd: folder, stdio: 'pipe' });
    entry().bytes = readFileSync(join(folder, 'cache.tzst'));
  };

  const judgeAgain = async () => {
    const job = await team.judge(pull);
    expect(job.log).toMatch(
      /^::warning::table sha256:\w{12} of \d+ bytes: what the cache of Actions holds is something/m,
    );
    expect(job.log).toMatch(/^table sha256:\w{12} of \d+ bytes: from Git LFS$/m);
    return job;
  };
  const dropped = { title: /^❌ `churn` roc_auc .* dropped/ };

  attack('another table: it is thrown away', dropped, async () => {
    poison(null, customers().replaceAll('yes', 'no'));
    return judgeAgain();
  });

  attack('a longer table: it is thrown away', dropped, async () => {
    poison(null, `${customers()}${'c,0,0,0,no\n'.repeat(100_000)}`);
    return judgeAgain();
  });

  attack('an archive that plants a program: nothing is planted', dropped, async () => {
    const victims = mkdtempSync(join(tmpdir(), 'victims-'));
    const planted = join(victims, 'git');
    writeFileSync(planted, '#!/bin/sh\nexit 0\n');
    poison(planted, customers().replaceAll('yes', 'no'));
    rmSync(planted);
    const job = await judgeAgain();
    expect(readdirSync(victims)).toEqual([]);
    return job;
  });
});
