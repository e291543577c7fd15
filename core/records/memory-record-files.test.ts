import { createMemoryRecordFiles } from './memory-record-files.ts';
import { describeRecordFiles } from './record-files.contract.ts';

describeRecordFiles('records in memory', async () => {
  const place = new Map<string, Uint8Array>();
  const files = createMemoryRecordFiles(place);
  return {
    open: () => files,
    plant: async (planted) => {
      for (const [path, bytes] of planted) place.set(path, bytes);
    },
  };
});
