import type { RecordFiles } from '../../ports/record-files.ts';
import { createBranchRecordFiles } from '../../records/record-branch.ts';
import { createGitBranch, type GitBranchOptions } from './git-branch.ts';

/**
 * Records on a branch of a repository, over git alone: the user's clone and its working tree are not touched. Any number
 * of writers may race.
 */
export function createGitRecordFiles(options: GitBranchOptions): RecordFiles {
  return createBranchRecordFiles(createGitBranch(options));
}
