import { parseProject } from '../config/parse.ts';
import type { Project } from '../config/project.ts';
import { AppError, ConfigError } from '../errors/app-error.ts';
import type { Change, Standing } from '../ports/change.ts';
import type { CommitTree } from '../ports/commit-tree.ts';
import { shortSha } from '../records/short-sha.ts';
import { MAX_PROJECT_BYTES, projectFileOf } from './project-file.ts';
import { nameOfPath } from './repository-path.ts';

/** Whose rules hold. */
export interface Rules {
  readonly standing: Standing;
  /** The configuration of the commit that sets the rules; null: the change's own rules hold. */
  readonly base: Project | null;
  /** The base commit's files; null where there is none. */
  readonly tree: CommitTree | null;
  /** Where the project file is in the base commit, from the repository's root. */
  readonly path: string | null;
}

/**
 * Finds out by whose rules a project is judged: the branches that set rules are those that the head of the default branch names, and
 * the rules of a change are those of its base commit. Its own rules hold only where neither commit has a project file.
 *
 * @param file the project file from the repository's root, with `/`.
 * @param edited whether what is judged differs from the commit.
 * @throws ConfigError when the project file of one of these commits is there and cannot be read: without rules nothing is judged.
 */
export async function readRules(
  change: Pick<Change, 'defaultBranch' | 'standing' | 'commits'>,
  file: string,
  edited: boolean,
): Promise<Rules> {
  const { commits } = change;
  const head = await change.defaultBranch();
  const ofDefault = head && (await openCommit(change, head.sha));
  const atDefault = ofDefault && (await projectAt(ofDefault, file, head.name));
  // The default branch always does: its file is where the others are named.
  const tracked = [...new Set([...(atDefault?.tracking.branches ?? []), ...(head ? [head.name] : [])])];
  const standing = await change.standing(tracked, edited);
  if (standing.kind !== 'change') {
    // Without a base commit the default branch's rules are the only ones that the change cannot edit.
    return { standing, base: standing.kind === 'without_base' ? atDefault : null, tree: null, path: null };
  }
  const isDefault = ofDefault !== null && standing.base === head?.sha;
  const tree = isDefault ? ofDefault : await openCommit({ commits }, standing.base);
  const own = isDefault ? atDefault : await projectAt(tree, file);
  if (own) return { standing, base: own, tree, path: file };
  const moved = await movedFrom(change, tree, file);
  if (moved !== undefined) return { standing, base: await projectAt(tree, moved), tree, path: moved };
  return { standing, base: atDefault, tree, path: null };
}

async function openCommit({ commits }: Pick<Change, 'commits'>, sha: string): Promise<CommitTree> {
  const tree = await commits.open(sha);
  if (tree) return tree;
  throw new AppError({
    message: `commit ${shortSha(sha)}, which sets the rules, cannot be read`,
    found: 'neither this clone nor its remote has it',
    next: 'fetch it, or let the checkout fetch more of the history (`fetch-depth: 0`)',
  });
}

/**
 * Null where the commit has no such file, which its tree says, not an answer that may be missing something.
 *
 * @param branch whose head the commit is; undefined: it is the base commit.
 */
async function projectAt(tree: CommitTree, path: string, branch?: string): Promise<Project | null> {
  const content = await projectFileOf(tree, path);
  const whose = branch === undefined ? 'the base commit' : `the head of ${branch}`;
  const file = `${path} of ${whose}, ${shortSha(tree.id)}`;
  const next = `merge the correction into ${branch ?? 'the target branch'} without this check: an administrator can bypass it`;
  switch (content.kind) {
    case 'absent':
      return null;
    case 'file':
      return parsed(new TextDecoder().decode(content.bytes), file, next);
    case 'symlink':
    case 'submodule':
      throw new ConfigError({ file, message: `is a ${content.kind}`, allowed: 'a file', next });
    case 'too_large':
      throw new ConfigError({
        file,
        message: `has ${content.bytes} bytes`,
        allowed: `at most ${MAX_PROJECT_BYTES} bytes`,
        next,
      });
    case 'unavailable':
      throw new ConfigError({
        file,
        message: 'cannot be read',
        found: content.why,
        next: 'let this job read the repository (`permissions: contents: read`)',
      });
  }
}

function parsed(text: string, file: string, next: string): Project {
  try {
    return parseProject(text, file);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new ConfigError(
      [...error.problems, { file, message: 'sets the rules for this change, and it is wrong', next }],
      { cause: error },
    );
  }
}

/**
 * Where the base commit has the project file, when the change moved it: the one project file of the base that the change no longer has.
 *
 * @throws ConfigError when there are several.
 */
async function movedFrom(
  { commits }: Pick<Change, 'commits'>,
  base: CommitTree,
  file: string,
): Promise<string | undefined> {
  const own = await commits.checkedOut();
  if (own.kind !== 'commit') return undefined;
  const names = new Set([nameOfPath(file), 'mlops.yml']);
  const after = await own.commit.entries();
  const gone: string[] = [];
  for (const path of (await base.entries()).keys()) {
    if (!names.has(nameOfPath(path)) || path === file) continue;
    if (!after.has(path) || (await own.stateOf(path)).kind === 'missing') gone.push(path);
  }
  if (gone.length > 1) {
    throw new ConfigError({
      file,
      message: 'is not in the base commit, and the change removes more than one project file',
      found: gone.join(', '),
      next: 'move one project file per pull request',
    });
  }
  return gone[0];
}
