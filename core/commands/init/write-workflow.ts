import type { Project } from '../../config/project.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { CommandPorts } from '../ports.ts';
import { type Jobs, jobsFor, workflowText } from './workflow-text.ts';

const PATH = '.github/workflows/mlops.yml';

/** The workflow that was written: its path from the repository's root, and how many jobs it has. */
export interface WrittenWorkflow {
  readonly path: string;
  readonly jobs: Jobs;
}

/**
 * Writes the workflow that fits a project.
 *
 * @throws ConfigError where there is no repository to write it to, or it is there already.
 */
export async function writeWorkflow(
  { files, change, projectFile }: Pick<CommandPorts, 'files' | 'change' | 'projectFile'>,
  project: Project,
  force: boolean,
): Promise<WrittenWorkflow> {
  const checkedOut = await change.commits.checkedOut();
  if (checkedOut.kind !== 'commit')
    throw new ConfigError({
      message: '`--workflow` needs a git repository with a commit',
      found: checkedOut.why,
      next: checkedOut.next,
    });
  const { folder } = checkedOut;
  const up = folder === '' ? '' : folder.replaceAll(/[^/]+/g, '..').concat('/');
  if (!force && (await files.exists(up + PATH)))
    throw new ConfigError({ file: PATH, message: 'the file exists already', next: 'replace it with --force' });
  const jobs = jobsFor(project);
  await files.write(up + PATH, workflowText(jobs, { folder, config: projectFile.inProject }));
  return { path: PATH, jobs };
}
