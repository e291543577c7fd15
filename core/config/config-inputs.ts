import { readKey } from './config-key.ts';
import { type DatasetConfig, datasetKeys } from './dataset-keys.ts';

/**
 * What the configuration of a data set adds to the hash of a run's inputs, as plain data. Keys that come to something only with the
 * table or the model (target, columns, metrics, models …) are hashed as what they come to, by those who know it.
 */
export function configInputs(dataset: DatasetConfig): readonly (readonly [key: string, value: unknown])[] {
  return datasetKeys
    .filter(({ isInput, isHashedResolved = false }) => isInput && !isHashedResolved)
    .map(({ key }) => [key, readKey(dataset, key)]);
}
