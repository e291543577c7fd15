import { parseProject } from '../config/parse.ts';
import type { Project } from '../config/project.ts';
import { AppError } from '../errors/app-error.ts';
import type { Commits, CommitTree } from '../ports/commit-tree.ts';
import { projectFileOf } from './project-file.ts';
import { sameInputs } from './same-inputs.ts';
import { isSameConfiguration } from './unchanged.ts';

/** Whether a commit has the inputs of the base commit, so that what was trained there is what the base commit gives. */
export type TwinCommits = (dataset: string, sha: string) => Promise<boolean>;

/**
 * Compares older commits with the base commit, dataset by dataset: configuration, table and inputs of custom trainers, by their git
 * ids. What cannot be told is no.
 *
 * @param base.path the project file, from the repository's root.
 * @param base.folder the folder of the project, from the repository's root: its paths are relative to that.
 */
export function twinCommits(
  commits: Pick<Commits, 'open'>,
  base: { readonly project: Project; readonly tree: CommitTree; readonly path: string; readonly folder: string },
): TwinCommits {
  const { folder } = base;
  const opened = new Map<string, ReturnType<typeof openCommit>>();
  const openCommit = async (sha: string) => {
    const tree = await commits.open(sha);
    const content = tree && (await projectFileOf(tree, base.path));
    if (!tree || content?.kind !== 'file') return null;
    const project = readable(content.bytes, base.path);
    return project && { project, entries: await tree.entries(), folder };
  };
  return async (dataset, sha) => {
    const known = opened.get(sha) ?? openCommit(sha);
    opened.set(sha, known);
    const own = await known;
    const [before, after] = [base.project, own?.project].map((one) => one?.datasets.find(({ id }) => id === dataset));
    if (!own || !before || !after || !isSameConfiguration(before, after)) return false;
    const sides = { base: { entries: await base.tree.entries(), folder }, own };
    return (await sameInputs(before, sides, null)) !== null;
  };
}

/** Null where no project could be read: then it is another than the base's. */
function readable(bytes: Uint8Array, file: string): Project | null {
  try {
    return parseProject(new TextDecoder().decode(bytes), file);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
