import type { Mutation } from './mutations.ts';

const VERIFIED = 'github/verified-runs.ts';
const TRACKED = 'github/tracked-commits.ts';
const COMMENT = 'github/upsert-comment.ts';
const POOL = 'core/comparison/pool-runs.ts';
const BASELINE = 'core/comparison/baseline.ts';
const TWINS = 'core/change/twin-commits.ts';
const SAME = 'core/change/same-inputs.ts';
const MAY_RECORD = 'action/may-record.ts';
const TRIAL = 'action/trial.ts';
const TRUSTED = 'github/trusted-baselines.ts';
const STORED = 'core/commands/pipeline/stored-runs.ts';
const PUBLISH = 'action/publish.ts';

/** Breaks what is recorded, what vouches for it, and what is said of it. */
export const RECORD_MUTATIONS: readonly Mutation[] = [
  ['commits of any branch are believed', VERIFIED, 'if (branch === null) return NOTHING;', ''],
  ['runs of pull requests are believed', VERIFIED, '|| !TRUSTED_EVENTS.has(run.event)', ''],
  ['runs of forks are believed', VERIFIED, 'if (!isOurs || run', 'if (run'],
  ['runs of another commit are believed', VERIFIED, '|| run.head_sha !== sha ||', '||'],
  ['attempts that never were are believed', VERIFIED, 'attempt <= attempts', 'true'],
  ['artifacts without a list are believed', VERIFIED, 'if (!list) return [];', 'if (!list) throw new Error();'],
  ['records that are not what was listed are believed', VERIFIED, 'sha256Hex(bytes) !== digest', 'false'],
  [
    'records of other commits are believed',
    VERIFIED,
    'if (git.sha !== of.sha || git.dirty) return',
    'if (git.dirty) return',
  ],
  ['records of uncommitted changes are believed', VERIFIED, 'git.sha !== of.sha || git.dirty', 'git.sha !== of.sha'],
  ['records of other workflow runs are believed', VERIFIED, 'workflow?.runId !== of.runId || ', ''],
  ['a missing permission is no reason', VERIFIED, "unseen: { reason: 'no_permission', sha, detail }", 'unseen: null'],
  ['a server error is a missing permission', VERIFIED, 'status !== 401 && status !== 403 && status !== 404', 'false'],
  [
    'a workflow that is running is no reason',
    VERIFIED,
    'const running = trusted.find(({ isEnded }) => !isEnded);',
    'const running = trusted.find(() => false);',
  ],
  ['a deleted workflow run is no reason', VERIFIED, 'if (deleted !== undefined)', 'if (false)'],
  ['what the list lacks is not asked for', VERIFIED, 'if (run) take(run);', 'if (run) all.add(id);'],
  ['artifacts that are gone are no reason', VERIFIED, "unseen ??= { reason: 'artifact_gone', sha, detail };", ''],
  ['an answer that failed is kept', VERIFIED, 'answer.catch(() => asked.delete(key));', 'answer.catch(() => {});'],

  [
    'commits that came in by a merge are tracked',
    TRACKED,
    ' && (await history.firstParents(tip, FAR)).includes(sha)',
    '',
  ],

  [
    'the newest of several runs counts',
    POOL,
    'all.sort((a, b) => byAge(a.run, b.run))',
    'all.sort((a, b) => byAge(b.run, a.run))',
  ],
  ['equal runs count as repeats', POOL, 'return isNew;', 'return true;'],
  ['only the first of several runs counts', POOL, 'alike.length > 1 ? withRepeatsOf(alike) : first', 'first'],
  ['runs on other rows are pooled', POOL, 'first.predictions.rowSet.id === other.predictions.rowSet.id &&', ''],
  [
    'runs on the test set are pooled with others',
    POOL,
    "(first.run.measuredOn ?? 'folds') === (other.run.measuredOn ?? 'folds') &&",
    '',
  ],

  ['an older run with other inputs stands in', BASELINE, 'behind > 0 && options.sameInputs && !sameInputs', 'false'],
  [
    'few rows lead to an older run',
    BASELINE,
    'shared >= SHARED_ENOUGH || options.sameInputs',
    'shared >= SHARED_ENOUGH',
  ],
  ['altered records are not named', BASELINE, "note: 'record_altered', run", "note: 'champion_unknown', name: run"],
  ['other configurations are twins', TWINS, '|| !isSameConfiguration(before, after)', ''],
  [
    'inputs of commands do not count',
    SAME,
    'for (const named of [table, ...trainers]) {',
    'for (const named of [table]) {',
  ],
  ['links are files', SAME, 'isSame && isFile ?', 'isSame ?'],

  ['trials of a dispatch are recorded', TRIAL, "event.kind !== 'ref' || event.name !== 'workflow_dispatch'", 'true'],
  ['legs of a matrix are not recorded', TRIAL, " || event.name !== 'workflow_dispatch'", ''],
  ['reasons against recording do not count', MAY_RECORD, '    ...withheld,\n', ''],

  ['altered records are not noticed', TRUSTED, '!Buffer.from(file).equals(bytes)', 'false'],
  ['strays are not named', TRUSTED, 'if (strays.length > 0) notes.add', 'if (false) notes.add'],
  [
    'runs of other projects are believed',
    TRUSTED,
    'const own = records.filter(({ run }) => isOwn(run));',
    'const own = records;',
  ],

  [
    'a comment about the head is replaced by an older one',
    COMMENT,
    'pull.head.sha !== comment.head && isAbout',
    'false && isAbout',
  ],
  ['a comment says nothing of its commit', COMMENT, 'headLine(comment.head)}', "''}"],
  ['comments of others are filled', COMMENT, "(!byBot || user?.type === 'Bot')", 'true'],
  [
    'a comment that nobody asked for is made',
    COMMENT,
    "if (comment.onlyReplace) return { url: undefined, change: 'none' };",
    '',
  ],

  [
    'what is in no artifact is recorded',
    PUBLISH,
    'records && asked && unrecorded === null',
    "records && asked && 'yes' in asked",
  ],
  [
    'what may not be recorded is listed',
    PUBLISH,
    "if (records && asked && 'yes' in asked) await listRecorded",
    'if (records) await listRecorded',
  ],
  ['runs of other parameters are compared', STORED, 'recipeSha256 === wanted.recipe && ', ''],
  ['runs of another table are compared', STORED, ' && data.sha256 === wanted.table', ''],
];
