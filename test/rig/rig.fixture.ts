import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { aRepository, newTestFolder, type TestRepository } from '../../core/io/git/git.fixture.ts';
import { type Client, createClient } from '../../github/client.ts';
import { type Rig, startRig } from './rig.ts';
import type { Permissions, Repository } from './state.ts';

export interface RigFixture {
  readonly rig: Rig;
  /** A new public repository with one commit on `main`, and a clone to push from. */
  aProject(options?: { readonly private?: boolean; readonly objectFormat?: 'sha1' | 'sha256' }): Project;
}

interface Project {
  readonly repository: Repository;
  readonly source: TestRepository;
  /** What the client's requests name it by. */
  readonly names: { readonly owner: string; readonly repo: string };
  /** Commits files on a branch, which starts at main's tip, and pushes it. @returns the commit. */
  push(branch: string, files: Readonly<Record<string, string>>): string;
  client(permissions: Permissions, login?: string): Client;
  clientOf(token: string): Client;
}

/** One rig for the tests of a file; each test fails that made a request the rig does not expect. */
export function useRig(): RigFixture {
  const home = newTestFolder();
  let rig: Rig;
  let count = 0;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterEach(() => {
    rig.faults.clear();
    rig.assertExpected();
  });
  afterAll(async () => {
    await rig.close();
    rmSync(home, { recursive: true, force: true });
  });
  return {
    get rig() {
      return rig;
    },
    aProject(options = {}) {
      const repo = `models-${++count}`;
      const repository = rig.createRepository({ owner: 'org', name: repo, ...options });
      const { objectFormat = 'sha1' } = options;
      const source = aRepository(join(home, repo), `--object-format=${objectFormat}`);
      const clientOf = (token: string) => createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 1 });
      const project: Project = {
        repository,
        source,
        names: { owner: 'org', repo },
        push(branch, files) {
          const isThere = source.git('branch', '--list', branch) !== '';
          if (isThere) source.git('checkout', '--quiet', branch);
          else if (branch !== 'main') source.git('checkout', '--quiet', '-b', branch, 'main');
          const sha = source.commit(files);
          source.git('push', '--quiet', '--force', repository.gitDir, branch);
          return sha;
        },
        client: (permissions, login) => clientOf(rig.createToken(repository, permissions, login)),
        clientOf,
      };
      project.push('main', { 'a.txt': 'one\n' });
      return project;
    },
  };
}
