import type { Mutation } from './mutations.ts';

const RULES = 'core/change/rules.ts';
const CHANGED = 'core/change/changed-inputs.ts';
const UNCHANGED = 'core/change/unchanged.ts';
const INPUTS = 'core/change/input-files.ts';
const PATHS = 'core/change/repository-path.ts';
const TRACKED = 'core/change/tracked-branches.ts';
const LOCAL = 'core/change/local-standing.ts';
const STANDING = 'github/standing.ts';
const BRANCHES = 'github/rule-branches.ts';
const SHARED = 'github/shared-head.ts';
const SAME = 'core/change/same-inputs.ts';
const ACCEPT = 'core/comparison/accept.ts';
const COMMENTS = 'github/acceptances.ts';
const QUEUED = 'github/queued-pulls.ts';
const MERGED = 'github/merged-pulls.ts';
const LFS_TABLES = 'action/lfs-tables.ts';
const TABLE_CACHE = 'action/table-cache.ts';
const LFS_CLIENT = 'github/lfs-client.ts';
const OWN_CHECK = 'action/own-check.ts';
const CLAIMS = 'action/claims.ts';
const NEEDS = 'action/needs.ts';
const CLAIMED_RUNS = 'core/commands/pipeline/claimed-runs.ts';
const EVENT = 'github/event.ts';
const CLAIMED_RUN = 'github/claimed-run.ts';
const CLAIMED_REPORTS = 'github/claimed-reports.ts';
const CLAIMS_COMMENT = 'action/claims-comment.ts';
const CLAIMS_PAGE = 'action/claims-page.ts';
const PUSHED = 'core/comparison/pushed-again.ts';
const PUSHES = 'github/failed-pushes.ts';
const CLAIMED_DRIFT = 'bot/gate/claimed-drift.ts';

const BYTES_HERE = 'core/commands/pipeline/remake/bytes-here.ts';
const BROUGHT = 'core/change/committed-records.ts';
const FOLLOW = 'core/change/follow-links.ts';
const COMMITTED = 'core/commands/pipeline/remake/committed-table.ts';
const TABLE_OF_BASE = 'core/commands/pipeline/remake/table-of-base.ts';
const REMADE = 'core/commands/pipeline/remake/remade-baseline.ts';
const COMPARED = 'core/commands/pipeline/compared-with.ts';
const OLDER = 'core/comparison/older-baseline.ts';

/** An input in this state is taken for the committed one. */
const fine = (state: string): Mutation => [
  `an input that is ${state.replaceAll('_', ' ')} is as good as any`,
  CHANGED,
  "    case 'in_submodule':\n      return null;",
  `    case 'in_submodule':\n    case '${state}':\n      return null;`,
];

/** Whose rules hold, which commit judges, and what of the inputs is believed. */
export const TRUST_MUTATIONS: readonly Mutation[] = [
  ['the branches that set rules are only the default one', RULES, 'atDefault?.tracking.branches ??', ''],
  ['the rules are those that main has meanwhile', RULES, 'if (own) return', 'if (own && false) return'],
  ['a project file that was moved has no rules', RULES, 'if (moved !== undefined)', 'if (false)'],
  [
    'a project file that is still there was moved',
    RULES,
    "if (!after.has(path) || (await own.stateOf(path)).kind === 'missing') gone",
    'gone',
  ],
  ['of several files that are gone one has the rules', RULES, 'if (gone.length > 1) {', 'if (gone.length > 9) {'],
  [
    'a base without a file lets the change judge itself',
    RULES,
    'return { standing, base: atDefault, tree, path: null };',
    'return { standing, base: null, tree, path: null };',
  ],
  [
    'a base that cannot be told lets the change judge itself',
    RULES,
    "standing.kind === 'without_base' ? atDefault : null",
    'null',
  ],
  [
    'rules that cannot be read are none',
    RULES,
    'if (!(error instanceof AppError)) throw error;',
    'if (error) return null as never;',
  ],

  ['a project file need not be committed', CHANGED, "config.state.kind === 'untracked' ?", 'false ?'],
  ['what an earlier step changed is judged', CHANGED, 'if (inputs.length > 0) throw', 'if (inputs.length > 9) throw'],
  ...['missing', 'lfs_pointer', 'changed', 'not_a_file', 'outside'].map(fine),

  ['a command reads the pointer of its input', CHANGED, '...tables, ...inputs.trainers]', '...tables]'],
  ['a pointer that nobody fetched is a change', SAME, "'lfs_pointer', ", ''],
  ['what the cache gives is the table', LFS_TABLES, 'if (restored && isObject(restored, object))', 'if (restored)'],
  ['what Git LFS gives is the table', LFS_TABLES, 'length !== object.bytes || sha256 !== object.sha256', 'false'],
  ['what lies in the folder is the table', LFS_TABLES, 'if (kept && isObject(kept, object))', 'if (kept)'],
  ['Git LFS fills the disk', LFS_TABLES, 'if (length > object.bytes) throw', 'if (length < 0) throw'],
  ['an archive writes where it likes', TABLE_CACHE, ' --to-stdout | head -c "$MLOPS_MOST_BYTES" > "$MLOPS_TABLE"', ''],
  ['the token follows redirects', LFS_CLIENT, 'url.origin === origin ? headers : {}', 'headers'],

  ['files that only the commit has are no inputs', INPUTS, 'new Set([...onDisk, ...inTree])', 'new Set(onDisk)'],
  ['files of git are inputs like any', INPUTS, 'isReadable(path) ? ', 'true ? '],
  ['a path may leave the repository', PATHS, "first !== '..' && ", ''],
  ['an absolute path is one of the repository', PATHS, '!isAbsolute(path) && first', 'first'],
  ['what lies in .git may be read', PATHS, "first !== '.git' && ", ''],
  ['what lies in .github may be read', PATHS, " && first !== '.github'", ''],
  ['a pattern of branches crosses slashes', TRACKED, "'[^/]*'", "'.*'"],
  ['a branch that contains a name is that branch', TRACKED, '^${parts', '${parts'],

  ['another configuration is no change', UNCHANGED, '!before || !isSameConfiguration(dataset, before)', '!before'],
  ['another path is no change', UNCHANGED, "['path', ", '['],
  ['another generator is no change', UNCHANGED, "'sha256', 'generator']", "'sha256']"],
  ['another digest of the table is no change', UNCHANGED, "'path', 'sha256',", "'path',"],
  ['a command reads what it lists, or nothing', SAME, 'if (listed === null && !isSameTree(sides)) return null;', ''],
  ['a list that names nothing is no slip', SAME, 'if (files.length === 0 && listed?.includes(named)) return null;', ''],
  ['other bytes on disk are no change', SAME, 'AS_COMMITTED.includes(state.kind)', 'true'],
  ['another pointer to a table is no change', SAME, 'return before === after && ', 'return '],
  [
    'a table on disk is the one that a pointer names',
    SAME,
    ' && (machine === null || (await machine.files.list(dataset.path)).length === 0)',
    '',
  ],
  [
    'a table that nobody committed is the same',
    SAME,
    'if (files.length === 0 && named === table && !(await isSameElsewhere(dataset, sides, machine))) return null;',
    '',
  ],
  [
    'a table that somebody put there is a generated one',
    SAME,
    ' && (machine === null || (await machine.isGenerated(dataset)))',
    '',
  ],

  [
    'uncommitted changes of main judge themselves',
    LOCAL,
    "return dirty ? { kind: 'change'",
    "return false ? { kind: 'change'",
  ],
  ['a commit of main is a change', LOCAL, 'if (into.base !== sha) return', 'if (into) return'],
  [
    'the copy of a branch that was left first counts',
    LOCAL,
    '(await history.mergeBase(last.base, base)) === last.base',
    '(await history.mergeBase(last.base, base)) !== last.base',
  ],
  [
    'only the first copy of a branch counts',
    LOCAL,
    'last === undefined || (await history.mergeBase(last.base, base)) === last.base',
    'last === undefined',
  ],
  [
    'a shallow clone says that histories never met',
    LOCAL,
    "(await history.isShallow()) ? 'shallow' : reason",
    'reason',
  ],
  [
    'histories that never met are a shallow clone',
    LOCAL,
    "(await history.isShallow()) ? 'shallow' : reason",
    "'shallow'",
  ],

  ['a job of an older head judges', STANDING, 'if (pull.headSha !== event.headSha) throw', 'if (false) throw'],
  [
    'a pull request is judged whatever is checked out',
    STANDING,
    'if (commit.id !== sha && commit.id !== event.headSha) throw',
    'if (false) throw',
  ],
  [
    'any branch judges what goes into it',
    STANDING,
    "if (sets !== 'sets_rules') {\n    await confirm",
    'if (false) {\n    await confirm',
  ],
  [
    'the base need not be on its branch',
    STANDING,
    'await confirmOn({ name: pull.baseRef, tip }, found.base, facts);',
    '',
  ],
  ['a merge of another head is one of this', STANDING, 'head !== headSha || ', ''],
  ['what is checked out may have other parents', STANDING, 'more.length > 0 || ', 'more.length > 0 || false && '],
  [
    'a merge group is judged whatever is checked out',
    STANDING,
    'if (commit.id !== sha) throw otherCommit(commit.id, [sha]);\n  const sets = await ruleBranch(baseRef',
    'const sets = await ruleBranch(baseRef',
  ],
  [
    'any branch judges its merge queue',
    STANDING,
    "if (sets !== 'sets_rules') return judgedByDefault(job, baseRef, sets);",
    '',
  ],
  ['a merge group has the base that it says', STANDING, '(await facts.mergeBase(baseSha, sha)) !== baseSha', 'false'],
  ['a merge group is its own base', STANDING, 'baseSha === sha || ', ''],
  [
    'any branch sets its own rules',
    STANDING,
    "if (sets === 'sets_rules') {\n    if (commit.id",
    'if (branch !== null) {\n    if (commit.id',
  ],
  [
    'a run of another commit is recorded as one of main',
    STANDING,
    "if (commit.id === sha) return { kind: 'tracked_branch', branch };",
    "return { kind: 'tracked_branch', branch };",
  ],
  [
    'a branch is judged whatever is checked out',
    STANDING,
    'if (commit.id !== sha) throw otherCommit(commit.id, [sha]);\n  if (defaultBranch &&',
    'if (defaultBranch &&',
  ],
  [
    'a merge may undo what its head changes',
    STANDING,
    'await confirmSameAsHead(job, event, { ...pull, sets }, facts);',
    '',
  ],
  [
    'an unprotected branch that matches a pattern sets rules',
    BRANCHES,
    "(await facts.isProtected(branch)) ? 'sets_rules' : 'unprotected'",
    "'sets_rules'",
  ],
  [
    'a branch has to be protected though it is named',
    BRANCHES,
    "if (isNamed(branch, tracked)) return 'sets_rules';",
    '',
  ],
  ['any branch sets rules', BRANCHES, "if (!isTracked(branch, tracked)) return 'sets_none';", ''],
  ['a pattern is a name', TRACKED, 'return tracked.includes(branch);', 'return isTracked(branch, tracked);'],
  ['nobody is told why a branch sets no rules', STANDING, "if (sets === 'sets_none') return", 'if (sets) return'],
  ['a head may be judged for two branches', SHARED, "=== 'sets_rules') throw shared", "=== 'sets_none') throw shared"],
  ['a pull request rules itself out', SHARED, 'other.number === of.number || ', ''],
  ['a second pull request into one branch is refused', SHARED, ' || other.baseRef === of.into', ''],
  [
    'it is asked where no other branch sets rules',
    SHARED,
    'if (tracked.every((name) => name === of.into)) return;',
    '',
  ],
  [
    'a missing model cannot be accepted',
    ACCEPT,
    'return removed === true || model !== null;',
    'return removed === true;',
  ],
  ['an edited comment accepts', COMMENTS, 'if (lastEditedAt !== null)', 'if (false)'],
  ['a reply by e-mail accepts', COMMENTS, 'if (createdViaEmail)', 'if (false)'],
  ['an App accepts', COMMENTS, "if (author.kind !== 'User')", 'if (false)'],
  ['anybody accepts', COMMENTS, 'role !== null && (roles as readonly string[]).includes(role)', 'role !== null'],
  ['what is not known of a role is no matter', COMMENTS, 'if (role !== null && ', 'if (role === null || '],
  ['an older head was accepted', COMMENTS, 'else if (line.sha === headSha)', 'else if (line.sha !== null)'],
  ['a group has one pull request', QUEUED, 'at = found.baseCommit?.oid;', 'at = group.baseSha;'],
  [
    'a group that is not in the queue has no pull request',
    QUEUED,
    'while (at !== group.baseSha) {',
    'while (byHead.has(at)) {',
  ],
  ['a pull request that has the commit was merged by it', MERGED, 'pull.merge_commit_sha === commit && ', ''],
  ['what was merged elsewhere was merged here', MERGED, ' && pull.base.ref === branch', ''],
  ['what was recorded is merged again', MERGED, 'last < 0 ? commits', 'last < 9 ? commits'],
  ['who accepts a missing model accepts its dataset', ACCEPT, '[point.model, point.metric, ', '['],
  ['a project lies where its file does', PATHS, 'if (path === file) ', 'if (false) '],
  ['an old merge is judged again', STANDING, 'if (job.attempt > 1 &&', 'if (false &&'],
  ['the base of a queue may be old', STANDING, 'if (!onBranch || (await', 'if (false && (await'],
  [
    'a trial in the workflow that judges ends as itself',
    OWN_CHECK,
    "!own || eventsOf(own).join() !== 'workflow_dispatch'",
    '!own',
  ],
  [
    'a trial may have the name of the job that judges',
    OWN_CHECK,
    'other !== undefined && !namesIn(other).includes(name)',
    'other !== undefined',
  ],
  [
    'drift is held against the share that the job says',
    CLAIMED_DRIFT,
    'const maxShare = gate?.maxShare ?? rules.maxShare;',
    'const maxShare = Math.max(drift.maxShare, gate?.maxShare ?? rules.maxShare);',
  ],
  ['what main has already is judged', STANDING, '(await facts.mergeBase(defaultBranch.sha, sha)) === sha', 'false'],
  ['the head of main is a change of itself', STANDING, 'if (defaultBranch.sha === commit.id)', 'if (false)'],

  ['a pull request of Dependabot may write', EVENT, "actor === DEPENDABOT ? 'dependabot' : 'own'", "'own'"],
  ['a pull request of a fork may write', EVENT, "if (headRepositoryId !== repositoryId) return 'fork';", ''],
  ['a workflow run that has begun is told of', EVENT, "payload?.action === 'completed'", 'payload'],
  ['the end of a workflow run trains', EVENT, 'Object.hasOwn(PRIVILEGED, eventName)', "eventName === 'issue_comment'"],
  ['runs of other workflows are told of', CLAIMED_RUN, 'path !== of.workflow', 'false'],
  ['runs of other events are told of', CLAIMED_RUN, "run.event !== 'pull_request'", 'false'],
  [
    'an attempt that is no longer the newest is told of',
    CLAIMED_RUN,
    "run.status !== 'completed' || run.run_attempt !== ended.attempt",
    'false',
  ],
  ['an attempt is told of when another has ended', CLAIMED_RUN, 'run.run_attempt !== ended.attempt', 'false'],
  ['runs of the repository are told of', CLAIMED_RUN, "if (origin === 'own') return", 'if (origin === null) return'],
  ['a head that has moved on is commented on', CLAIMED_RUN, 'head.sha === sha && ', ''],
  ['one of several pull requests is commented on', CLAIMED_RUN, 'if (more.length > 0)', 'if (false)'],
  ['reports of other runs are shown', CLAIMED_REPORTS, 'runUrl.endsWith', 'true || runUrl.endsWith'],
  ['reports link where they like', CLAIMED_REPORTS, 'link.startsWith(pulls)', 'true'],
  ['reports of main are shown', CLAIMED_REPORTS, "place === 'pull_request' &&", ''],
  ['a report says of which commit it is', CLAIMED_REPORTS, 'sha: head.sha, branch: head.branch', ''],
  ['a report says where its workflow run is', CLAIMED_REPORTS, 'runUrl: url, ', ''],
  ['archives of any size are read', CLAIMED_REPORTS, '{ bytes: MAX_BYTES }', '{ bytes: 1e12 }'],
  ['any number of artifacts is read', CLAIMED_REPORTS, '.slice(0, MOST_ARTIFACTS)', ''],
  ['a comment that nobody asked for is made of claims', CLAIMS_COMMENT, 'claims.reports.every(saysLittle)', 'false'],
  ['claims are not marked as such', CLAIMS_PAGE, 'Claims of a fork’s run, verified by nobody', 'A report'],
  [
    'a report that makes no sense fails the job',
    CLAIMS_PAGE,
    '  } catch {\n    return null;',
    '  } catch (error) {\n    throw error;',
  ],
  ['a push is better by chance', PUSHED, 'BETTER = 0.05', 'BETTER = 0.5'],
  ['pushes that failed are forgotten', 'core/comparison/judge-runs.ts', 'request.failedPushes ?? []', '[]'],
  ['a push that repeats the baseline fails', PUSHED, 'if (before && predictsLike(before, candidate)) return gate;', ''],
  ['one repeat of two is enough to be the same', 'core/comparison/pool-runs.ts', 'repeats.every(', 'repeats.some('],
  [
    'a push must be better than one of those that failed',
    PUSHED,
    'if (unbeaten.length === 0)',
    'if (unbeaten.length < earlier.length)',
  ],
  ['a push that cannot be compared is better', PUSHED, 'pValue === null || ', 'pValue !== null && '],
  [
    'a push that is worse than one that failed is better',
    PUSHED,
    'compareModels(candidate, evaluatedRun,',
    'compareModels(evaluatedRun, candidate,',
  ],
  ['limits of other metrics count', PUSHED, 'isSameLimit(push.gate, gate) && ', ''],
  ['a drop that is allowed by now counts', PUSHED, ' && isTooMuch(push.gate, gate)', ''],
  ['the model that is not merged is held against pushes', PUSHED, " || gate.trainedOn === 'shared_rows'", ''],
  ['what was accepted is held against later pushes', PUSHED, '!gate.accepted &&', 'true &&'],
  ['a doubt is held against later pushes', PUSHED, "gate.outcome === 'fail' &&\n", 'true &&\n'],
  ['only drops of the code count', PUSHED, " || gate.reason === 'added_rows'", ''],

  ['pushes of forks are those of the pull request', PUSHES, 'run.head_repository?.id === pull.head.repo?.id &&', ''],
  ['runs that passed are looked into', PUSHES, "run.conclusion !== 'success' &&", ''],
  ['an earlier pull request of the branch counts', PUSHES, 'pull.created_at', '"2000-01-01"'],
  ['another branch is the same pull request', PUSHES, 'branch: headRef,', ''],
  ['a later run of the same head counts', PUSHES, 'run.id <= job.runId', 'run.id > 0'],
  ['an attempt is held against itself', PUSHES, 'attempt < push.job.attempt', 'attempt <= push.job.attempt'],
  ['jobs of other names are not looked into', PUSHES, 'own.length > 0 ? own : all', 'own'],
  ['a file here is the one that a pointer of the base names', BYTES_HERE, 'if (bytes && isIt(bytes))', 'if (bytes)'],
  ['a table here is the one that the base names', BYTES_HERE, 'digests.includes(tableSha256(parts))', 'true'],
  ['records that a branch brings along count', BROUGHT, 'if (found === undefined) return;', 'return;'],
  ['a link is followed out of the repository', FOLLOW, 'return isReadable(found) ? found : null;', 'return found;'],
  ['a link leads up from the root to the root', FOLLOW, 'if (at.pop() === undefined) return null;', 'at.pop();'],
  [
    'a table without the file that a link names is whole',
    COMMITTED,
    '.has(await followed(tree, file))) return [];',
    '.has(await followed(tree, file))) return named.slice(0, -1);',
  ],
  ['the digest of DVC is not looked at', COMMITTED, 'md5Hex(bytes) === md5', 'true'],
  [
    'any size of a pointer is the file',
    COMMITTED,
    'object ? await contentOf(object, nameOf(file), base, here) : bytes',
    'bytes',
  ],
  [
    "any table that was ever named is the base's",
    TABLE_OF_BASE,
    'sha256 === null ? await recorded() : [sha256]',
    'await recorded()',
  ],
  [
    'a table of the base that nothing names is generated',
    TABLE_OF_BASE,
    'if (parts) return',
    'if (parts && !generator) return',
  ],
  [
    'a command of the base is trained beside the change',
    REMADE,
    "some(({ id }) => id === 'custom')",
    'some(() => false)',
  ],
  ['never is no policy', REMADE, "if (remake === 'never') return null;", ''],
  ['always is auto', REMADE, "if (remake === 'always') return { reason: 'asked_for' };", ''],
  ['a run of another engine counts', REMADE, '(run.engine ?? 1) !== ENGINE', 'false'],
  [
    "an older run is the base's",
    REMADE,
    "return isOfBase ? null : { reason: 'older_run', sha: found.sha };",
    'return null;',
  ],
  [
    'the base commit is trained by the configuration of the change',
    REMADE,
    'base?.project.datasets.find(({ id }) => id === own.id)',
    '(own as DatasetConfig)',
  ],
  ['an older run counts without a rule that allows it', OLDER, 'maxAge === null || ', ''],
  ['an older run counts at any age', OLDER, 'if (!(days <= maxAge)) return null;', ''],
  ['an older run counts from the youngest of its models', OLDER, 'Math.max(...[', 'Math.min(...['],
  ['the base is trained where nothing is judged', COMPARED, 'if (!isJudged) return found;', ''],

  ['an artifact that was replaced is believed', CLAIMS, 'if (artifact.digest !==', 'if (false && artifact.digest !=='],
  ['the oldest attempt of a leg counts', CLAIMS, 'b.attempt - a.attempt', 'a.attempt - b.attempt'],
  ['a damaged record is left out', CLAIMS, 'if (damaged)', 'if (false)'],
  ['a leg may hand over nothing', CLAIMS, 'if (runs.length === 0)', 'if (false)'],
  ['another plan is as good', CLAIMS, "[...datasets].sort().join('\\n') !== [...planned].sort().join('\\n')", 'false'],
  ['the job base may train any commit', CLAIMS, 'run.git.sha !== needs.base', 'false'],
  ['a plan that failed is a plan', NEEDS, "if (job?.result !== 'success') throw unfinished(PLAN, job);", ''],
  ['jobs that failed have reported', NEEDS, "if (job?.result !== 'success') throw unfinished(name, job);", ''],
  ['legs may be silent', NEEDS, 'if (silent.length === 0)', 'if (true)'],
  ['a job without a leg may fail', NEEDS, " || job.result === 'skipped')", ' || true)'],
  ['predictions for other rows are judged', CLAIMED_RUNS, 'predictions.evidence.rowSet === all.id', 'true'],
  ['runs that nobody asked for are judged', CLAIMED_RUNS, 'if (strange.length === 0)', 'if (true)'],
  ['torn predictions are judged', CLAIMED_RUNS, 'found === planned', 'true'],
  [
    'numbers of a claim are believed',
    CLAIMED_RUNS,
    'const { run } = recomputedRun(own, undefined);',
    'const { run } = own;',
  ],
];
