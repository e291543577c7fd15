import type { Unchanged } from '../comparison/verdict.ts';
import { readKey } from '../config/config-key.ts';
import { datasetKeys } from '../config/dataset-keys.ts';
import type { DatasetConfig, Project } from '../config/project.ts';
import type { CheckedOut, CommitTree } from '../ports/commit-tree.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import { sameInputs } from './same-inputs.ts';

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
  const sides = {
    base: { entries: await tree.entries(), folder },
    own: { entries: await checkedOut.commit.entries(), folder: checkedOut.folder },
  };
  const found: Unchanged[] = [];
  for (const dataset of datasets) {
    const before = base.datasets.find(({ id }) => id === dataset.id);
    if (!before || !isSameConfiguration(dataset, before)) continue;
    const inputs = await sameInputs(dataset, sides, { checkedOut, ...rest });
    if (inputs) found.push({ dataset: dataset.id, base: tree.id, inputs });
  }
  return found;
}

/** Keys that decide which table it is. */
const WHICH_TABLE: readonly string[] = ['path', 'sha256', 'generator'];

/** Whether every key that decides the result of training has the same value. */
export function isSameConfiguration(one: DatasetConfig, other: DatasetConfig): boolean {
  const keys = datasetKeys.filter(({ key, isInput }) => isInput || WHICH_TABLE.includes(key));
  return keys.every(({ key }) => JSON.stringify(readKey(one, key)) === JSON.stringify(readKey(other, key)));
}
