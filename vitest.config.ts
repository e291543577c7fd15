import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Vitest starts with the largest files. This one is small and takes longest: started last, it would run alone. */
const LONGEST = 'core/models/model-contract.test.ts';

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = (file: TestSpecification) => file.moduleId.endsWith(LONGEST);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

const exclude = ['**/node_modules/**', 'build/**', 'dist/**', '.cache/**'];
const setupFiles = ['test/same-examples.ts'];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{action,cli,core,github,bench,scripts}/**/*.test.ts', 'test/docs/**/*.test.ts'],
          exclude,
          setupFiles,
          // Loading every module anew for each file took more than half of the time. A test that needs modules, an
          // environment or functions of its own restores them; `restoreMocks` and `unstubEnvs` help with that.
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The command line and the Action as users start them, on an offline GitHub.
        test: {
          name: 'doors',
          include: ['test/{doors,rig}/**/*.test.ts'],
          exclude,
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Many thousands of broken files. Slow by nature.
        test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], exclude, setupFiles, testTimeout: 600_000 },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
