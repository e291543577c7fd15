import type { DatasetConfig } from '../../../config/project.ts';
import type { TableFiles } from '../../../ports/project-files.ts';
import { generatedTable } from '../../generate/generate-tables.ts';
import type { BaseCommit } from '../../ports.ts';
import type { TablePart } from '../../read-dataset-table.ts';
import { type BytesHere, tableHere } from './bytes-here.ts';
import { committedTable } from './committed-table.ts';
import { Obstacle } from './obstacle.ts';

/**
 * The table of a dataset as the base commit has it: its blobs, what its pointers of Git LFS or DVC name, what its generator makes, or bytes
 * that lie here and have the SHA-256 that its configuration or a verified run says.
 *
 * @param config the base's.
 * @param recorded SHA-256 of the tables that verified runs next to the base commit recorded.
 * @throws Obstacle
 */
export async function tableOfBase(
  config: DatasetConfig,
  base: Pick<BaseCommit, 'tree' | 'folder' | 'lfs'>,
  { here, recorded }: { readonly here: BytesHere; readonly recorded: () => Promise<readonly string[]> },
): Promise<TableFiles> {
  const { path, generator, sha256 } = config;
  const parts = await committedTable(path, base, here);
  if (parts) return filesOf(parts);
  if (generator)
    return filesOf([{ file: path, bytes: new TextEncoder().encode(generatedTable(config.id, generator)) }]);
  const found = await tableHere(here, path, sha256 === null ? await recorded() : [sha256]);
  if (found) return filesOf(found);
  throw new Obstacle(
    sha256 === null ? { obstacle: 'no_digest', path } : { obstacle: 'other_bytes', path, named: 'mlops.yml' },
  );
}

/** A table's files, whatever lies on the machine. */
function filesOf(parts: readonly TablePart[]): TableFiles {
  const read = async (path: string) => parts.find(({ file }) => file === path)!.bytes;
  return {
    list: async () => parts.map(({ file }) => file),
    exists: async (path) => parts.some(({ file }) => file === path),
    read,
    readTable: read,
  };
}
