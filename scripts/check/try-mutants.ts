import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import type { Mutation } from './mutations.ts';

/** Tests, and the mutant that they are tried on; without one they all have to be green. */
export interface Task {
  readonly mutation?: Mutation;
  readonly tests: readonly string[];
}

/** The test that failed, if one did. An error is none of a test: one that does not load says nothing of a mutant. */
export type Answer = { readonly failed: string | undefined } | { readonly error: string };

/**
 * Tries mutants, one at a time, on a copy of the sources of its own. `mutate-verdict.ts` starts two of these processes and
 * sends each the next task when it is through with the last.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const copy = mkdtempSync(join(cache, 'mutants-'));
for (const folder of ['action', 'bot', 'core', 'docs', 'github', 'test'])
  cpSync(join(root, folder), join(copy, folder), { recursive: true });
writeFileSync(join(copy, 'package.json'), '{ "type": "module" }\n');
const vitest = await createVitest(
  'test',
  {
    root: copy,
    config: false,
    watch: false,
    include: ['{action,bot,core,github,test}/**/*.test.ts'],
    reporters: [{}],
    // Other examples than those of `npm test` would let a mutant die by chance.
    setupFiles: ['test/same-examples.ts'],
    pool: 'threads',
    // On a busy machine a slow test must not pass for one that died.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
  { cacheDir: join(copy, '.vite') },
);

/** Whether every test of a file is green. A file that does not load says nothing of a mutant. */
async function isGreen(test: string): Promise<boolean> {
  const specification = vitest.getRootProject().createSpecification(join(copy, test));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification], false);
  // Vitest gives the modules of all runs so far.
  const module = testModules.find(({ moduleId }) => moduleId === specification.moduleId);
  const broken = [...unhandledErrors, ...(module?.errors() ?? [])];
  if (broken.length > 0 || !module) throw new Error(`${test} does not run`, { cause: broken[0] });
  return module.ok();
}

/** The first of the tests that fails. */
async function failing(tests: readonly string[]): Promise<string | undefined> {
  for (const test of tests) if (!(await isGreen(test))) return test;
  return undefined;
}

async function answer({ mutation, tests }: Task): Promise<string | undefined> {
  if (!mutation) return failing(tests);
  const [, file, search, replacement] = mutation;
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  const write = (text: string) => {
    writeFileSync(path, text);
    vitest.invalidateFile(path);
  };
  write(source.replace(search, () => replacement));
  try {
    return await failing(tests);
  } finally {
    write(source);
  }
}

process.on('message', async (task: Task) => {
  const reply: Answer = await answer(task).then(
    (failed) => ({ failed }),
    (error: Error) => ({ error: `${error.message}: ${error.cause ?? ''}` }),
  );
  if (process.connected) process.send?.(reply);
});
process.once('disconnect', async () => {
  await vitest.close();
  rmSync(copy, { recursive: true, force: true });
  process.exit();
});
