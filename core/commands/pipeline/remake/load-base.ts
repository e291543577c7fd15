import type { DatasetConfig } from '../../../config/project.ts';
import { AppError } from '../../../errors/app-error.ts';
import type { BaseCommit, Ports } from '../../ports.ts';
import { type LoadedDataset, loadDataset } from '../load-dataset.ts';
import { Obstacle } from './obstacle.ts';
import { tableOfBase } from './table-of-base.ts';

/**
 * A dataset of the base commit, read from that commit's table.
 *
 * @param config the base's. @param options.path where the change has the table.
 * @param options.recorded SHA-256 of the tables that runs next to the base commit recorded.
 * @throws Obstacle
 */
export async function loadBase(
  config: DatasetConfig,
  base: BaseCommit,
  { path, recorded }: { readonly path: string; readonly recorded: () => Promise<readonly string[]> },
  ports: Pick<Ports, 'files'>,
): Promise<LoadedDataset> {
  const files = await tableOfBase(config, base, { here: { files: ports.files, path }, recorded });
  return loadDataset(config, { project: base.project, base: null, chosen: [] }, { files }).catch(failed);
}

/** What is wrong with the base commit stands in the way, and is no error of the change. */
export function failed(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const { file, place, message } = error.problems[0]!;
  const detail = [file, place, message].filter((part) => part !== undefined).join(': ');
  throw new Obstacle({ obstacle: 'failed', detail }, { cause: error });
}
