import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { findBroken, type TestsOf, testsOf } from './mutant-tests.ts';
import { MUTATIONS, type Mutation } from './mutations.ts';
import { RECORD_MUTATIONS } from './record-mutations.ts';
import { TRUST_MUTATIONS } from './trust-mutations.ts';
import type { Answer, Task } from './try-mutants.ts';

/** Tests of the verdict, the quick ones first: a mutant that the test of its own file does not mind is tried on the others. */
export const TESTS = [
  'comparison/hard-hits',
  'change/dvc-digest',
  'comparison/older-baseline',
  'comparison/judge',
  'comparison/claimed-protocol',
  'comparison/same-predictions',
  'comparison/outcome',
  'comparison/judge-floor',
  'comparison/judge-limit',
  'comparison/judge-weakness',
  'comparison/judge-budget',
  'comparison/rise-of-time',
  'comparison/compare-models',
  'comparison/rivals',
  'comparison/noisier-candidate',
  'comparison/accept',
  'comparison/pushed-again',
  'comparison/accept-line',
  'comparison/with-acceptances',
  'comparison/slice-comparisons',
  'comparison/judge-runs',
  'comparison/shared-rows',
  'comparison/few-rows',
  'comparison/allowed-drop',
  'comparison/detectable-drop',
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
  'comparison/pool-runs',
  'comparison/propose-limit',
  'comparison/recomputed',
  'change/changed-inputs',
  'change/repository-path',
  'change/rules',
  'change/tracked-branches',
  'change/twin-commits',
  'change/unchanged',
  'github/standing',
  'github/shared-head',
  'change/local-standing',
  'comparison/baseline-search',
];

/** Tests by the file that is broken, where it has none beside it or others mind as well. */
export const TESTS_OF: TestsOf = {
  'core/comparison/judge-limit.ts': [
    'comparison/judge-limit',
    'comparison/judge-weakness',
    'comparison/same-predictions',
    'comparison/comparison-errors',
    'comparison/detectable-drop',
  ],
  'core/comparison/judge-floor.ts': ['comparison/judge-floor', 'comparison/judge-weakness'],
  'core/comparison/compare-models.ts': [
    'comparison/compare-models',
    'comparison/judge',
    'comparison/judge-limit',
    'comparison/recomputed',
  ],
  'core/comparison/paired-difference.ts': [
    'comparison/paired-difference',
    'comparison/paired-in-time',
    'comparison/claimed-protocol',
    'comparison/rivals',
    'comparison/noisier-candidate',
    'comparison/compare-models',
  ],
  'core/comparison/widening.ts': ['comparison/paired-difference'],
  'core/comparison/drop-of.ts': ['comparison/paired-difference'],
  'core/comparison/bound-error.ts': ['comparison/few-rows'],
  'core/comparison/holm.ts': ['comparison/paired-difference', 'comparison/judge'],
  'core/comparison/compare-dataset.ts': ['comparison/judge-runs'],
  'core/comparison/selected-model.ts': [
    'comparison/judge-runs',
    'comparison/judge',
    'comparison/rivals',
    'comparison/noisier-candidate',
  ],
  'core/evaluation/split/class-folds.ts': ['evaluation/evaluation-set', 'split/duplicates'],
  'core/change/same-inputs.ts': ['change/unchanged', 'change/twin-commits'],
  'core/change/input-files.ts': ['change/changed-inputs', 'change/unchanged'],
  'github/rule-branches.ts': ['github/standing', 'github/shared-head'],
  'github/failed-pushes.ts': ['github/failed-pushes'],
  'github/verified-runs.ts': ['github/verified-runs'],
  'github/tracked-commits.ts': ['github/verified-runs'],
  'github/upsert-comment.ts': ['github/upsert-comment'],
  'github/acceptances.ts': ['github/acceptances'],
  'github/queued-pulls.ts': ['rig/graphql'],
  'github/merged-pulls.ts': ['github/merged-pulls'],
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
  'core/comparison/added-rows.ts': ['comparison/added-rows', 'commands/pipeline/added-rows'],
  'core/comparison/compare-added-rows.ts': ['comparison/claimed-protocol', 'commands/pipeline/added-rows'],
  'core/comparison/judge-added-rows.ts': ['comparison/judge-added-rows', 'commands/pipeline/added-rows'],
  'core/evaluation/cross-validate.ts': ['commands/pipeline/added-rows'],
  'core/commands/pipeline/load-dataset.ts': ['commands/pipeline/zero-targets'],
  'core/evaluation/estimates.ts': ['evaluation/estimates'],
  'core/evaluation/uncertainty/interval.ts': ['uncertainty/interval'],
  'core/evaluation/uncertainty/within-range.ts': ['uncertainty/within-range'],
  'core/evaluation/uncertainty/cluster-df.ts': ['evaluation/uncertainty/noise-of-clusters'],
  'core/evaluation/uncertainty/stretches.ts': ['comparison/paired-in-time', 'evaluation/uncertainty/noise-in-time'],
  'core/evaluation/uncertainty/noise-of-rows.ts': [
    'evaluation/uncertainty/noise-of-clusters',
    'evaluation/uncertainty/noise-of-rows',
  ],
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
  'core/commands/compare/compare-runs.ts': ['compare/compare-runs'],
  'core/commands/pipeline/run-pipeline.ts': ['timing/timed-in-turn'],
  'core/commands/pipeline/timing/timed-in-turn.ts': ['timing/timed-in-turn'],
  'core/commands/pipeline/timing/folds-in-turn.ts': ['timing/timed-in-turn'],
  'core/commands/pipeline/timing/base-to-time.ts': ['timing/timed-in-turn'],
  'core/commands/pipeline/timing/timed-stored.ts': ['timing/timed-in-turn'],
  'core/commands/pipeline/compared-with.ts': ['remake/remade-baseline'],
  'core/commands/pipeline/remake/bytes-here.ts': ['remake/remade-baseline'],
  'core/commands/pipeline/remake/committed-table.ts': ['remake/remade-baseline'],
  'core/commands/pipeline/remake/table-of-base.ts': ['remake/remade-baseline'],
  'core/commands/pipeline/remake/remade-baseline.ts': ['remake/remade-baseline'],
  'core/comparison/hard-hits.ts': ['comparison/hard-hits'],
  'core/comparison/detectable-drop.ts': ['comparison/detectable-drop'],
};

/** Places of the verdict and of what is recorded that are broken on purpose. */
export const ALL_MUTATIONS: readonly Mutation[] = [...MUTATIONS, ...TRUST_MUTATIONS, ...RECORD_MUTATIONS];

/**
 * Breaks one place at a time, and demands that a test dies each time. `npm run test:mutation`, or
 * `npm run test:mutation -- core/change github/` for those whose file or name has one of these texts.
 */
async function mutateVerdict(wanted: readonly string[]): Promise<void> {
  const chosen = ALL_MUTATIONS.filter(
    ([name, file]) => wanted.length === 0 || wanted.some((text) => `${file} ${name}`.includes(text)),
  );
  const problems = findBroken(chosen, TESTS_OF);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const mutants = chosen.map((mutation) => ({ mutation, tests: testsOf(mutation[1], TESTS_OF, TESTS) }));
  const benches = Array.from({ length: PROCESSES }, () => fork(new URL('try-mutants.ts', import.meta.url)));
  const unharmed: string[] = [];
  const killers = new Set<string>();
  try {
    await share(benches, mutants, ({ mutation: [name, file] }, answer) => {
      const line = `${outcomeOf(answer)}  ${name} (${file})`;
      if ('failed' in answer && answer.failed) killers.add(answer.failed);
      else unharmed.push(line);
      process.stdout.write(`${line}\n`);
    });
    const intact = [...killers].map((test) => ({ tests: [test] }));
    await share(benches, intact, ({ tests: [test] }, answer) => {
      if (outcomeOf(answer) !== 'SURVIVED') unharmed.push(`${test} is not green without any mutation`);
    });
  } finally {
    for (const bench of benches) if (bench.connected) bench.disconnect();
  }
  const died = unharmed.length === 0 ? 'all' : 'not all';
  process.stdout.write(`${died} of ${chosen.length} mutants died\n${unharmed.map((line) => `${line}\n`).join('')}`);
  process.exitCode = unharmed.length > 0 ? 1 : 0;
}

/** A test that does not load says nothing of a mutant. */
function outcomeOf(answer: Answer): 'died' | 'SURVIVED' | 'NOT TRIED' {
  if ('error' in answer) return 'NOT TRIED';
  return answer.failed === undefined ? 'SURVIVED' : 'died';
}

const PROCESSES = 2;

/** Each process takes the next task when it is through with its last. */
async function share<T extends Task>(
  benches: readonly ChildProcess[],
  tasks: readonly T[],
  done: (task: T, answer: Answer) => void,
): Promise<void> {
  const queue = [...tasks];
  await Promise.all(
    benches.map(async (bench) => {
      for (let task = queue.shift(); task; task = queue.shift()) done(task, await ask(bench, task));
    }),
  );
}

async function ask(bench: ChildProcess, task: Task): Promise<Answer> {
  const answered = new AbortController();
  const ended = once(bench, 'exit', { signal: answered.signal }).then(([code]) => {
    throw new Error(`a process ended with ${code} while it tried “${task.mutation?.[0] ?? task.tests[0]}”`);
  });
  bench.send(task);
  try {
    const [answer] = await Promise.race([once(bench, 'message', { signal: answered.signal }), ended]);
    return answer as Answer;
  } finally {
    answered.abort();
  }
}

if (import.meta.main) await mutateVerdict(process.argv.slice(2));
