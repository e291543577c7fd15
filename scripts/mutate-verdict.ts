import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Breaks the verdict on purpose, one place at a time, and demands that a test dies each time. `npm run test:mutation`.
 */
const JUDGE = 'core/comparison/judge.ts';
const LIMIT = 'core/comparison/judge-limit.ts';
const FLOOR = 'core/comparison/judge-floor.ts';
const DIFFERENCE = 'core/comparison/paired-difference.ts';
const PAIRS = 'core/comparison/pair-rows.ts';
const BASELINE = 'core/comparison/baseline.ts';
const MODELS = 'core/comparison/compare-models.ts';
const WEAKNESS = 'core/comparison/weakness.ts';
const VERDICT = 'core/comparison/verdict.ts';
const HOLM = 'core/comparison/holm.ts';

const MUTATIONS: readonly (readonly [name: string, file: string, search: string, replacement: string])[] = [
  ['completeness no longer counts', JUDGE, '!complete || !sameExam || !gatesHold', '!sameExam || !gatesHold'],
  ['the exam no longer counts', JUDGE, '!complete || !sameExam || !gatesHold', '!complete || !gatesHold'],
  ['gates no longer count', JUDGE, '!complete || !sameExam || !gatesHold', '!complete || !sameExam'],
  ['inconclusive passes', JUDGE, "? 'inconclusive' : 'pass';\n}", "? 'pass' : 'pass';\n}"],
  ['nothing expected passes', JUDGE, 'cases.length === 0 ? [nothing] : ', ''],
  ['an exam may lose ten per cent', JUDGE, 'EXAM_TOLERANCE = 0.01', 'EXAM_TOLERANCE = 0.1'],
  ['relabelled rows do not count', JUDGE, 'counts.gone + counts.relabelled', 'counts.gone'],
  ['gone rows do not count', JUDGE, 'counts.gone + counts.relabelled', 'counts.relabelled'],
  [
    'the worst model is selected',
    JUDGE,
    'value > best.value : value < best.value',
    'value < best.value : value > best.value',
  ],
  [
    'limits look at the candidate’s selected model',
    JUDGE,
    'selectedModel(each, each.baseline) : selectedModel',
    'selectedModel(each, each.candidate) : selectedModel',
  ],
  ['a metric on no row is there', JUDGE, 'found.n > 0 ?', 'found.n >= 0 ?'],
  ['α is ten per cent', LIMIT, 'ALPHA = 0.01', 'ALPHA = 0.1'],
  ['a drop past the limit need not be proved', LIMIT, 'if (past && proved)', 'if (past)'],
  ['a proved drop need not be past the limit', LIMIT, 'if (past && proved)', 'if (proved)'],
  ['a drop must not be as large as the limit', LIMIT, 'drop > allowed;', 'drop < allowed;'],
  ['non-inferiority is not asked for', LIMIT, 'if (nonInferior &&', 'if (!nonInferior &&'],
  ['drops past the limit that are not proved pass', LIMIT, "if (past) return ['inconclusive', 'drop_not_proved'];", ''],
  [
    'a doubtful baseline passes',
    LIMIT,
    "return ['inconclusive', 'no_trusted_baseline']",
    "return ['pass', 'no_trusted_baseline']",
  ],
  ['a missing value passes', LIMIT, "return ['fail', 'missing']", "return ['pass', 'missing']"],
  ['without noise a drop is no drop', LIMIT, 'drop > 0 ? 0 : 1', 'drop > 0 ? 1 : 0'],
  ['relative limits are a hundred times wider', LIMIT, '/ 100) *', '/ 1) *'],
  [
    'the test has two sides',
    LIMIT,
    'studentTSurvival(drop / standardError, df)',
    'studentTSurvival(Math.abs(drop) / standardError, df)',
  ],
  ['a floor must be exceeded', FLOOR, 'value < bound', 'value <= bound'],
  ['floor and ceiling are swapped', FLOOR, "key === 'min' ?", "key === 'max' ?"],
  ['a floor without a value holds', FLOOR, "return ['fail', 'missing']", "return ['pass', 'missing']"],
  [
    'a floor holds on a command’s own word',
    FLOOR,
    "weakness ? [weakness.outcome, weakness.reason] : ['pass'",
    "weakness ? ['pass', weakness.reason] : ['pass'",
  ],
  [
    'a limit holds on the test set alone',
    LIMIT,
    'if (weakness) return [weakness.outcome, weakness.reason];\n  return',
    'return',
  ],
  [
    'a limit holds on a command’s own word',
    LIMIT,
    "if (without === 'weak' && weakness) return [weakness.outcome, weakness.reason];",
    "if (without === 'weak') return ['pass', 'first_run'];",
  ],
  ['a model that praises itself is selected', JUDGE, 'measured.length > 0 ? measured : valued', 'valued'],
  ['evidence may be taken away', WEAKNESS, "? 'fail' : 'inconclusive'", "? 'inconclusive' : 'inconclusive'"],
  ['one repeat on the test set is enough', WEAKNESS, 'ENOUGH_REPEATS = 3', 'ENOUGH_REPEATS = 1'],
  ['a baseline on the test set alone is as good as any', WEAKNESS, '|| (before && isThin(before))', ''],
  [
    'a baseline’s own word is as good as any',
    WEAKNESS,
    'if (before && isSelfReported(before)) return',
    'if (before && isSelfReported(before) && false) return',
  ],
  [
    'the direction is flipped',
    DIFFERENCE,
    "direction === 'maximize' ? before - after",
    "direction === 'minimize' ? before - after",
  ],
  [
    'the sides are swapped',
    DIFFERENCE,
    'dropOf(metric, before.value, after.value)',
    'dropOf(metric, after.value, before.value)',
  ],
  ['the noise of seeds is left out', DIFFERENCE, 'rowVariance + extra;', 'rowVariance;'],
  [
    'the noise of seeds is counted twice',
    DIFFERENCE,
    'Math.max(0, seeds - before.seedInRows - after.seedInRows)',
    'seeds',
  ],
  ['models of other folds count as models of the same', DIFFERENCE, 'if (k < 2) return 1;', 'return 1;'],
  ['rows are not paired', DIFFERENCE, 'minus(after.deviations, before.deviations)', 'after.deviations'],
  ['rows of one key with other targets are pairs', PAIRS, 'sameTarget(i, j)', '(sameTarget(i, j) || true)'],
  ['rows that are gone are not counted', PAIRS, 'gone: nBaseline - shared', 'gone: 0'],
  [
    'positions pair rows of other targets',
    PAIRS,
    'if (!pairs.every(([b, c]) => sameTarget(b, c))) return undefined;',
    '',
  ],
  [
    'a refused run is passed over',
    BASELINE,
    "if (vouched.kind === 'refused')",
    "if (vouched.kind === 'refused' && false)",
  ],
  ['runs of a dirty tree are baselines', BASELINE, '!run.git.dirty &&', ''],
  ['runs of another target are baselines', BASELINE, 'run.target === target &&', ''],
  ['the candidate may be its own baseline', BASELINE, '(run.git.sha !== self || start.commits.includes(self!)) &&', ''],
  [
    'the oldest run of a commit is taken',
    BASELINE,
    'run.created_at > other.created_at',
    'run.created_at < other.created_at',
  ],
  [
    'no trusted baseline is a first run',
    BASELINE,
    "nearest ?? { kind: 'none', reason: 'no_trusted_baseline'",
    "nearest ?? { kind: 'none', reason: 'first_run'",
  ],
  ['unpaired errors do not add up', MODELS, 'Math.sqrt(square(before.se) + square(after.se))', 'before.se'],
  ['several limits share nothing', HOLM, '(pValues.length - rank)', '1'],
  ['a failing verdict stops nothing', VERDICT, "verdict?.outcome === 'fail' ||", ''],
  ['an inconclusive verdict always stops', VERDICT, " && onInconclusive === 'fail'", ''],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache', 'mutants');
rmSync(cache, { recursive: true, force: true });
mkdirSync(cache, { recursive: true });
cpSync(join(root, 'core'), join(cache, 'core'), { recursive: true });
cpSync(join(root, 'docs'), join(cache, 'docs'), { recursive: true });
writeFileSync(join(cache, 'package.json'), '{ "type": "module" }\n');
writeFileSync(
  join(cache, 'vitest.config.ts'),
  "export default { test: { include: ['core/comparison/*.test.ts'], cache: false, pool: 'threads' } };\n",
);

/** True when the tests over the copy are green. */
function testsPass(): boolean {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--root', cache, '--bail', '1', '--reporter', 'dot'], {
    cwd: cache,
    stdio: 'ignore',
  });
  return status === 0;
}

if (!testsPass()) throw new Error('the tests of core/comparison fail without any mutation');
const survivors: string[] = [];
for (const [name, file, search, replacement] of MUTATIONS) {
  const path = join(cache, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(search).length !== 2) throw new Error(`${file}: "${search}" is not there exactly once`);
  writeFileSync(
    path,
    source.replace(search, () => replacement),
  );
  const survived = testsPass();
  writeFileSync(path, source);
  if (survived) survivors.push(name);
  process.stdout.write(`${survived ? 'SURVIVED' : 'died'}  ${name}\n`);
}
rmSync(cache, { recursive: true, force: true });
process.stdout.write(`${MUTATIONS.length - survivors.length} of ${MUTATIONS.length} mutants died\n`);
if (survivors.length > 0) process.exitCode = 1;
