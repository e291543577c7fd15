import { configInputs } from '../../config/config-inputs.ts';
import type { ModelConfig } from '../../config/resolve-models.ts';
import { ENGINE, KEY_SCHEME } from '../../engine.ts';
import { sha256Hex } from '../../random/sha256.ts';
import { trainers } from '../../trainers/index.ts';
import type { Ports } from '../ports.ts';
import type { LoadedDataset } from './load-dataset.ts';

/** SHA-256 over everything that determines what a run's numbers are. */
export async function inputsHash(
  { config, sha256, columns, target, metrics: ids }: LoadedDataset,
  { keyColumns, rowSet }: { readonly keyColumns: readonly string[]; readonly rowSet: string },
  { id, params: settings }: ModelConfig,
  { files }: Pick<Ports, 'files'>,
): Promise<string> {
  return hashOf([
    ENGINE,
    KEY_SCHEME,
    config.id,
    sha256,
    configInputs(config),
    columns.roles,
    keyColumns,
    rowSet,
    target.type,
    target.classes,
    ids,
    id,
    await trainers.get(id).inputs(settings, files),
  ]);
}

/**
 * SHA-256 over all of that but the rows, so that runs of one recipe differ in their rows alone; null where a command may read files that
 * it does not list.
 */
export async function recipeHash(
  { config, columns, target }: LoadedDataset,
  { id, params: settings }: ModelConfig,
  { files }: Pick<Ports, 'files'>,
): Promise<string | null> {
  const trainer = trainers.get(id);
  if (trainer.inputFiles(settings).listed === null) return null;
  const { type, classes } = target;
  const own = await trainer.inputs(settings, files);
  return hashOf(['recipe', ENGINE, KEY_SCHEME, config.id, configInputs(config), columns.roles, type, classes, id, own]);
}

function hashOf(inputs: unknown): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(inputs)));
}
