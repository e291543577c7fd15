import { ENGINE, KEY_SCHEME } from '../engine.ts';
import type { TestRepository } from '../io/git/git.fixture.ts';
import type { Standing } from '../ports/change.ts';
import type { History } from '../ports/history.ts';
import { aRun } from '../tracking/run.fixture.ts';
import type { Run } from '../tracking/run.ts';

/** What a history leaves behind: a candidate, where it is to go, which commits have a run, and which is its baseline. */
export interface BuiltHistory {
  /** The candidate's commit. */
  readonly head: string;
  /** What it is to be merged into; null: it is the default branch's own. */
  readonly into: string | null;
  readonly dirty?: boolean;
  readonly champion?: string;
  readonly recorded: readonly Run[];
  readonly expected:
    | { readonly kind: string; readonly sha: string; readonly commitsBehind: number }
    | { readonly kind: 'none'; readonly why: object };
}

/** How the candidate of a history stands, as doors tell a search. */
export async function standingIn(
  history: Pick<History, 'mergeBase'>,
  { head, into, dirty = false }: Pick<BuiltHistory, 'head' | 'into' | 'dirty'>,
): Promise<Standing> {
  if (into === null) return dirty ? change(head, 'uncommitted') : { kind: 'tracked_branch', branch: 'main' };
  const base = await history.mergeBase(into, head);
  if (base === undefined) return { kind: 'without_base', reason: 'unrelated' };
  if (base !== head) return change(base, 'merge_base');
  return { kind: 'not_judged', reason: 'nothing_to_merge', why: 'it is on main' };
}

function change(base: string, how: 'uncommitted' | 'merge_base'): Standing {
  return { kind: 'change', base, how, into: 'main' };
}

/** A run that was recorded at a commit. */
export function runAt(sha: string, changes: Partial<Run> = {}, branch = 'main'): Run {
  return {
    ...aRun(),
    engine: ENGINE,
    keyScheme: KEY_SCHEME,
    git: { sha, branch, base: null, dirty: false },
    ...changes,
  };
}

/**
 * What happens to repositories, with real git. Each starts from an empty repository whose branch is `main`.
 */
export const histories: Readonly<Record<string, (repository: TestRepository) => BuiltHistory>> = {
  'a change beside a default branch that went on': (repo) => {
    const [base] = commits(repo, 1);
    const head = branchOff(repo, 'change');
    repo.git('checkout', '--quiet', 'main');
    const [later] = commits(repo, 1);
    return { head, into: later!, recorded: at(base!, later!), expected: found('base', base!, 0) };
  },
  'the same change as GitHub tries it, merged': (repo) => {
    const [base] = commits(repo, 1);
    branchOff(repo, 'change');
    repo.git('checkout', '--quiet', 'main');
    const [later] = commits(repo, 1);
    repo.git('checkout', '--quiet', '--detach');
    const head = merge(repo, 'change');
    return { head, into: later!, recorded: at(base!, later!), expected: found('base', later!, 0) };
  },
  'a change that took the default branch in later': (repo) => {
    const [base] = commits(repo, 1);
    branchOff(repo, 'change');
    repo.git('checkout', '--quiet', 'main');
    const [later] = commits(repo, 1);
    repo.git('checkout', '--quiet', 'change');
    const head = merge(repo, 'main');
    return { head, into: later!, recorded: at(base!, later!), expected: found('base', later!, 0) };
  },
  'a default branch several commits ahead of its last run': (repo) => {
    const [first, second, , , tip] = commits(repo, 5);
    const head = branchOff(repo, 'change');
    return { head, into: tip!, recorded: at(first!, second!), expected: found('base', second!, 3) };
  },
  'a push to the default branch': (repo) => {
    const [, before, head] = commits(repo, 3);
    return { head: head!, into: null, recorded: at(before!, head!), expected: found('parent', before!, 0) };
  },
  'a push to the default branch two commits after its last run': (repo) => {
    const [before, , head] = commits(repo, 3);
    return { head: head!, into: null, recorded: at(before!), expected: found('parent', before!, 1) };
  },
  'a change of which nothing is committed on top of the default branch': (repo) => {
    const [before, head] = commits(repo, 2);
    return { head: head!, into: head!, recorded: at(before!, head!), expected: found('parent', before!, 0) };
  },
  'changes that are not committed': (repo) => {
    const [before] = commits(repo, 1);
    const head = repo.commit({ file: 'committed' });
    repo.change('file', 'not committed');
    return { head, into: null, dirty: true, recorded: at(before!, head), expected: found('head', head, 0) };
  },
  'changes that are not committed, on top of commits': (repo) => {
    const [base] = commits(repo, 1);
    branchOff(repo, 'change');
    const head = repo.commit({ file: 'committed' });
    repo.change('file', 'not committed');
    return { head, into: base!, dirty: true, recorded: at(base!, head), expected: found('base', base!, 0) };
  },
  'a squash merge: the run of the squashed commit': (repo) => {
    const { base, work, tip } = landed(repo, 'squash');
    const head = branchOff(repo, 'next');
    return { head, into: tip, recorded: at(base, work, tip), expected: found('base', tip, 0) };
  },
  'a squash merge without a run: not the one of what was squashed': (repo) => {
    const { base, work, tip } = landed(repo, 'squash');
    const head = branchOff(repo, 'next');
    return { head, into: tip, recorded: at(base, work), expected: found('base', base, 1) };
  },
  'a rebase merge: the run of the last commit that came of it': (repo) => {
    const { base, work, tip } = landed(repo, 'rebase');
    const head = branchOff(repo, 'next');
    return { head, into: tip, recorded: at(base, work, tip), expected: found('base', tip, 0) };
  },
  'a rebase merge without a run: not the one of what was rebased': (repo) => {
    const { base, work, tip } = landed(repo, 'rebase');
    const head = branchOff(repo, 'next');
    return { head, into: tip, recorded: at(base, work), expected: found('base', base, 3) };
  },
  'a merge commit without a run: not the one of what was merged': (repo) => {
    const { base, work, tip } = landed(repo, 'merge');
    const head = branchOff(repo, 'next');
    return { head, into: tip, recorded: at(base, work), expected: found('base', base, 2) };
  },
  'a change whose branch was force-pushed: where it left this time': (repo) => {
    const [base] = commits(repo, 1);
    const old = branchOff(repo, 'change');
    repo.git('checkout', '--quiet', 'main');
    const [later] = commits(repo, 1);
    repo.git('branch', '--quiet', '--force', 'change', 'main');
    repo.git('checkout', '--quiet', 'change');
    const head = repo.commit({ file: 'again' });
    return { head, into: later!, recorded: at(base!, old, later!), expected: found('base', later!, 0) };
  },
  'a default branch that was force-pushed: not the run of a commit that is no longer on it': (repo) => {
    const [kept, lost] = commits(repo, 2);
    repo.git('reset', '--quiet', '--hard', kept!);
    const [tip] = commits(repo, 1);
    const head = branchOff(repo, 'change');
    return { head, into: tip!, recorded: at(kept!, lost!), expected: found('base', kept!, 1) };
  },
  'a default branch that was force-pushed with all that was recorded': (repo) => {
    const [lost] = commits(repo, 1);
    repo.git('checkout', '--quiet', '--orphan', 'new');
    repo.git('branch', '--quiet', '--delete', '--force', 'main');
    repo.git('branch', '--quiet', '--move', 'main');
    const [first, tip] = commits(repo, 2);
    const why = { reason: 'not_recorded', commits: 1, from: first };
    return { head: tip!, into: null, recorded: at(lost!), expected: { kind: 'none', why } };
  },
  'a first commit, with runs of other histories': (repo) => {
    const [head] = commits(repo, 1);
    const why = { reason: 'not_recorded', commits: 0, from: null };
    return { head: head!, into: null, recorded: at('a'.repeat(40)), expected: { kind: 'none', why } };
  },
  'a revert: the run of the reverting commit': (repo) => {
    const { worse, reverting } = reverted(repo);
    const head = branchOff(repo, 'change');
    return { head, into: reverting, recorded: at(worse, reverting), expected: found('base', reverting, 0) };
  },
  'a revert without a run: that of what was reverted, one commit back': (repo) => {
    const { good, worse, reverting } = reverted(repo);
    const head = branchOff(repo, 'change');
    return { head, into: reverting, recorded: at(good, worse), expected: found('base', worse, 1) };
  },
  'a default branch that was renamed: commits count, not names': (repo) => {
    repo.git('branch', '--quiet', '--move', 'master');
    const [base] = commits(repo, 1);
    repo.git('branch', '--quiet', '--move', 'master', 'main');
    const head = branchOff(repo, 'change');
    return {
      head,
      into: base!,
      recorded: [runAt(base!, {}, 'master')],
      expected: found('base', base!, 0),
    };
  },
  'histories that never met': (repo) => {
    const [base] = commits(repo, 1);
    repo.git('checkout', '--quiet', '--orphan', 'lonely');
    const [head] = commits(repo, 1);
    return { head: head!, into: base!, recorded: at(base!), expected: { kind: 'none', why: { reason: 'unrelated' } } };
  },
  'the first run ever': (repo) => {
    const [base] = commits(repo, 1);
    const head = branchOff(repo, 'change');
    return { head, into: base!, recorded: [], expected: { kind: 'none', why: { reason: 'no_run' } } };
  },
  'a first run that is repeated': (repo) => {
    const [head] = commits(repo, 1);
    return { head: head!, into: null, recorded: at(head!), expected: { kind: 'none', why: { reason: 'no_run' } } };
  },
  'no run on the way back, and a champion': (repo) => {
    const [good] = commits(repo, 1);
    repo.git('tag', 'v1');
    repo.git('checkout', '--quiet', '--orphan', 'rewritten');
    const [base] = commits(repo, 1);
    const head = branchOff(repo, 'change');
    return { head, into: base!, champion: 'v1', recorded: at(good!), expected: found('champion', good!, 0) };
  },
  'a run on the way back, and a champion': (repo) => {
    const [good, base] = commits(repo, 2);
    repo.git('tag', 'v1', good!);
    const head = branchOff(repo, 'change');
    return { head, into: base!, champion: 'v1', recorded: at(good!, base!), expected: found('base', base!, 0) };
  },
  'a champion that is not there': (repo) => {
    const [base] = commits(repo, 1);
    const head = branchOff(repo, 'change');
    const why = { reason: 'not_recorded', commits: 1, from: base };
    return { head, into: base!, champion: 'v9', recorded: at('a'.repeat(40)), expected: { kind: 'none', why } };
  },
};

function at(...shas: string[]): Run[] {
  return shas.map((sha) => runAt(sha));
}

function found(kind: string, sha: string, commitsBehind: number): BuiltHistory['expected'] {
  return { kind, sha, commitsBehind };
}

let made = 0;

function commits(repo: TestRepository, n: number): string[] {
  for (let i = 0; i < n; i++) repo.git('commit', '--quiet', '--allow-empty', `--message=Commit ${made++}`);
  return repo.git('rev-list', '--first-parent', `--max-count=${n}`, 'HEAD').split('\n').reverse();
}

/** A commit on a new branch off the one checked out. */
function branchOff(repo: TestRepository, name: string): string {
  repo.git('checkout', '--quiet', '-b', name);
  return commits(repo, 1)[0]!;
}

function merge(repo: TestRepository, name: string): string {
  repo.git('merge', '--quiet', '--no-ff', '--message=A merge', name);
  return repo.git('rev-parse', 'HEAD');
}

/** A branch of two commits off `main`, whose next commit is `base`, brought in as the buttons of a pull request do. */
function landed(repo: TestRepository, how: 'squash' | 'rebase' | 'merge') {
  commits(repo, 1);
  branchOff(repo, 'work');
  const work = commits(repo, 1)[0]!;
  repo.git('checkout', '--quiet', 'main');
  const base = commits(repo, 1)[0]!;
  if (how === 'merge') {
    merge(repo, 'work');
    commits(repo, 1);
  } else if (how === 'squash') {
    repo.git('merge', '--quiet', '--squash', 'work');
    commits(repo, 1);
  } else {
    repo.git('checkout', '--quiet', '-b', 'rebased', 'work');
    repo.git('rebase', '--quiet', '--force-rebase', 'main');
    repo.git('checkout', '--quiet', 'main');
    repo.git('merge', '--quiet', '--ff-only', 'rebased');
    commits(repo, 1);
  }
  return { base, work, tip: repo.git('rev-parse', 'main') };
}

function reverted(repo: TestRepository) {
  const good = repo.commit({ file: 'good' });
  const worse = repo.commit({ file: 'worse' });
  repo.git('revert', '--no-edit', 'HEAD');
  return { good, worse, reverting: repo.git('rev-parse', 'HEAD') };
}
