import { join } from 'node:path';
import { gitIn } from './git-run.ts';
import type { Repository, State } from './state.ts';

export function createRepository(
  state: State,
  of: {
    readonly owner: string;
    readonly name: string;
    readonly private?: boolean;
    readonly defaultBranch?: string;
    readonly objectFormat?: 'sha1' | 'sha256';
    /** A repository whose branches it starts with. */
    readonly forkOf?: Repository;
  },
  { folder, web }: { readonly folder: string; readonly web: string },
): Repository {
  const { owner, name, defaultBranch = 'main', objectFormat = 'sha1', forkOf } = of;
  const fullName = `${owner}/${name}`;
  const gitDir = join(folder, `${owner}_${name}.git`);
  const git = gitIn(folder);
  const inIt = (...args: readonly string[]) => git('--git-dir', gitDir, ...args);
  const branch = `--initial-branch=${defaultBranch}`;
  git('init', '--quiet', '--bare', '--template=', `--object-format=${objectFormat}`, branch, gitDir);
  for (const key of ['http.receivepack', 'uploadpack.allowFilter', 'uploadpack.allowAnySHA1InWant']) {
    inIt('config', key, 'true');
  }
  if (forkOf) inIt('fetch', '--quiet', forkOf.gitDir, 'refs/heads/*:refs/heads/*');
  const repository: Repository = {
    id: state.nextId(),
    owner,
    name,
    fullName,
    private: of.private ?? false,
    createdAt: state.now().toISOString(),
    forkOf: forkOf?.fullName ?? null,
    defaultBranch,
    gitDir,
    url: `${web}/${fullName}`,
  };
  state.repositories.set(fullName.toLowerCase(), repository);
  return repository;
}

/** Deletes a fork: its pull requests stay, with no repository to their head. */
export function deleteRepository(state: State, repository: Repository): void {
  state.repositories.delete(repository.fullName.toLowerCase());
  for (const pull of state.pullRequests) {
    if (pull.head.repository === repository) pull.head = { ...pull.head, repository: null };
  }
}
