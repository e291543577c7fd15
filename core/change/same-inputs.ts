import type { DatasetConfig } from '../config/project.ts';
import type { CheckedOut, TreeEntry } from '../ports/commit-tree.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import { filesOf, type InputFile, inputFiles, inputsOf } from './input-files.ts';
import { pathInRepository } from './repository-path.ts';

type Entries = ReadonlyMap<string, TreeEntry>;

/** The files of a commit, and the project's folder from the repository's root. */
interface CommittedFiles {
  readonly entries: Entries;
  readonly folder: string;
}

/** The two commits that are compared. */
interface Sides {
  readonly base: CommittedFiles;
  readonly own: CommittedFiles;
}

/** What lies on the machine, where one of the commits is checked out there. */
interface Machine {
  readonly checkedOut: CheckedOut;
  readonly files: Pick<ProjectFiles, 'list'>;
  /** Whether the table of a dataset is what its generator makes, or will be. */
  readonly isGenerated: (dataset: DatasetConfig) => Promise<boolean>;
}

/** How modes of files start; links and submodules have others. */
const FILE = '100';

/** States of a file that has the content of the commit, or names it: nobody has to fetch what did not change. */
const AS_COMMITTED: readonly InputFile['state']['kind'][] = ['same', 'lfs', 'lfs_pointer', 'crlf'];

/**
 * Whether two commits have the same inputs of a dataset besides its configuration: its table and the files of custom trainers, by their
 * git ids.
 *
 * @param machine whose files have to be those of the commit, too; null: nothing is checked out.
 * @returns the files that were compared, by path from the repository's root; null where one differs, or it cannot be told.
 */
export async function sameInputs(
  dataset: DatasetConfig,
  sides: Sides,
  machine: Machine | null,
): Promise<string[] | null> {
  const { table, trainers, listed } = inputsOf(dataset);
  // A command may read any file of the repository, unless its inputs are listed.
  if (listed === null && !isSameTree(sides)) return null;
  const compared: string[] = [];
  for (const named of [table, ...trainers]) {
    const files = await sameFiles(named, sides, machine);
    if (files === null) return null;
    if (files.length === 0 && named === table && !(await isSameElsewhere(dataset, sides, machine))) return null;
    // A list that names nothing is a slip, and says nothing of what the trainer reads.
    if (files.length === 0 && listed?.includes(named)) return null;
    compared.push(...files);
  }
  return compared;
}

/** The committed files that a path or pattern names, when both commits and the machine have the same. */
async function sameFiles(named: string, sides: Sides, machine: Machine | null): Promise<string[] | null> {
  const committed = sameCommitted(named, sides);
  if (committed === null || committed.length === 0 || machine === null) return committed;
  const onDisk = await inputFiles(named, machine);
  return onDisk.every(({ state }) => AS_COMMITTED.includes(state.kind)) ? onDisk.map(({ path }) => path) : null;
}

/** The files that a path or pattern names, when two commits have the same; null where they differ, or where one is a link, whose target may differ. */
function sameCommitted(named: string, { base, own }: Sides): string[] | null {
  const [before, after] = [base, own].map(({ entries, folder }) => namedFiles(named, entries, folder));
  const isSame = JSON.stringify([...before!]) === JSON.stringify([...after!]);
  const isFile = [...after!.values()].every((entry) => entry.startsWith(FILE));
  return isSame && isFile ? [...after!.keys()].map((path) => pathInRepository(own.folder, path)) : null;
}

/** Git ids of files, by their path from the project's folder, so that a project that was moved stays the same. */
function namedFiles(named: string, entries: Entries, folder: string): Map<string, string> {
  const paths = filesOf(entries, pathInRepository(folder, named));
  const inProject = (path: string) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path);
  return new Map(paths.map((path) => [inProject(path), `${entries.get(path)!.mode} ${entries.get(path)!.id}`]));
}

/**
 * Whether a table that is in neither commit is the same all the same: it is generated, or DVC's pointer to it is the same and nobody has
 * fetched it yet. What lies on disk may be another table than the pointer names.
 */
async function isSameElsewhere(
  dataset: DatasetConfig,
  { base, own }: Sides,
  machine: Machine | null,
): Promise<boolean> {
  const pointer = `${dataset.path}.dvc`;
  const [before, after] = [base, own].map(({ entries, folder }) => entries.get(pathInRepository(folder, pointer))?.id);
  if (before !== undefined || after !== undefined)
    return before === after && (machine === null || (await machine.files.list(dataset.path)).length === 0);
  return dataset.generator !== null && (machine === null || (await machine.isGenerated(dataset)));
}

function isSameTree({ base, own }: Sides): boolean {
  const ids = ({ entries }: CommittedFiles) =>
    JSON.stringify([...entries].map(([path, { mode, id }]) => [path, mode, id]).sort());
  return ids(base) === ids(own);
}
