import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';

/**
 * Breaks the verdict on purpose, one place at a time, and demands that a test dies each time. `npm run test:mutation`.
 */
const JUDGE = 'core/comparison/judge.ts';
const LIMIT = 'core/comparison/judge-limit.ts';
const FLOOR = 'core/comparison/judge-floor.ts';
const DIFFERENCE = 'core/comparison/paired-difference.ts';
const START = 'core/comparison/baseline-start.ts';
const NOTES = 'core/comparison/baseline-notes.ts';
const PAIRS = 'core/comparison/pair-rows.ts';
const BASELINE = 'core/comparison/baseline.ts';
const MODELS = 'core/comparison/compare-models.ts';
const WEAKNESS = 'core/comparison/weakness.ts';
const VERDICT = 'core/comparison/verdict.ts';
const HOLM = 'core/comparison/holm.ts';
const BUDGET = 'core/comparison/judge-budget.ts';
const ACCEPT = 'core/comparison/accept.ts';
const SLICE = 'core/comparison/slice-cases.ts';
const HISTORY = 'core/evaluation/noise-history.ts';
const FOLDS = 'core/comparison/baseline-folds.ts';
const ROWS = 'core/evaluation/noise-of-rows.ts';

type Mutation = readonly [name: string, file: string, search: string, replacement: string];

const MUTATIONS: readonly Mutation[] = [
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
    'if (knowsPrimary) return selectedModel(each, baseline);',
    'if (knowsPrimary) return selectedModel(each, candidate);',
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
  [
    'a baseline on the test set alone is as good as any',
    WEAKNESS,
    'const sides = before ? [before, after] : [after];',
    'const sides = [after];',
  ],
  ['noise that nobody knows is known', WEAKNESS, ' && !sides.some(knowsItsNoise)', ''],
  ['everybody knows the noise', WEAKNESS, '!sides.some(knowsItsNoise)', 'false'],
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
  ['the noise of seeds is counted twice', DIFFERENCE, 'Math.max(0, seeds - seedsInRows)', 'seeds'],
  ['models of other folds count as models of the same', DIFFERENCE, 'if (k < 2) return 1;', 'return 1;'],
  ['rows are not paired', DIFFERENCE, 'minus(after.deviations, before.deviations)', 'after.deviations'],
  [
    'a new primary metric lets the candidate choose',
    JUDGE,
    'selectedModel(each, baseline, (model, metric) => comparisons.get(model)?.differences.get(metric)?.baseline) ??',
    '',
  ],
  ['a metric that is lost is a new one', LIMIT, "? 'missing' : 'new_metric'", "? 'new_metric' : 'new_metric'"],
  ['a new metric has to have a baseline', LIMIT, "? 'missing' : 'new_metric'", "? 'missing' : 'missing'"],
  ['a new model has to have a baseline', LIMIT, "if (!before) return 'new_model';", "if (!before) return 'missing';"],
  ['a model without a value is a new one', LIMIT, "if (value === null) return 'missing';", ''],

  ['rows of one key with other targets are pairs', PAIRS, 'sameTarget(i, j)', '(sameTarget(i, j) || true)'],
  ['rows that are gone are not counted', PAIRS, 'gone: nBaseline - shared', 'gone: 0'],
  ['rows that are new are not counted', PAIRS, 'added: nCandidate - shared', 'added: 0'],
  ['relabelled rows are not counted', PAIRS, 'relabelled: shared - pairs.length', 'relabelled: 0'],
  ['rows are shared as often as the baseline has them', PAIRS, 'Math.min(bEnd - b, cEnd - c)', '(bEnd - b)'],
  ['rows are shared as often as the candidate has them', PAIRS, 'Math.min(bEnd - b, cEnd - c)', '(cEnd - c)'],
  ['a row is paired twice', PAIRS, 'free.splice(at, 1)[0]!', 'free[at]!'],
  [
    'equal rows are paired in turn, whatever their target',
    PAIRS,
    'free.findIndex((j) => sameTarget(i, j))',
    '(free.length > 0 && sameTarget(i, free[0]!) ? 0 : -1)',
  ],
  ['keys of other columns are compared', PAIRS, 'if (sameKeys) return', 'if (sameKeys || true) return'],
  ['keys are never compared', PAIRS, 'if (sameKeys) return', 'if (sameKeys && false) return'],
  ['the sides of a key are swapped', PAIRS, 'if (key < candidate.keys[c]!) b++;', 'if (key > candidate.keys[c]!) b++;'],
  ['cut keys count as gone', PAIRS, 'set.nRows > set.keys.length ?', 'false ?'],
  ['the last key of a cut set counts', PAIRS, 'keys[count - 1]! >= end', 'keys[count - 1]! > end'],
  [
    'the longer of two cut sets says where to stop',
    PAIRS,
    'Math.min(keyEnd(baseline), keyEnd(candidate))',
    'Math.max(keyEnd(baseline), keyEnd(candidate))',
  ],
  ['a key is one row', PAIRS, 'while (end < n && keys[end] === keys[start]) end++;', ''],
  ['rows are never paired by position', PAIRS, 'pairByPosition(baseline, candidate) ?? unpaired', 'unpaired'],
  [
    'cut sets are paired by position',
    PAIRS,
    'set.nRows === n && set.keys.length === n && set.positions',
    'set.nRows === n && set.positions',
  ],
  [
    'sets of other sizes are paired by position',
    PAIRS,
    'set.nRows === n && set.keys.length === n && set.positions',
    'set.positions',
  ],
  ['places of the candidate are not looked up', PAIRS, '[b, candidateAt[position]!]', '[b, position]'],
  [
    'positions pair rows of other targets',
    PAIRS,
    'if (!pairs.every(([b, c]) => sameTarget(b, c))) return undefined;',
    '',
  ],
  ['without pairs nothing is gone', PAIRS, 'Math.max(missing(before, after), baseline.nRows - candidate.nRows)', '0'],
  [
    'without pairs only numbers of rows count',
    PAIRS,
    'Math.max(missing(before, after), baseline.nRows - candidate.nRows)',
    'Math.max(0, baseline.nRows - candidate.nRows)',
  ],
  [
    'without pairs only targets count',
    PAIRS,
    'Math.max(missing(before, after), baseline.nRows - candidate.nRows)',
    'missing(before, after)',
  ],
  ['without pairs nothing is new', PAIRS, 'added: Math.max(0, candidate.nRows - baseline.nRows)', 'added: 0'],
  ['without pairs a class is its number', PAIRS, 'set.classes.length > 0 ? set.classes[y] : y', 'y'],
  [
    'classes are compared by number',
    PAIRS,
    'if (baseline.classes.length === 0 && candidate.classes.length === 0) return',
    'return',
  ],
  [
    'unknown targets differ',
    PAIRS,
    'baseline.classes.length === 0 || baseline.classes.includes(candidate.classes[after[c]!]!)',
    'false',
  ],

  [
    'a refused run is passed over',
    BASELINE,
    "if (against?.kind === 'refused') return",
    "if (against?.kind === 'refused' && false) return",
  ],
  [
    'a refused run counts only before one that is unverified',
    BASELINE,
    "if (vouched.kind === 'refused') return { sides, provenance, against: vouched };",
    "if (vouched.kind === 'refused') { against ??= vouched; continue; }",
  ],
  [
    'runs that cannot be verified are left out one by one',
    BASELINE,
    '    if (against) {\n',
    '    if (against && sides.size === 0) {\n',
  ],
  [
    'what was passed over is not said',
    BASELINE,
    "passedOver.push({ sha, why: 'unverified', detail: against.why });",
    '',
  ],
  ['runs of a dirty tree are baselines', BASELINE, '!run.git.dirty', 'true'],
  ['runs of another target are baselines', BASELINE, '&& run.target === target', ''],
  ['runs of another task are baselines', BASELINE, 'run.task === task && ', ''],
  ['runs of another data set are baselines', BASELINE, 'run.dataset === dataset &&', ''],
  ['the candidate may be its own baseline', BASELINE, '(run.git.sha !== self ||', '(true ||'],
  ['the candidate may not be where history says so', BASELINE, ' || start.commits.includes(self!)', ''],
  [
    'the oldest run of a commit is taken',
    BASELINE,
    'run.created_at > other.created_at',
    'run.created_at < other.created_at',
  ],
  ['of two runs at once the first is taken', BASELINE, 'run.id > other.id', 'false'],
  ['no trusted baseline is a first run', BASELINE, "not_recorded: 'no_trusted_baseline'", "not_recorded: 'first_run'"],
  ['an altered run makes a first run', BASELINE, "refused: 'no_trusted_baseline'", "refused: 'first_run'"],
  ['expired runs make a first run', BASELINE, "unverified: 'no_trusted_baseline'", "unverified: 'first_run'"],
  ['a shallow clone makes a first run', BASELINE, "shallow: 'no_trusted_baseline'", "shallow: 'first_run'"],
  ['no common ancestor makes a first run', BASELINE, "unrelated: 'no_trusted_baseline'", "unrelated: 'first_run'"],
  ['a new target is a doubt', BASELINE, "target_changed: 'first_run'", "target_changed: 'no_trusted_baseline'"],
  ['a first run is a doubt', BASELINE, "no_run: 'first_run'", "no_run: 'no_trusted_baseline'"],
  ['a tenth of the rows is enough', BASELINE, 'SHARED_ENOUGH = 0.8', 'SHARED_ENOUGH = 0.1'],
  ['more than four fifths have to be shared', BASELINE, 'shared >= SHARED_ENOUGH', 'shared > SHARED_ENOUGH'],
  ['of those that share few the last is taken', BASELINE, 'nearest ??= found;', 'nearest = found;'],
  ['those that share few are none', BASELINE, 'nearest ??= found;', ''],
  ['the champion goes before one that shares few', BASELINE, " || (kind === 'champion' && nearest)", ''],
  ['the champion is not asked', BASELINE, 'start.champion?.sha ?', 'start.champion?.sha && false ?'],
  [
    'the champion goes before ancestors',
    BASELINE,
    'const places = [\n',
    "const places = [\n    ...(start.champion?.sha ? [{ sha: start.champion.sha, behind: 0, kind: 'champion' as const }] : []),\n",
  ],
  ['all runs are trusted', BASELINE, "if (vouched.kind === 'local') provenance = 'local';", ''],
  [
    'the oldest run says what the target was',
    BASELINE,
    'run.created_at > newest.created_at',
    'run.created_at < newest.created_at',
  ],
  ['nobody says how far behind', BASELINE, 'commitsBehind: behind', 'commitsBehind: 0'],
  ['the first doubt is forgotten', BASELINE, 'doubt ??=', 'doubt ='],

  ['a commit is compared with itself', START, 'base === head && !dirty ? 1 : 0', '0'],
  [
    'uncommitted changes are compared with the commit before',
    START,
    'base === head && !dirty ? 1 : 0',
    'base === head ? 1 : 0',
  ],
  ['a change is compared with the commit before the merge base', START, 'base === head && !dirty ? 1 : 0', '1'],
  [
    'the copy of a branch that was left first counts',
    START,
    '(await history.mergeBase(last, base)) === last',
    '(await history.mergeBase(last, base)) !== last',
  ],
  [
    'only the first copy of a branch counts',
    START,
    'last === undefined || (await history.mergeBase(last, base)) === last',
    'last === undefined',
  ],
  [
    'only the last copy of a branch counts',
    START,
    'base !== undefined && (last === undefined || (await history.mergeBase(last, base)) === last)',
    'base !== undefined',
  ],
  ['a branch that is not there ends the search', START, 'base !== undefined && (last', '(last'],
  ['a change is compared with its own commits', START, 'into.length === 0 ? head :', 'true ? head :'],
  ['what is asked for is not looked at', START, 'if (named !== undefined) {', 'if (named !== undefined && false) {'],
  ['the champion is a name like any', START, "named === 'champion' && champion !== null;", 'false;'],
  ['runs are names like any', START, 'isRunId(named) ? runs.find(({ id }) => id === named) : undefined', 'undefined'],
  ['a run dies with its commit', START, 'if (run?.git.sha) return [run.git.sha];', ''],
  [
    'a shallow clone says that histories never met',
    START,
    "(await history.isShallow()) ? 'shallow' : 'unrelated'",
    "'unrelated'",
  ],
  [
    'histories that never met are a shallow clone',
    START,
    "(await history.isShallow()) ? 'shallow' : 'unrelated'",
    "'shallow'",
  ],
  ['nobody says that a clone is shallow', START, 'commits.length < DEPTH && (await history.isShallow())', 'false'],
  ['every clone is shallow', START, 'commits.length < DEPTH && (await history.isShallow())', 'true'],
  ['a shallow clone is one also beyond what is looked at', START, 'commits.length < DEPTH && ', ''],
  [
    'a champion that is not there is none',
    START,
    'name === null ? null :',
    'name === null || (await history.firstParents(name, 1)).length === 0 ? null :',
  ],

  ['notes are silent on new rows', NOTES, "{ note: 'rows_added', rows: added },", ''],
  ['notes are silent on lost rows', NOTES, "{ note: 'rows_gone', rows: gone },", ''],
  ['notes are silent on relabelled rows', NOTES, "{ note: 'rows_relabelled', rows: relabelled },", ''],
  [
    'new columns are those that are gone',
    NOTES,
    'after.filter((name) => !before.includes(name))',
    'before.filter((name) => !after.includes(name))',
  ],
  ['models that were left alone are gone', NOTES, '!models.includes(model)', '!after.has(model)'],

  ['unpaired errors do not add up', MODELS, 'Math.sqrt(square(before.se) + square(after.se))', 'before.se'],
  ['several limits share nothing', HOLM, '(pValues.length - rank)', '1'],
  ['a bound on a cost is a lower one', BUDGET, 'value > max ?', 'value < max ?'],
  ['a cost may rise a hundred times more', BUDGET, 'Number.parseFloat(maxRise) / 100', 'Number.parseFloat(maxRise)'],
  ['a cost may not rise', BUDGET, 'old * (1 + rise)', 'old'],
  ['a cost within its limit fails', BUDGET, 'value <= allowed', 'value > allowed'],
  ['times of another processor prove a rise', BUDGET, 'dependsOnMachine && before', 'false && before'],
  ['bytes depend on the machine', BUDGET, 'dependsOnMachine && before', 'true && before'],
  [
    'a cost that nobody measured passes',
    BUDGET,
    "value === null || old === null) return judged('inconclusive'",
    "value === null || old === null) return judged('pass'",
  ],
  ['a doubtful baseline has a cost', BUDGET, "judged('inconclusive', without)", "judged('pass', without)"],
  [
    'costs judge the candidate’s own model',
    BUDGET,
    'const run = runOf(options.compared);',
    'const run = runOf(options.selected);',
  ],

  [
    'small slices are judged',
    SLICE,
    "outcome: 'pass', reason: 'slice_too_small'",
    "outcome: 'fail', reason: 'slice_too_small'",
  ],
  [
    'slices without pairs pass',
    SLICE,
    "outcome: 'inconclusive', reason: 'slice_unpaired'",
    "outcome: 'pass', reason: 'slice_unpaired'",
  ],
  ['slices need more rows', SLICE, 'estimate.n >= FEWEST_ROWS', 'estimate.n > FEWEST_ROWS'],
  [
    'slices are judged by the rules of all rows',
    SLICE,
    'byMetric: whole.gates.bySlice',
    'byMetric: whole.gates.byMetric',
  ],
  ['slices are compared on all rows', SLICE, 'comparisons: slice.comparisons', 'comparisons: whole.comparisons'],
  ['a slice has the values of all rows', SLICE, '{ ...result, out_of_fold: slice', '{ ...result, never: slice'],
  ['a missing model is a small slice', SLICE, '|| !own.candidate.has(gate.model)) return named', ') return named'],

  ['copies of a run are looks of their own', HISTORY, 'last.variance === own.variance && last.df === own.df', 'false'],
  [
    'noise of other configurations is pooled',
    HISTORY,
    'before && sameConfiguration(before, run) ? before : undefined',
    'before',
  ],
  [
    'noise is pooled by runs and not by degrees of freedom',
    HISTORY,
    'earlierDf * earlier.variance + own.df * own.variance) / df',
    'earlier.variance + own.variance) / 2',
  ],
  ['old runs never fade', HISTORY, 'Math.min(earlier.runs, MOST - 1)', 'earlier.runs'],
  ['four values are enough', HISTORY, 'ENOUGH_VALUES = 5', 'ENOUGH_VALUES = 4'],
  ['equal values are looks of their own', HISTORY, '[...new Set(values)]', '[...values]'],
  ['any number of rows is alike', HISTORY, 'LIKE_ROWS = 1.25', 'LIKE_ROWS = 125'],
  ['values vary by n', HISTORY, 'values.length - 1;', 'values.length;'],

  ['an acceptance holds for every commit', ACCEPT, 'own.filter(({ sha }) => shas.includes(sha))', 'own'],
  [
    'an acceptance holds for every value',
    ACCEPT,
    'here.findLast(({ value }) => isSame(value, stated.value))',
    'here.at(-1)',
  ],
  [
    'an acceptance of a floor is one of a limit',
    ACCEPT,
    'gate === stated.gate && kind === stated.kind',
    'gate === stated.gate',
  ],
  ['what is accepted counts', ACCEPT, 'point.accepted === undefined', 'true'],
  ['what is missing is accepted', ACCEPT, 'outcomeOf(verdict.missing,', 'outcomeOf([],'],

  ['clusters are rows', ROWS, 'if (!clusters) return influence;', 'return influence;'],
  ['few clusters are as good as many', ROWS, 'Math.sqrt(g / (g - 1))', '1'],
  ['one cluster is enough', ROWS, 'if (g < 2) return null;', ''],
  ['clusters cost no degrees of freedom', ROWS, 'return clusters ?', 'return false ?'],
  ['folds are taken over where rows are not recognised', FOLDS, "if (pairing.by !== 'position') return null;", ''],
  [
    'rows take the fold of another',
    FOLDS,
    'candidate.positions![pairing.candidate[pair]!]!',
    'pairing.candidate[pair]!',
  ],
  ['any split is the same', BASELINE, 'isSamePlan(recordedPlan(run.split), split)', 'true'],
  ['means of folds cost nothing', ROWS, 'Math.sqrt(rows / (rows - folds))', '1'],
  ['means of folds cost one row', ROWS, 'Math.sqrt(rows / (rows - folds))', 'Math.sqrt(rows / (rows - 1))'],
  ['one row per fold is enough', ROWS, 'rows === folds', 'false'],
  ['an unknown noise passes', LIMIT, "return ['inconclusive', 'noise_unknown']", "return ['pass', 'noise_unknown']"],
  ['rows of no fold are judged', DIFFERENCE, 'before.folds[row] !== UNTESTED && ', ''],
  ['a failing verdict stops nothing', VERDICT, "verdict?.outcome === 'fail' ||", ''],
  ['an inconclusive verdict always stops', VERDICT, " && onInconclusive === 'fail'", ''],
];

/** Test files, the quick ones first: a mutant is tried on that of its own file, then on the others until one fails. */
const TESTS = [
  'comparison/judge',
  'comparison/judge-budget',
  'comparison/compare-models',
  'comparison/accept',
  'comparison/slice-cases',
  'evaluation/noise-history',
  'evaluation/noise-of-rows',
  'comparison/weakness',
  'comparison/worked-example',
  'comparison/paired-difference',
  'comparison/pair-rows',
  'comparison/baseline-folds',
  'comparison/baseline-notes',
  'comparison/baseline',
  'comparison/baseline-start',
];

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = join(root, '.cache', 'mutants');
rmSync(copy, { recursive: true, force: true });
mkdirSync(copy, { recursive: true });
cpSync(join(root, 'core'), join(copy, 'core'), { recursive: true });
cpSync(join(root, 'docs'), join(copy, 'docs'), { recursive: true });
writeFileSync(join(copy, 'package.json'), '{ "type": "module" }\n');
const vitest = await createVitest(
  'test',
  {
    root: copy,
    config: false,
    watch: false,
    include: ['core/comparison/*.test.ts', 'core/evaluation/noise-*.test.ts'],
    reporters: [{}],
    pool: 'threads',
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
  const tests = [...TESTS.filter((test) => test === own), ...TESTS.filter((test) => test !== own)];
  try {
    for (const test of tests) if (!(await isGreen(test))) return false;
    return true;
  } finally {
    write(source);
  }
}

if (specifications.length !== TESTS.length) throw new Error('a test is not in the list above');
for (const test of TESTS) if (!(await isGreen(test))) throw new Error(`${test} fails without any mutation`);
const stale = MUTATIONS.filter(([, file, search]) => readFileSync(join(copy, file), 'utf8').split(search).length !== 2);
if (stale.length > 0)
  throw new Error(`not there exactly once: ${stale.map(([name, file]) => `${name} (${file})`).join(', ')}`);
const survivors: string[] = [];
for (const mutation of MUTATIONS) {
  const survived = await survives(mutation);
  if (survived) survivors.push(mutation[0]);
  process.stdout.write(`${survived ? 'SURVIVED' : 'died'}  ${mutation[0]}\n`);
}
await vitest.close();
rmSync(copy, { recursive: true, force: true });
process.stdout.write(`${MUTATIONS.length - survivors.length} of ${MUTATIONS.length} mutants died\n`);
// Vitest has seen tests fail, as they should.
process.exitCode = survivors.length > 0 ? 1 : 0;
