import type { Unchanged } from '../comparison/verdict.ts';
import { readKey } from '../config/config-key.ts';
import { datasetKeys } from '../config/dataset-keys.ts';
import type { DatasetConfig, Project } from '../config/project.ts';
import type { CheckedOut, CommitTree, TreeEntry } from '../ports/commit-tree.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import { filesOf, type InputFile, inputFiles, inputsOf } from './input-files.ts';
import { pathInRepository } from './repository-path.ts';

type Entries = ReadonlyMap<string, TreeEntry>;

/** The files of a commit, and the project's folder from the repository's root. */
export interface CommittedFiles {
  readonly entries: Entries;
  readonly folder: string;
}

/** The two commits that are compared, and the machine. */
interface Sides {
  readonly base: CommittedFiles;
  readonly own: CommittedFiles;
  readonly checkedOut: CheckedOut;
  readonly files: Pick<ProjectFiles, 'list'>;
  readonly isGenerated: (dataset: DatasetConfig) => Promise<boolean>;
}

/** How modes of files start; links and submodules have others. */
const FILE = '100';

/** States of a file that has the content of the commit. */
const AS_COMMITTED: readonly InputFile['state']['kind'][] = ['same', 'lfs', 'crlf'];

/**
 * Datasets of which no input differs between the base commit and what is checked out: their models would come out the same to the last
 * bit, so they need not be trained. Files are compared by their git ids, and what lies on disk with the commit.
 *
 * @param datasets as the base's rules have them.
 * @param options.folder the project's folder in the base commit, from the repository's root.
 * @param options.isGenerated whether the table of a dataset is what its generator makes, or will be.
 */
export async function unchangedDatasets(
  datasets: readonly DatasetConfig[],
  options: {
    readonly base: Project;
    readonly tree: CommitTree;
    readonly folder: string;
    readonly checkedOut: CheckedOut;
    readonly files: Pick<ProjectFiles, 'list'>;
    readonly isGenerated: (dataset: DatasetConfig) => Promise<boolean>;
  },
): Promise<Unchanged[]> {
  const { base, tree, folder, checkedOut, ...rest } = options;
  const sides: Sides = {
    base: { entries: await tree.entries(), folder },
    own: { entries: await checkedOut.commit.entries(), folder: checkedOut.folder },
    checkedOut,
    ...rest,
  };
  const found: Unchanged[] = [];
  for (const dataset of datasets) {
    const before = base.datasets.find(({ id }) => id === dataset.id);
    if (!before || !isSameConfiguration(dataset, before)) continue;
    const inputs = await sameInputs(dataset, sides);
    if (inputs) found.push({ dataset: dataset.id, base: tree.id, inputs });
  }
  return found;
}

/** Whether every key that decides the result of training has the same value. */
export function isSameConfiguration(one: DatasetConfig, other: DatasetConfig): boolean {
  const keys = datasetKeys.filter(({ key, isInput }) => isInput || key === 'path' || key === 'generator');
  return keys.every(({ key }) => JSON.stringify(readKey(one, key)) === JSON.stringify(readKey(other, key)));
}

/** The files that were compared, by path from the repository's root; null where one differs, or it cannot be told. */
async function sameInputs(dataset: DatasetConfig, sides: Sides): Promise<string[] | null> {
  const { table, trainers, listed } = inputsOf(dataset);
  // A command may read any file of the repository, unless its inputs are listed.
  if (listed === null && !isSameTree(sides)) return null;
  const compared: string[] = [];
  for (const named of [table, ...trainers]) {
    const files = await sameFiles(named, sides);
    if (files === null) return null;
    if (files.length === 0 && named === table && !(await isSameElsewhere(dataset, sides))) return null;
    // A list that names nothing is a slip, and says nothing of what the trainer reads.
    if (files.length === 0 && listed?.includes(named)) return null;
    compared.push(...files);
  }
  return compared;
}

/** The committed files that a path or pattern names, when both commits and the disk have the same. */
async function sameFiles(named: string, sides: Sides): Promise<string[] | null> {
  const count = sameCommitted(named, sides);
  if (count === null) return null;
  if (count === 0) return [];
  const onDisk = await inputFiles(named, sides);
  return onDisk.every(({ state }) => AS_COMMITTED.includes(state.kind)) ? onDisk.map(({ path }) => path) : null;
}

/**
 * How many files a path or pattern names, when two commits have the same; null where they differ, or where one is a link, whose
 * target may differ.
 */
export function sameCommitted(named: string, { base, own }: Pick<Sides, 'base' | 'own'>): number | null {
  const [before, after] = [base, own].map(({ entries, folder }) => namedFiles(named, entries, folder));
  const isSame = JSON.stringify([...before!]) === JSON.stringify([...after!]);
  const isFile = [...after!.values()].every((entry) => entry.startsWith(FILE));
  return isSame && isFile ? after!.size : null;
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
async function isSameElsewhere(dataset: DatasetConfig, { base, own, files, isGenerated }: Sides): Promise<boolean> {
  const pointer = `${dataset.path}.dvc`;
  const [before, after] = [base, own].map(({ entries, folder }) => entries.get(pathInRepository(folder, pointer))?.id);
  if (after !== undefined) return before === after && (await files.list(dataset.path)).length === 0;
  return dataset.generator !== null && (await isGenerated(dataset));
}

export function isSameTree({ base, own }: Pick<Sides, 'base' | 'own'>): boolean {
  const ids = ({ entries }: CommittedFiles) =>
    JSON.stringify([...entries].map(([path, { mode, id }]) => [path, mode, id]).sort());
  return ids(base) === ids(own);
}
