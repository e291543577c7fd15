import type { Problem } from '../errors/app-error.ts';
import { DataError } from '../errors/app-error.ts';
import type { InputFile } from './input-files.ts';

/** An input that is not what the commit has. */
export interface ChangedInput {
  readonly path: string;
  readonly problem: Problem;
}

const EARLIER_STEP =
  'an earlier step of this job changed it, or it was never committed. Remove that step, or commit the file';

/**
 * Inputs whose content is not that of the commit: what was judged would not be what is merged. A table that the commit does not have is
 * normal: it was downloaded, or generated. So is one that still is the commit's Git LFS pointer: who reads it fetches what that names.
 *
 * @param config the project file, which the commit must have.
 * @param inputs.trainers files that commands of custom trainers read themselves.
 */
export function changedInputs(
  config: InputFile,
  inputs: { readonly tables: readonly InputFile[]; readonly trainers: readonly InputFile[] },
): ChangedInput[] {
  const own = config.state.kind === 'untracked' ? [problem(config, 'is not in the commit', EARLIER_STEP)] : [];
  const tables = inputs.tables.filter(({ state }) => state.kind !== 'lfs_pointer');
  return [...own, ...[config, ...tables, ...inputs.trainers].flatMap((input) => changed(input) ?? [])];
}

function changed(input: InputFile): ChangedInput | null {
  const { state } = input;
  switch (state.kind) {
    case 'same':
    case 'lfs':
    case 'crlf':
    case 'untracked':
    case 'nowhere':
    case 'in_submodule':
      return null;
    case 'missing':
      return problem(
        input,
        'is in the commit, but not on disk',
        'check the file out: a sparse checkout leaves it out (`sparse-checkout`), and a step may have removed it',
      );
    case 'lfs_pointer':
      return problem(input, 'is a Git LFS pointer, not the file', 'let actions/checkout fetch it: `lfs: true`');
    case 'changed': {
      const place = state.line === null ? {} : { place: `line ${state.line}` };
      return problem(input, 'differs from the commit that is checked out', EARLIER_STEP, place);
    }
    case 'not_a_file':
      return problem(input, `is ${state.what}`, 'commit the file itself');
    case 'outside':
      return problem(
        input,
        'is not a file of this repository, or belongs to git or to GitHub',
        'use a path inside the repository',
      );
  }
}

function problem({ path }: InputFile, message: string, next: string, rest: Partial<Problem> = {}): ChangedInput {
  return { path, problem: { file: path, message, next, ...rest } };
}

/** @throws DataError that names every input that is not what the commit has. */
export function refuseChanged(inputs: readonly ChangedInput[]): void {
  if (inputs.length > 0) throw new DataError(inputs.map((input) => input.problem));
}
