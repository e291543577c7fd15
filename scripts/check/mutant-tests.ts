import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import type { Mutation } from './mutations.ts';

/** Ends of tests' paths, without `.test.ts`, by a file's path. */
export type TestsOf = Readonly<Record<string, readonly string[]>>;

const root = fileURLToPath(new URL('../..', import.meta.url));
const tests = globSync('{action,bot,core,github,test}/**/*.test.ts', { cwd: root });

/**
 * The tests of which one has to fail when a file is broken, in this order: those that are named, or the one beside it. Where
 * the first is one of the others, all of those may.
 */
export function testsOf(file: string, named: TestsOf, others: readonly string[] = []): readonly string[] {
  const wanted = (named[file] ?? [file.replace(/\.ts$/, '')]).flatMap(find);
  const rest = others.flatMap(find);
  return rest.includes(wanted[0] ?? '') ? [...new Set([...wanted, ...rest])] : wanted;
}

function find(name: string): string[] {
  return tests.filter((test) => `/${test}`.endsWith(`/${name}.test.ts`));
}

/** What keeps mutations from being tried, a sentence for each. */
export function findBroken(mutations: readonly Mutation[], named: TestsOf): string[] {
  const files = new Set(mutations.map(([, file]) => file));
  const untested = [...files].filter((file) => testsOf(file, named).length === 0);
  const misnamed = Object.values(named)
    .flat()
    .filter((name) => find(name).length !== 1);
  return [
    ...mutations
      .filter(([, file, search]) => timesIn(file, search) !== 1)
      .map(
        ([name, file, search]) => `“${name}” is to break what is in ${file} ${timesIn(file, search)} times, not once`,
      ),
    ...untested.map(
      (file) =>
        `${file} is broken on purpose and has no test that must mind: write ${file.replace(/\.ts$/, '.test.ts')}, or name tests in TESTS_OF of scripts/check/mutate-verdict.ts`,
    ),
    ...misnamed.map((name) => `TESTS_OF names ${name}, which is not the end of exactly one test’s path`),
  ];
}

function timesIn(file: string, text: string): number {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8').split(text).length - 1 : 0;
}
