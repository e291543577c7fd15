import { readKey } from './config-key.ts';
import { type DatasetConfig, datasetKeys } from './dataset-keys.ts';

/**
 * What the configuration of a dataset adds to the hash of a run's inputs, as plain data. Keys that the table or the model resolves
 * (target, columns, metrics, models …) are missing here: the caller hashes what they resolve to.
 */
export function configInputs(dataset: DatasetConfig): readonly (readonly [key: string, value: unknown])[] {
  return datasetKeys
    .filter(
      ({ isInput, isHashedResolved = false, hashedAsWritten }) => isInput && (!isHashedResolved || hashedAsWritten),
    )
    .map((each) => {
      const value = readKey(dataset, each.key);
      return [each.key, each.hashedAsWritten ? each.hashedAsWritten(value) : value];
    });
}
