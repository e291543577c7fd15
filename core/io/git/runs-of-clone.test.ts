import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../errors/app-error.ts';
import { aRun } from '../../tracking/run.fixture.ts';
import { createRunStore } from '../../tracking/run-store.ts';
import { aRepository, newTestFolder } from './git.fixture.ts';
import { createGitRecordFiles } from './git-record-files.ts';
import { openRunsOfClone } from './runs-of-clone.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;
const newFolder = () => join(home, String(++count));
const run = aRun();

/** A clone of an empty remote; what is put there, and what the clone sees. */
async function aClone() {
  const remote = aRepository(newFolder(), '--bare');
  const clone = aRepository(newFolder());
  clone.git('remote', 'add', 'origin', remote.folder);
  const warnings: string[] = [];
  return {
    remote,
    clone,
    warnings,
    put: () =>
      createRunStore(createGitRecordFiles({ remote: remote.folder, branch: 'runs', workDir: newFolder() })).put([run]),
    async ids() {
      const store = await openRunsOfClone({
        root: clone.folder,
        branch: 'runs',
        warn: (message) => warnings.push(message),
      });
      expect((await store.get(run.id))?.id ?? null).toBe((await store.summaries()).summaries[0]?.id ?? null);
      return (await store.summaries()).summaries.map(({ id }) => id);
    },
  };
}

describe('openRunsOfClone', () => {
  it('reads the branch of origin, which need not be fetched', async () => {
    const { put, ids, warnings, clone } = await aClone();
    expect(await ids()).toEqual([]);
    await put();
    expect(await ids()).toEqual([run.id]);
    expect(warnings).toEqual([]);
    expect(clone.git('for-each-ref')).toBe('');
  });

  it('shows what the clone has when origin cannot be reached, and says so', async () => {
    const { remote, clone, put, ids, warnings } = await aClone();
    await put();
    clone.git('fetch', '--quiet', 'origin');
    renameSync(remote.folder, `${remote.folder}-away`);
    expect(await ids()).toEqual([run.id]);
    expect(warnings).toEqual([expect.stringMatching(/^branch runs of .*; shown as this clone last saw it$/)]);
  });

  it('reads a branch of its own where there is no origin', async () => {
    const { remote, clone, put, ids } = await aClone();
    await put();
    clone.git('fetch', '--quiet', 'origin', 'runs:runs');
    clone.git('remote', 'remove', 'origin');
    rmSync(remote.folder, { recursive: true });
    expect(await ids()).toEqual([run.id]);
  });

  it('says what is missing', async () => {
    const { clone, ids, remote } = await aClone();
    rmSync(remote.folder, { recursive: true });
    await expect(ids()).rejects.toThrow(StoreError);
    clone.git('remote', 'remove', 'origin');
    await expect(ids()).rejects.toThrow('no origin and no branch runs');
    rmSync(join(clone.folder, '.git'), { recursive: true });
    await expect(ids()).rejects.toThrow('no git repository');
  });
});
