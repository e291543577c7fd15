import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from './git-run.ts';
import type { Knowledge, State } from './state.ts';

/** What GitHub knows now, to be read when it knows more: its data, and each repository with the refs of this moment. */
export function keepMoment(state: State, folder: string): State {
  const { repositories, renamedBranches, pullRequests, comments, runs, checkRuns, statuses, artifacts, roles } = state;
  const { protectedBranches, dispatches, reactions, queue, deletedUsers } = state;
  const knowledge: Knowledge = {
    repositories,
    renamedBranches,
    protectedBranches,
    pullRequests,
    comments,
    runs,
    checkRuns,
    statuses,
    artifacts,
    roles,
    dispatches,
    reactions,
    queue,
    deletedUsers,
  };
  const kept = structuredClone(knowledge);
  for (const [name, repository] of kept.repositories) {
    const gitDir = mkdtempSync(join(folder, 'moment-'));
    copyRefs(repository.gitDir, gitDir);
    // The clone is ours alone: all that refers to this repository reads the kept refs.
    kept.repositories.set(name, Object.assign(repository, { gitDir }));
  }
  return { ...state, ...kept };
}

function copyRefs(from: string, to: string): void {
  const git = gitIn(from);
  const head = git('symbolic-ref', '--short', 'HEAD');
  const format = git('rev-parse', '--show-object-format');
  git('init', '--quiet', '--bare', '--template=', `--object-format=${format}`, `--initial-branch=${head}`, to);
  const refs = git('for-each-ref', '--format=%(objectname) %(refname)');
  if (refs !== '') writeFileSync(join(to, 'packed-refs'), `${refs}\n`);
  writeFileSync(join(to, 'objects/info/alternates'), `${join(from, 'objects')}\n`);
}
