import type { AppError } from '../core/errors/app-error.ts';
import type { Standing } from '../core/ports/change.ts';
import type { CheckedOut } from '../core/ports/commit-tree.ts';
import { shortSha } from '../core/records/short-sha.ts';
import type { ChangeFacts, PullRequest } from './change-facts.ts';
import { branchOf, type WorkflowEvent } from './event.ts';
import { GithubError } from './github-error.ts';
import { letItSetRules, type RuleBranch, ruleBranch } from './rule-branches.ts';

/** What a job knows of itself. */
export interface JobCommit {
  readonly event: WorkflowEvent;
  /** `GITHUB_SHA`. */
  readonly sha: string;
  /** From 1; a job that is run again keeps the commit and the payload of its first attempt. */
  readonly attempt: number;
  /** What is checked out, and its first commits' parents. */
  readonly commit: CheckedOut['commit'];
  /** The default branch and its newest commit; null while the repository has none. */
  readonly defaultBranch: { readonly name: string; readonly sha: string } | null;
}

/**
 * What a job judges, and by which commit. Only GitHub's API says where a change is to be merged: the payload's base may be old or
 * rewritten, and one head may belong to several pull requests.
 *
 * @param tracked the branches that set rules: names, or patterns with `*`.
 * @throws AppError when something else is checked out, or the API does not confirm what the job says.
 */
export function jobStanding(job: JobCommit, facts: ChangeFacts, tracked: readonly string[]): Promise<Standing> {
  const { event } = job;
  switch (event.kind) {
    case 'pull_request':
      return pullRequestStanding(job, event, facts, tracked);
    case 'merge_group':
      return mergeGroupStanding(job, event, facts, tracked);
    case 'ref':
      return refStanding(job, event.ref, facts, tracked);
  }
}

async function pullRequestStanding(
  job: JobCommit,
  event: Extract<WorkflowEvent, { kind: 'pull_request' }>,
  facts: ChangeFacts,
  tracked: readonly string[],
): Promise<Standing> {
  const pull = await facts.pullRequest(event.number);
  if (pull.headSha !== event.headSha) throw movedOn(event, pull);
  const { commit, sha } = job;
  if (commit.id !== sha && commit.id !== event.headSha) throw otherCommit(commit.id, [sha, event.headSha]);
  const tip = await facts.branchHead(pull.baseRef);
  if (tip === null) throw notConfirmed(`the branch ${pull.baseRef} is gone`);
  const sets = await ruleBranch(pull.baseRef, tracked, facts);
  if (sets !== 'sets_rules') {
    await confirmSameAsHead(job, event, { ...pull, sets }, facts);
    return judgedByDefault(job, pull.baseRef, sets);
  }
  const found = await pullRequestBase(job, event, pull, tip, facts);
  if (job.attempt > 1 && found.how === 'merge_parent' && found.base !== tip) throw movedBase(pull.baseRef);
  await confirmOn({ name: pull.baseRef, tip }, found.base, facts);
  return { kind: 'change', ...found, into: pull.baseRef };
}

async function pullRequestBase(
  job: JobCommit,
  { headSha }: { readonly headSha: string },
  { baseRef }: PullRequest,
  tip: string,
  facts: ChangeFacts,
): Promise<{ readonly base: string; readonly how: 'merge_parent' | 'merge_base' }> {
  const { commit, sha } = job;
  if (commit.id === headSha) {
    const base = await facts.mergeBase(tip, headSha);
    if (base === null) throw notConfirmed(`${shortSha(headSha)} and the branch ${baseRef} have no common commit`);
    return { base, how: 'merge_base' };
  }
  const parents = await facts.parentsOf(sha);
  const [base, head, ...more] = parents ?? [];
  if (base === undefined || head !== headSha || more.length > 0 || `${commit.parents}` !== `${parents}`) {
    throw notConfirmed(
      `${shortSha(sha)} is not the merge of ${shortSha(headSha)} into ${baseRef}: GitHub names the parents ${parents?.map(shortSha).join(' and ') || 'none'}`,
    );
  }
  return { base, how: 'merge_parent' };
}

async function mergeGroupStanding(
  job: JobCommit,
  { baseSha, baseRef }: Extract<WorkflowEvent, { kind: 'merge_group' }>,
  facts: ChangeFacts,
  tracked: readonly string[],
): Promise<Standing> {
  const { commit, sha } = job;
  if (commit.id !== sha) throw otherCommit(commit.id, [sha]);
  const sets = await ruleBranch(baseRef, tracked, facts);
  if (sets !== 'sets_rules') return judgedByDefault(job, baseRef, sets);
  if (baseSha === sha || (await facts.mergeBase(baseSha, sha)) !== baseSha)
    throw notConfirmed(`${shortSha(baseSha)} is not what the merge queue's ${shortSha(sha)} is built on`);
  // The base of the first entry is the branch itself, and that of a later one has the branch in it.
  const tip = await facts.branchHead(baseRef);
  const onBranch = tip && (await facts.mergeBase(tip, sha));
  if (!onBranch || (await facts.mergeBase(onBranch, baseSha)) !== onBranch)
    throw notConfirmed(`${shortSha(baseSha)} is older than what ${baseRef} has in ${shortSha(sha)}`);
  return { kind: 'change', base: baseSha, how: 'merge_group', into: baseRef };
}

async function refStanding(
  job: JobCommit,
  ref: string,
  facts: ChangeFacts,
  tracked: readonly string[],
): Promise<Standing> {
  const { commit, sha, defaultBranch } = job;
  const branch = branchOf(ref);
  const sets = branch === null ? 'sets_none' : await ruleBranch(branch, tracked, facts);
  if (sets === 'sets_rules') {
    if (commit.id === sha) return { kind: 'tracked_branch', branch };
    return {
      kind: 'tracked_branch',
      branch,
      instead: `commit ${shortSha(commit.id)} is checked out, not ${shortSha(sha)}`,
    };
  }
  if (commit.id !== sha) throw otherCommit(commit.id, [sha]);
  if (defaultBranch && (await facts.mergeBase(defaultBranch.sha, sha)) === sha) {
    const why = `this commit is already on ${defaultBranch.name}`;
    return { kind: 'not_judged', reason: 'nothing_to_merge', why };
  }
  return judgedByDefault(job, branch ?? ref, sets);
}

/** A branch that sets no rules: the check belongs to the commit, so it must not be greener than one for a pull request into main. */
function judgedByDefault(
  { defaultBranch, commit }: JobCommit,
  branch: string,
  sets: Exclude<RuleBranch, 'sets_rules'>,
): Standing {
  // Without a default branch nothing is there that could set rules.
  if (defaultBranch === null) return { kind: 'tracked_branch', branch: null };
  if (defaultBranch.sha === commit.id)
    return { kind: 'not_judged', reason: 'nothing_to_merge', why: `this commit is the head of ${defaultBranch.name}` };
  const { sha: base, name: into } = defaultBranch;
  if (sets === 'sets_none') return { kind: 'change', base, how: 'default_head', into };
  const note = `\`${branch}\` is not protected, so \`${into}\` sets the rules here: whoever can push could have made a branch that matches a pattern in \`tracking.branches\`. To let it set its own, ${letItSetRules(branch, sets)}`;
  return { kind: 'change', base, how: 'default_head', into, note };
}

async function confirmOn(
  { name, tip }: { readonly name: string; readonly tip: string },
  commit: string,
  facts: ChangeFacts,
): Promise<void> {
  if ((await facts.mergeBase(tip, commit)) !== commit)
    throw notConfirmed(`the base commit ${shortSha(commit)} is not on the branch ${name}`);
}

/**
 * The check belongs to the head, so a merge into a branch that sets no rules must have the head's files: whoever made that branch could
 * undo there what the head changes.
 */
async function confirmSameAsHead(
  { commit, sha }: JobCommit,
  { headSha }: { readonly headSha: string },
  { baseRef, sets }: PullRequest & { readonly sets: Exclude<RuleBranch, 'sets_rules'> },
  facts: ChangeFacts,
): Promise<void> {
  if (commit.id === headSha) return;
  const [base, head] = (await facts.parentsOf(sha)) ?? [];
  if (base !== undefined && head === headSha && (await facts.mergeBase(base, headSha)) === base) return;
  throw new GithubError({
    message: `\`${baseRef}\` sets no rules, and its merge with this pull request has other files than the pull request`,
    found: `merge ${shortSha(sha)}, head ${shortSha(headSha)}`,
    next: `bring \`${baseRef}\` into the pull request; or ${letItSetRules(baseRef, sets)}`,
  });
}

function movedBase(branch: string): AppError {
  return new GithubError({
    message: `${branch} has moved on since this job first ran, so running it again judges nothing`,
    next: 'push to the pull request, or close and reopen it: then it is judged by what is merged into now',
  });
}

function movedOn({ number, headSha }: { number: number; headSha: string }, pull: PullRequest): AppError {
  return new GithubError({
    message: `pull request #${number} has moved on, so this job judges nothing`,
    found: `this job is for ${shortSha(headSha)}, the head is ${shortSha(pull.headSha)} now`,
    next: 'look at the job of the newer commit',
  });
}

function otherCommit(found: string, allowed: readonly string[]): AppError {
  return new GithubError({
    message: 'another commit is checked out than the one this job is for',
    found,
    allowed: allowed.join(' (the merge) or ') + (allowed.length > 1 ? " (the pull request's head)" : ''),
    next: 'remove `ref:` from actions/checkout, and steps before this one that move HEAD, such as `git reset` or `git checkout`',
  });
}

function notConfirmed(why: string): AppError {
  return new GithubError({
    message: 'GitHub does not confirm what this job is for, so nothing is judged',
    found: why,
    next: 're-run the job; if the pull request was changed meanwhile, push to it again',
  });
}
