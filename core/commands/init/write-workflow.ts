import type { Project } from '../../config/project.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { CommandPorts } from '../ports.ts';
import { commentWorkflowText, type Jobs, jobsFor, workflowText } from './workflow-text.ts';

const PATH = '.github/workflows/mlops.yml';
const COMMENT_PATH = '.github/workflows/mlops-comment.yml';

/** The workflow that was written: its path from the repository's root, and how many jobs it has. */
export interface WrittenWorkflow {
  readonly path: string;
  readonly jobs: Jobs;
  /** Of the second workflow, which comments on pull requests of forks; null: none was asked for. */
  readonly comment: string | null;
}

/**
 * Writes the workflow that fits a project.
 *
 * @param options.forks writes the second one too, which comments on pull requests of forks.
 * @throws ConfigError where there is no repository to write it to, or it is there already.
 */
export async function writeWorkflow(
  { files, change, projectFile }: Pick<CommandPorts, 'files' | 'change' | 'projectFile'>,
  project: Project,
  { force, forks }: { readonly force: boolean; readonly forks: boolean },
): Promise<WrittenWorkflow> {
  const folder = await folderInRepository(files, change);
  const up = folder === '' ? '' : folder.replaceAll(/[^/]+/g, '..').concat('/');
  for (const path of force ? [] : [PATH, ...(forks ? [COMMENT_PATH] : [])]) {
    if (await files.exists(up + path))
      throw new ConfigError({ file: path, message: 'the file exists already', next: 'replace it with --force' });
  }
  const jobs = jobsFor(project);
  await files.write(up + PATH, workflowText(jobs, { folder, config: projectFile.inProject }, forks));
  if (forks) await files.write(up + COMMENT_PATH, commentWorkflowText(PATH));
  return { path: PATH, jobs, comment: forks ? COMMENT_PATH : null };
}

/** Before the first commit only a project in the repository's root is known to be in one. */
async function folderInRepository(
  files: CommandPorts['files'],
  { commits }: Pick<CommandPorts['change'], 'commits'>,
): Promise<string> {
  const checkedOut = await commits.checkedOut();
  if (checkedOut.kind === 'commit') return checkedOut.folder;
  if (checkedOut.kind === 'no_commit' && (await files.exists('.git/HEAD'))) return '';
  throw new ConfigError({
    message: 'there is no repository to write the workflow to',
    found: checkedOut.why,
    next: checkedOut.next,
  });
}
