import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aRowSet, someEvidence } from '../../evidence/evidence.fixture.ts';
import { describeEvidenceStore } from '../../evidence/evidence-store.contract.ts';
import { createFolderEvidenceStore } from './folder-evidence-store.ts';

const home = await mkdtemp(join(tmpdir(), 'folder-evidence-store-'));
afterAll(() => rm(home, { recursive: true, force: true }));

describeEvidenceStore('folder evidence store', async () => {
  const root = await mkdtemp(join(home, 'root-'));
  return {
    store: createFolderEvidenceStore(root),
    files: {
      read: async (path) => new Uint8Array(await readFile(join(root, path))),
      write: async (path, bytes) => {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), bytes);
      },
    },
  };
});

describe('createFolderEvidenceStore', () => {
  it('keeps one file of rows for many runs', async () => {
    const root = await mkdtemp(join(home, 'root-'));
    const rowSet = aRowSet();
    const runs = ['20261124-073812-a-b-00000001', '20261124-073812-a-c-00000002'];
    await createFolderEvidenceStore(root).put(
      rowSet,
      runs.map((run) => someEvidence(rowSet, { run })),
    );
    expect((await readdir(join(root, 'evidence'))).sort()).toEqual(
      [`${rowSet.id}.rows`, ...runs.map((run) => `${run}.oof`)].sort(),
    );
  });
});
