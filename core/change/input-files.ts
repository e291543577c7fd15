import picomatch from 'picomatch';
import type { DatasetConfig } from '../config/project.ts';
import type { CheckedOut, FileState, TreeEntry } from '../ports/commit-tree.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import { trainers } from '../trainers/index.ts';
import { isReadable, pathInRepository } from './repository-path.ts';

/** An input of training, by its path from the repository's root. `outside`: no file of the repository, or one of git or GitHub. */
export interface InputFile {
  readonly path: string;
  readonly state: FileState | { readonly kind: 'outside' };
}

/** What the results of a dataset depend on, besides its configuration. */
export interface DatasetInputs {
  /** The table, or the pattern of several. */
  readonly table: string;
  /** Files and patterns that its custom trainers name. */
  readonly trainers: readonly string[];
  /** Those that custom trainers list as all that can change the result; null: other files of the repository can. */
  readonly listed: readonly string[] | null;
}

/** The inputs of a dataset, as its configuration names them: paths relative to the project. */
export function inputsOf({ path, models }: DatasetConfig): DatasetInputs {
  const named = models.map(({ id, params }) => trainers.get(id).inputFiles(params));
  return {
    table: path,
    trainers: [...new Set(named.flatMap(({ paths }) => paths))],
    listed: named.some(({ listed }) => listed === null) ? null : named.flatMap(({ listed }) => listed ?? []),
  };
}

/**
 * The files that a path or a pattern names, on disk and in the commit that is checked out, each compared with that commit.
 *
 * @param named relative to the project.
 */
export async function inputFiles(
  named: string,
  { checkedOut, files }: { readonly checkedOut: CheckedOut; readonly files: Pick<ProjectFiles, 'list'> },
): Promise<InputFile[]> {
  const { folder, commit } = checkedOut;
  const onDisk = (await files.list(named)).map((path) => pathInRepository(folder, path));
  const inTree = filesOf(await commit.entries(), pathInRepository(folder, named));
  const paths = new Set([...onDisk, ...inTree]);
  if (paths.size === 0) paths.add(pathInRepository(folder, named));
  const found: InputFile[] = [];
  for (const path of [...paths].sort()) {
    found.push({ path, state: isReadable(path) ? await checkedOut.stateOf(path) : { kind: 'outside' } });
  }
  return found;
}

/** Paths of a tree that a path or a pattern names. */
export function filesOf(entries: ReadonlyMap<string, TreeEntry>, pattern: string): string[] {
  if (entries.has(pattern)) return [pattern];
  if (!picomatch.scan(pattern).isGlob) return [];
  // A file in a hidden folder may be read as well.
  const isMatch = picomatch(pattern, { dot: true });
  return [...entries.keys()].filter((path) => isMatch(path)).sort();
}
