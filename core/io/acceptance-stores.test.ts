import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { describeAcceptanceStore } from '../tracking/acceptance-store.contract.ts';
import { createMemoryAcceptanceStore } from '../tracking/memory-acceptance-store.ts';
import { createFolderAcceptanceStore } from './folder/folder-acceptance-store.ts';
import { createGitAcceptanceStore } from './git/git-acceptance-store.ts';
import { createGitBranch } from './git/git-branch.ts';

const home = mkdtempSync(join(tmpdir(), 'mlops-accepted-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(home, `${folders++}`);

describeAcceptanceStore('acceptances in memory', async () => {
  const files = new Map<string, string>();
  return { store: createMemoryAcceptanceStore(files), plant: async (path, text) => void files.set(path, text) };
});

describeAcceptanceStore('acceptances in a folder', async () => {
  const root = newFolder();
  return {
    store: createFolderAcceptanceStore(root),
    async plant(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
  };
});

describeAcceptanceStore('acceptances on a branch', async () => {
  const remote = newFolder();
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
  const options = { remote, branch: 'runs', workDir: newFolder() };
  const branch = createGitBranch({ ...options, workDir: newFolder(), author: 'somebody <a@b>' });
  return {
    store: createGitAcceptanceStore(options),
    plant: (path, text) => branch.commit(async () => ({ files: new Map([[path, text]]), message: 'planted\n' })),
  };
});
