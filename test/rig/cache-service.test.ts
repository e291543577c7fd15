import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { restoreCache, saveCache } from '@actions/cache';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useRig } from './rig.fixture.ts';
import type { StartOptions } from './workflow-runs.ts';

const world = useRig();
let written: string[];
beforeEach(() => {
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** GitHub's own client, as it works in jobs of a repository. */
function aRepositoryWithCaches() {
  const { repository, source, push } = world.aProject();
  const folder = join(source.folder, 'work');
  mkdirSync(folder);
  const file = join(folder, 'table.csv');
  const inJob = (of: Omit<StartOptions, 'repository'>) => {
    const { env } = world.rig.startWorkflowRun({ repository, ...of });
    const all = { ...env, GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder };
    for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  };
  return {
    ...{ repository, push },
    async save(text: string, of: Omit<StartOptions, 'repository'>) {
      inJob(of);
      writeFileSync(file, text);
      return saveCache([file], 'key');
    },
    async restore(of: Omit<StartOptions, 'repository'>) {
      inJob(of);
      rmSync(file, { force: true });
      const key = await restoreCache([file], 'key');
      return key === undefined ? undefined : readFileSync(file, 'utf8');
    },
  };
}

it('an entry is made once, and a second one changes nothing', async () => {
  const caches = aRepositoryWithCaches();
  const big = 'a,b\n'.repeat(10_000);
  expect(await caches.restore({ event: 'push' })).toBeUndefined();
  expect(await caches.save(big, { event: 'push' })).toBeGreaterThan(0);
  expect(await caches.save('other', { event: 'push' })).toBe(-1);
  expect(written.join('')).toContain('another job may be creating this cache');
  expect(await caches.restore({ event: 'push' })).toBe(big);
});

it('a pull request reads the cache of its base, and its own is nobody else’s', async () => {
  const { rig } = world;
  const caches = aRepositoryWithCaches();
  caches.push('one', { 'b.txt': '1\n' });
  caches.push('two', { 'c.txt': '2\n' });
  const [one, two] = ['one', 'two'].map((headRef) => rig.openPullRequest({ repository: caches.repository, headRef }));
  await caches.save('of one', { event: 'pull_request', pullRequest: one! });
  expect(await caches.restore({ event: 'pull_request', pullRequest: two! })).toBeUndefined();
  expect(await caches.restore({ event: 'push' })).toBeUndefined();
  await caches.save('of main', { event: 'push' });
  expect(await caches.restore({ event: 'pull_request', pullRequest: two! })).toBe('of main');
  expect(await caches.restore({ event: 'pull_request', pullRequest: one! })).toBe('of one');
});
