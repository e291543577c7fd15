import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{action,cli,core,github,bench,scripts}/**/*.test.ts',
            'test/rig/**/*.test.ts',
            'test/docs/**/*.test.ts',
            'test/doors/**/*.test.ts',
            'test/fuzz/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', 'build/**', 'dist/**'],
          setupFiles: ['test/same-examples.ts'],
          testTimeout: 30_000,
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
