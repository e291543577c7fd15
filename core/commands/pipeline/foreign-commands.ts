import type { Rules } from '../../change/rules.ts';
import { plannedModels } from '../../config/planned-models.ts';
import type { Project } from '../../config/project.ts';
import { ConfigError } from '../../errors/app-error.ts';
import type { CommandPorts } from '../ports.ts';

/**
 * Refuses to run commands of a branch that somebody else has worked on, until the person at work says once that they trust them. In a job
 * nobody is asked: its machine is thrown away.
 *
 * @throws ConfigError that names the author and the setting.
 */
export async function refuseForeignCommands(
  { foreignAuthors }: Pick<CommandPorts, 'foreignAuthors'>,
  project: Project,
  { standing, base }: Pick<Rules, 'standing' | 'base'>,
): Promise<void> {
  if (!foreignAuthors || standing.kind !== 'change') return;
  const plan = { project, base, chosen: [] };
  const withCommand = project.datasets.find(({ id, task }) =>
    plannedModels(plan, id, task).some((model) => model.id === 'custom'),
  );
  if (!withCommand) return;
  const authors = await foreignAuthors(standing.base);
  if (authors.length === 0) return;
  throw new ConfigError({
    place: `datasets.${withCommand.id}.models.custom`,
    message: 'this branch has commits of somebody else, and would run their command on this machine',
    found: authors.join(', '),
    next: `read what it runs; then say once that you trust them: ${authors.map((address) => `git config --add mlops.trust ${quoted(address)}`).join(' && ')}`,
  });
}

function quoted(text: string): string {
  return /^[\w.@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
