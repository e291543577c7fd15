import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import { MUTATIONS, type Mutation } from './mutations.ts';
import { RECORD_MUTATIONS } from './record-mutations.ts';
import { TRUST_MUTATIONS } from './trust-mutations.ts';

/**
 * Breaks the verdict on purpose, one place at a time, and demands that a test dies each time. `npm run test:mutation`, or
 * `npm run test:mutation -- core/change github/` for those whose file or name has one of these texts.
 */
/** Test files, the quick ones first: a mutant is tried on that of its own file, then on the others until one fails. */
const TESTS = [
  'comparison/judge',
  'comparison/claimed-protocol',
  'comparison/same-predictions',
  'comparison/outcome',
  'comparison/judge-floor',
  'comparison/judge-limit',
  'comparison/judge-weakness',
  'comparison/judge-budget',
  'comparison/compare-models',
  'comparison/rivals',
  'comparison/noisier-candidate',
  'comparison/accept',
  'comparison/pushed-again',
  'comparison/slice-comparisons',
  'comparison/judge-runs',
  'comparison/shared-rows',
  'comparison/few-rows',
  'comparison/allowed-drop',
  'comparison/detectable-drop',
  'comparison/hard-hits',
  'comparison/comparison-errors',
  'comparison/row-swaps',
  'evaluation/uncertainty/noise-history',
  'evaluation/uncertainty/noise-of-clusters',
  'comparison/paired-in-time',
  'evaluation/uncertainty/noise-in-time',
  'evaluation/uncertainty/noise-of-rows',
  'comparison/weakness',
  'comparison/worked-example',
  'comparison/paired-difference',
  'comparison/pair-rows',
  'comparison/same-columns',
  'comparison/baseline-folds',
  'comparison/baseline-notes',
  'comparison/baseline',
  'comparison/baseline-search',
  'comparison/pool-runs',
  'comparison/propose-limit',
  'comparison/recomputed',
  'change/changed-inputs',
  'change/repository-path',
  'change/rules',
  'change/tracked-branches',
  'change/twin-commits',
  'change/dvc-digest',
  'change/unchanged',
  'comparison/older-baseline',
  'github/standing',
  'github/shared-head',
  'change/local-standing',
];

/** Tests of what is recorded, by the file that is broken: the others know nothing of it. */
const TESTS_OF: Readonly<Record<string, readonly string[]>> = {
  'github/failed-pushes.ts': ['github/failed-pushes'],
  'github/verified-runs.ts': ['github/verified-runs'],
  'github/tracked-commits.ts': ['github/verified-runs'],
  'github/upsert-comment.ts': ['github/upsert-comment'],
  'action/may-record.ts': ['action/may-record'],
  'action/trial.ts': ['action/may-record'],
  'action/own-check.ts': ['action/own-check'],
  'action/claims-comment.ts': ['action/claims-comment'],
  'action/claims-page.ts': ['action/claims-comment'],
  'github/claimed-reports.ts': ['action/claims-comment'],
  'github/claimed-run.ts': ['action/claims-comment'],
  'github/event.ts': ['github/event'],
  'bot/gate/claimed-drift.ts': ['gate/claimed-drift'],
  'github/trusted-baselines.ts': ['github/trusted-baselines'],
  'action/publish.ts': ['doors/recording'],
  'action/lfs-tables.ts': ['action/lfs-tables'],
  'action/table-cache.ts': ['trust/poisoned-cache'],
  'github/lfs-client.ts': ['github/lfs-client'],
  'core/commands/pipeline/base-classes.ts': ['commands/pipeline/base-classes'],
  'core/commands/pipeline/stored-runs.ts': ['commands/pipeline/stored-runs'],
  'core/commands/pipeline/added-to-baseline.ts': [
    'commands/pipeline/added-rows',
    'commands/pipeline/judge-from-records',
  ],
  'core/commands/pipeline/compared-with.ts': ['remake/remade-baseline'],
  'core/commands/pipeline/remake/bytes-here.ts': ['remake/remade-baseline'],
  'core/commands/pipeline/remake/committed-table.ts': ['remake/remade-baseline'],
  'core/commands/pipeline/remake/table-of-base.ts': ['remake/remade-baseline'],
  'core/commands/pipeline/remake/remade-baseline.ts': ['remake/remade-baseline'],
  'core/comparison/added-rows.ts': ['comparison/added-rows', 'commands/pipeline/added-rows'],
  'core/comparison/compare-added-rows.ts': ['commands/pipeline/added-rows'],
  'core/comparison/judge-added-rows.ts': ['commands/pipeline/added-rows'],
  'core/evaluation/cross-validate.ts': ['commands/pipeline/added-rows'],
  'core/commands/pipeline/load-dataset.ts': ['commands/pipeline/zero-targets'],
  'core/evaluation/estimates.ts': ['evaluation/estimates'],
  'core/evaluation/uncertainty/interval.ts': ['uncertainty/interval'],
  'core/evaluation/uncertainty/within-range.ts': ['uncertainty/within-range'],
  'core/evaluation/uncertainty/cluster-df.ts': ['evaluation/uncertainty/noise-of-clusters'],
  'core/evaluation/uncertainty/stretches.ts': ['comparison/paired-in-time', 'evaluation/uncertainty/noise-in-time'],
  'core/comparison/hard-hits.ts': ['comparison/hard-hits'],
  'core/comparison/detectable-drop.ts': ['comparison/detectable-drop'],
  'core/evaluation/uncertainty/pooled-metric.ts': [
    'evaluation/uncertainty/noise-of-clusters',
    'comparison/paired-in-time',
    'comparison/worked-example',
  ],
  'core/evaluation/evaluation-set.ts': ['evaluation/evaluation-set'],
  'core/commands/pipeline/noisier-model.ts': ['commands/pipeline/noisier-model'],
  'core/evaluation/uncertainty/repeated-noise.ts': ['comparison/noisier-candidate'],
  'core/evaluation/split/row-keys.ts': ['split/row-keys'],
  'core/evaluation/split/time-folds.ts': ['split/time-folds'],
  'core/evaluation/split/duplicates.ts': ['split/duplicates'],
  'core/evaluation/split/unit-folds.ts': ['split/unit-folds'],
  'core/evaluation/split/repair-folds.ts': ['split/unit-folds'],
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const copy = join(root, '.cache', 'mutants');
rmSync(copy, { recursive: true, force: true });
mkdirSync(copy, { recursive: true });
for (const folder of ['action', 'bot', 'core', 'docs', 'github', 'test'])
  cpSync(join(root, folder), join(copy, folder), { recursive: true });
writeFileSync(join(copy, 'package.json'), '{ "type": "module" }\n');
const vitest = await createVitest(
  'test',
  {
    root: copy,
    config: false,
    watch: false,
    include: [
      'core/{change,comparison}/*.test.ts',
      'core/evaluation/{estimates,evaluation-set}.test.ts',
      'core/evaluation/uncertainty/{noise-*,interval,within-range}.test.ts',
      'core/evaluation/split/{row-keys,time-folds,duplicates,unit-folds}.test.ts',
      'core/commands/pipeline/{base-classes,added-rows,judge-from-records,noisier-model,stored-runs,zero-targets}.test.ts',
      'core/commands/pipeline/remake/*.test.ts',
      'action/{claims-comment,lfs-tables,may-record,own-check}.test.ts',
      'bot/gate/claimed-drift.test.ts',
      'github/{event,failed-pushes,lfs-client,shared-head,standing,trusted-baselines,upsert-comment,verified-runs}.test.ts',
      'test/doors/recording.test.ts',
      'test/doors/trust/poisoned-cache.test.ts',
    ],
    reporters: [{}],
    // Other examples than those of `npm test` would let a mutant die by chance.
    setupFiles: ['test/same-examples.ts'],
    pool: 'threads',
    // On a busy machine a slow test must not pass for one that died.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
  { cacheDir: join(copy, '.vite') },
);
const specifications = await vitest.globTestSpecifications();

/** Whether every test of a file is green. A file that does not load says nothing of a mutant. */
async function isGreen(test: string): Promise<boolean> {
  const specification = specifications.find(({ moduleId }) => moduleId.endsWith(`/${test}.test.ts`));
  if (!specification) throw new Error(`there is no test ${test}`);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification], false);
  const broken = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())];
  if (broken.length > 0 || testModules.length === 0) throw new Error(`${test} does not run`, { cause: broken[0] });
  return testModules.every((module) => module.ok());
}

/** Breaks one place, and says whether no test minded. */
async function survives([, file, search, replacement]: Mutation): Promise<boolean> {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  const write = (text: string) => {
    writeFileSync(path, text);
    vitest.invalidateFile(path);
  };
  write(source.replace(search, () => replacement));
  const own = file.replace(/^core\/|\.ts$/g, '');
  const tests = TESTS_OF[file] ?? [...TESTS.filter((test) => test === own), ...TESTS.filter((test) => test !== own)];
  try {
    for (const test of tests) if (!(await isGreen(test))) return false;
    return true;
  } finally {
    write(source);
  }
}

const wanted = process.argv.slice(2);
const chosen = [...MUTATIONS, ...TRUST_MUTATIONS, ...RECORD_MUTATIONS].filter(
  ([name, file]) => wanted.length === 0 || wanted.some((text) => `${file} ${name}`.includes(text)),
);
if (specifications.length !== new Set([...TESTS, ...Object.values(TESTS_OF).flat()]).size)
  throw new Error('a test is not in the lists above');
const stale = chosen.filter(([, file, search]) => readFileSync(join(copy, file), 'utf8').split(search).length !== 2);
if (stale.length > 0)
  throw new Error(`not there exactly once: ${stale.map(([name, file]) => `${name} (${file})`).join(', ')}`);
for (const test of new Set(chosen.flatMap(([, file]) => TESTS_OF[file] ?? TESTS)))
  if (!(await isGreen(test))) throw new Error(`${test} fails without any mutation`);
const survivors: string[] = [];
for (const mutation of chosen) {
  const survived = await survives(mutation);
  if (survived) survivors.push(mutation[0]);
  process.stdout.write(`${survived ? 'SURVIVED' : 'died'}  ${mutation[0]}\n`);
}
await vitest.close();
rmSync(copy, { recursive: true, force: true });
process.stdout.write(`${chosen.length - survivors.length} of ${chosen.length} mutants died\n`);
// Vitest has seen tests fail, as they should.
process.exitCode = survivors.length > 0 ? 1 : 0;
