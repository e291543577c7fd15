import { readKey } from '../../config/config-key.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { AppError } from '../../errors/app-error.ts';

/** Keys that only the base decides, and that name columns. */
const NAME_COLUMNS = ['target', 'slices', 'split'] as const;

/**
 * What to say of a table that does not suit its configuration, where a change edits rules that hold as the base has them: what the error
 * asks for is there already, and takes effect after the merge.
 *
 * @param config as the base's rules have it.
 * @param project the change's own.
 */
export function withRulesOfBase(error: AppError, config: DatasetConfig, project: Project): AppError {
  const own = project.datasets.find(({ id }) => id === config.id);
  if (own === undefined) return error;
  const edited = NAME_COLUMNS.filter(
    (key) => JSON.stringify(readKey(own, key)) !== JSON.stringify(readKey(config, key)),
  );
  if (edited.length === 0) return error;
  const next = `${edited.map((key) => `\`${key}\``).join(', ')} of ${config.id} ${edited.length === 1 ? 'holds' : 'hold'} as the base commit has it until this change is merged: keep the columns that it names beside the new ones, and remove them in the next pull request. Or merge without this check: an administrator can bypass it`;
  return new AppError(
    error.problems.map((problem) => ({ ...problem, next })),
    { cause: error },
  );
}
