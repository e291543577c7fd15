import { type ChangedInput, changedInputs } from '../../change/changed-inputs.ts';
import { type InputFile, inputFiles, inputsOf } from '../../change/input-files.ts';
import { pathInRepository } from '../../change/repository-path.ts';
import type { Project } from '../../config/project.ts';
import type { CommandPorts } from '../ports.ts';

type World = Pick<CommandPorts, 'change' | 'files' | 'projectFile'>;

/** How the inputs of a project stand to the commit that is checked out. */
export interface ProjectInputs {
  /** Those whose content is not the commit's. */
  readonly changed: readonly ChangedInput[];
  /** Whether what is trained differs from the commit. Results and notes that lie beside it do not count. */
  readonly isEdited: boolean;
}

/** Compares the project file, the tables and the files of custom trainers with the commit; nothing differs where there is none. */
export async function compareInputs(world: World, project: Project): Promise<ProjectInputs> {
  const { change, files, projectFile } = world;
  const checkedOut = await change.commits.checkedOut();
  if (checkedOut.kind !== 'commit') return { changed: [], isEdited: false };
  const [config] = await inputFiles(projectFile.inProject, { checkedOut, files: { list: async (path) => [path] } });
  const inputs = project.datasets.map(inputsOf);
  const ofTrainers = new Set(inputs.flatMap((each) => each.trainers));
  const ofTables = new Set(inputs.map(({ table }) => table).filter((table) => !ofTrainers.has(table)));
  const filesOf = async (named: Iterable<string>) => {
    const found: InputFile[] = [];
    for (const one of named) found.push(...(await inputFiles(one, { checkedOut, files })));
    return found;
  };
  const tables = await filesOf(ofTables);
  const trainers = await filesOf(ofTrainers);
  const isOther = ({ state }: InputFile) => state.kind === 'changed' || state.kind === 'missing';
  const isEdited = config!.state.kind === 'untracked' || [config!, ...tables, ...trainers].some(isOther);
  // A command may read any file of the repository, unless its inputs are listed.
  const mayReadAll = inputs.some(({ listed }) => listed === null);
  return {
    changed: changedInputs(config!, { tables, trainers }),
    isEdited: isEdited || (mayReadAll && (await change.isDirty())),
  };
}

/** The project file from the repository's root; where there is no repository, from the project. */
export async function pathOfProjectFile({ change, projectFile }: World): Promise<string> {
  const checkedOut = await change.commits.checkedOut();
  return pathInRepository(checkedOut.kind === 'commit' ? checkedOut.folder : '', projectFile.inProject);
}
