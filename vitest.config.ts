import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { countAttacks } from './test/doors/trust/count-attacks.ts';

/** Vitest starts with the largest files. This one is small and takes longest: started last, it would run alone. */
const LONGEST = 'core/models/model-contract.test.ts';

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = (file: TestSpecification) => file.moduleId.endsWith(LONGEST);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/** Tests of real repositories, or of the offline GitHub that holds them: most of their time is that of the git processes which they start. */
const GIT = [
  'core/io/git/**/*.test.ts',
  'core/change/local-standing.test.ts',
  'core/comparison/baseline-search.test.ts',
  'action/{claims,claims-comment}.test.ts',
  'github/github-{history,record-files}.test.ts',
  'github/{acceptances,failed-pushes,merged-pulls,upsert-comment,verified-runs}.test.ts',
];

/** Processes keep their compiled sources here. It halves the time that one takes to start. */
const compiled = fileURLToPath(new URL('.cache/compiled', import.meta.url));

const common = {
  exclude: ['**/node_modules/**', 'build/**', 'dist/**', '.cache/**'],
  setupFiles: ['test/same-examples.ts'],
  // A busy machine takes many times as long. Nothing that works comes near these.
  testTimeout: 180_000,
  hookTimeout: 180_000,
};

/** Attacks on the verdict. They take as long as all other stories together. */
const TRUST = 'test/doors/trust/**/*.test.ts';

/**
 * Loading all modules anew for each file would take more than half of the time. So tests leave nothing behind: mocks and
 * stubbed variables of the environment are undone after each, and whatever else they change they restore. Node itself loads
 * the modules, and keeps them compiled.
 */
const shared = {
  isolate: false,
  restoreMocks: true,
  unstubEnvs: true,
  env: { NODE_COMPILE_CACHE: compiled },
  experimental: { viteModuleRunner: false, nodeLoader: false },
};

const stories = { ...shared, globalSetup: 'test/doors/build-action.ts', testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Vitest leaves one processor idle unless it is told otherwise: half of a machine with two.
    maxWorkers: '100%',
    // Projects run beside each other in CI, and would write the same file.
    cache: false,
    reporters: ['default', countAttacks],
    projects: [
      {
        test: {
          ...common,
          ...shared,
          name: 'unit',
          include: ['{action,bot,cli,core,github,bench,scripts,simulation}/**/*.test.ts', 'test/docs/**/*.test.ts'],
          exclude: [...common.exclude, ...GIT],
        },
      },
      { test: { ...common, ...shared, name: 'git', include: GIT } },
      // The command line, the Action and the App as users start them, with an offline GitHub.
      {
        test: {
          ...common,
          ...stories,
          name: 'doors',
          include: ['test/{doors,rig}/**/*.test.ts'],
          exclude: [...common.exclude, TRUST],
        },
      },
      { test: { ...common, ...stories, name: 'trust', include: [TRUST] } },
      // Many thousands of broken files, and more hostile reports than the unit tests try.
      {
        test: {
          ...common,
          name: 'fuzz',
          include: ['test/fuzz/**/*.test.ts', 'core/report/hostile-names.test.ts'],
          env: { HOSTILE_REPORTS: '40' },
          testTimeout: 600_000,
        },
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
