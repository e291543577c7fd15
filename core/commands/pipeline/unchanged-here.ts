import { withoutOtherEngines } from '../../change/other-engines.ts';
import { projectFolder } from '../../change/repository-path.ts';
import type { Rules } from '../../change/rules.ts';
import { unchangedDatasets } from '../../change/unchanged.ts';
import type { Unchanged } from '../../comparison/verdict.ts';
import type { DatasetConfig } from '../../config/project.ts';
import type { Run } from '../../tracking/run.ts';
import { isGenerated } from '../generate/generate-tables.ts';
import type { CommandPorts } from '../ports.ts';
import type { ProjectOptions } from './open-project.ts';

/**
 * Datasets of a change that need no training here: none of their inputs differs from the base commit, nothing else is asked for, and no
 * run of the base commit was made by another engine, whose numbers may differ.
 */
export async function unchangedHere(
  { change, files, projectFile }: Pick<CommandPorts, 'change' | 'files' | 'projectFile'>,
  { standing, base, tree, path }: Rules,
  asked: {
    readonly datasets: readonly DatasetConfig[];
    readonly options: ProjectOptions;
    readonly runs: readonly Run[];
  },
): Promise<readonly Unchanged[]> {
  const { datasets, options, runs } = asked;
  if (standing.kind !== 'change' || base === null || tree === null || path === null) return [];
  if (options.set.length > 0 || options.baseline !== undefined) return [];
  const checkedOut = await change.commits.checkedOut();
  if (checkedOut.kind !== 'commit') return [];
  return unchangedDatasets(withoutOtherEngines(datasets, tree.id, runs), {
    ...{ base, tree, checkedOut, files },
    folder: projectFolder(path, projectFile.inProject),
    isGenerated: (dataset) => isGenerated(dataset, files),
  });
}
