import { parseProject } from '../config/parse.ts';
import type { DatasetConfig, Project } from '../config/project.ts';
import { AppError } from '../errors/app-error.ts';
import type { Commits, CommitTree } from '../ports/commit-tree.ts';
import { inputsOf } from './input-files.ts';
import { folderOfPath, pathInRepository } from './repository-path.ts';
import { type CommittedFiles, isSameConfiguration, isSameTree, sameCommitted } from './unchanged.ts';

/** Largest project file that is read from a commit, in bytes. */
const MAX_BYTES = 1_000_000;

/** Whether a commit has the inputs of the base commit, so that what was trained there is what the base commit gives. */
export type TwinCommits = (dataset: string, sha: string) => Promise<boolean>;

/**
 * Compares older commits with the base commit, dataset by dataset: configuration, table and inputs of custom trainers, by their git
 * ids. What cannot be told is no.
 *
 * @param base.path the project file, from the repository's root.
 */
export function twinCommits(
  commits: Pick<Commits, 'open'>,
  base: { readonly project: Project; readonly tree: CommitTree; readonly path: string },
): TwinCommits {
  const folder = folderOfPath(base.path);
  const opened = new Map<string, ReturnType<typeof openCommit>>();
  const openCommit = async (sha: string) => {
    const tree = await commits.open(sha);
    const content = (await tree?.read([base.path], MAX_BYTES))?.get(base.path);
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
    return hasSameInputs(before, { base: { entries: await base.tree.entries(), folder }, own });
  };
}

function hasSameInputs(
  dataset: DatasetConfig,
  sides: { readonly base: CommittedFiles; readonly own: CommittedFiles },
): boolean {
  const { table, trainers, listed } = inputsOf(dataset);
  if (listed === null && !isSameTree(sides)) return false;
  if (listed?.some((named) => sameCommitted(named, sides) === 0)) return false;
  if (trainers.some((named) => sameCommitted(named, sides) === null)) return false;
  const tables = sameCommitted(table, sides);
  if (tables !== 0) return tables !== null;
  const { base, own } = sides;
  const [before, after] = [base, own].map(({ entries, folder }) =>
    entries.get(pathInRepository(folder, `${table}.dvc`)),
  );
  return before === undefined && after === undefined ? dataset.generator !== null : before?.id === after?.id;
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
