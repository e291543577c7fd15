import { nameOfPath } from '../../core/change/repository-path.ts';
import { DEFAULT_CONFIG } from '../../core/commands/options.ts';
import { AppError, formatProblem, type Problem } from '../../core/errors/app-error.ts';
import { once } from '../../core/once.ts';
import type { CommitTree } from '../../core/ports/commit-tree.ts';
import { skippedWarnings } from '../../core/records/skipped-files.ts';

import { headline } from '../../core/report/headline.ts';
import { markdown, stack, verbatim } from '../../core/report/markdown-blocks.ts';
import type { Markdown } from '../../core/report/to-markdown.ts';
import { toTerminal } from '../../core/report/to-terminal.ts';
import { createChangeFacts } from '../../github/change-facts.ts';
import type { WorkflowEvent } from '../../github/event.ts';
import { type EarlierPushes, earlierPushes } from '../../github/failed-pushes.ts';
import { createGithubCommits } from '../../github/github-commits.ts';
import { GithubError } from '../../github/github-error.ts';
import { createGithubHistory } from '../../github/github-history.ts';
import { queuedPulls } from '../../github/queued-pulls.ts';
import { jobStanding } from '../../github/standing.ts';
import type { InstalledRepository } from '../installation.ts';
import type { ClaimedDrift } from './claimed-drift.ts';
import type { Claims } from './claims.ts';
import { bodyOf } from './comment-body.ts';
import { type JudgedProject, judgeProject } from './judge-project.ts';
import type { Subject } from './subjects.ts';

/** What a pull request or a merge group came to. */
export interface Judged {
  /** Of the pull request; a group has no comments. */
  readonly number: number | null;
  readonly passes: boolean;
  /** Plain text. */
  readonly title: string;
  readonly body: Markdown;
  /** There is nothing to say, but what was said of an earlier commit must not stay. */
  readonly isQuiet: boolean;
}

/**
 * Judges a pull request or a merge group: each of its projects, of which the worst counts. Which projects there are, the head of the default
 * branch says; a job can only add some.
 */
export async function judgeSubject(
  world: InstalledRepository,
  subject: Subject,
  claims: Claims,
  runUrl: string | null,
): Promise<Judged> {
  const number = subject.kind === 'pull_request' ? subject.number : null;
  try {
    const projects = await judgeProjects(world, subject, claims, runUrl);
    const worst = projects.find(({ passes }) => !passes) ?? projects[0]!;

    return {
      number,
      passes: projects.every(({ passes }) => passes),
      title: toTerminal(headline(worst.report)),
      isQuiet: projects.every(({ passes, report }) => passes && report.datasets.length === 0),
      body: bodyOf(projects, claims.pages),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return unjudged(number, error.problems);
  }
}

function unjudged(number: number | null, problems: readonly Problem[]): Judged {
  const [first] = problems;
  const title = `❌ Not judged: ${first!.message}`;
  const text = problems.map(formatProblem).join('\n').slice(0, 20_000);
  return {
    number,
    passes: false,
    title,
    isQuiet: false,
    body: stack([markdown`### ❌ Nothing could be judged, so this is no pass`, verbatim(text)], '\n\n'),
  };
}

/** What a job of it would be told. */
function eventOf(subject: Subject): WorkflowEvent {
  if (subject.kind === 'merge_group') return subject;
  const { kind, number, headSha, headRef, isFork } = subject;
  return { kind, number, headSha, headRef, origin: isFork ? 'fork' : 'own' };
}

/** What earlier pushes came to. A group's pull requests had a green check of the same rule before they were queued. */
async function pushesBefore({ octokit, repository }: InstalledRepository, subject: Subject): Promise<EarlierPushes> {
  if (subject.kind !== 'pull_request') return { failed: [], problems: [] };
  return earlierPushes(octokit, repository, { ...subject, job: null });
}

type NamedProject = JudgedProject & { readonly file: string };

async function judgeProjects(
  world: InstalledRepository,
  subject: Subject,
  claims: Claims,
  runUrl: string | null,
): Promise<NamedProject[]> {
  const { octokit, repository } = world;
  const facts = createChangeFacts(octokit, repository);
  const openCommit = createGithubCommits(octokit, repository);
  const history = createGithubHistory(octokit, repository);
  const name = await facts.defaultBranch();
  const head = await facts.branchHead(name);
  const defaultBranch = head === null ? null : { name, sha: head };
  const standingOf = (candidate: CommitTree) => (tracked: readonly string[]) =>
    jobStanding(
      {
        event: eventOf(subject),
        ...{ sha: candidate.id, commit: candidate, defaultBranch },
        attempt: claims.runs.find(({ run }) => run.git.sha === candidate.id)?.run.workflow?.attempt ?? 1,
      },
      facts,
      tracked,
    );
  const openDefault = once(async () => (defaultBranch ? await openCommit(defaultBranch.sha) : null));
  const candidate = await confirmedCandidate(subject, claims, { openCommit, standingOf });
  const own = claims.runs.filter(({ run }) => run.git.sha === candidate.id);
  const files = await projectFiles(
    await openDefault(),
    own.flatMap(({ run }) => run.project ?? []),
  );
  if (files.length === 0) {
    throw new GithubError({
      message: `there is no ${DEFAULT_CONFIG}, so there is nothing to judge`,
      next: 'create one with `mlops init`, or do not require this check',
    });
  }
  const pushes = await pushesBefore(world, subject);
  const judged: NamedProject[] = [];
  const problems: AppError[] = [];
  for (const file of files) {
    try {
      const project = await judgeProject(world, {
        ...{ file, candidate, defaultBranch, history, openCommit, runUrl },
        ...{ place: subject.kind, headSha: subject.headSha, headRef: subject.headRef, standing: standingOf(candidate) },
        pulls: async () => (subject.kind === 'merge_group' ? queuedPulls(octokit, repository, subject) : [subject]),
        drift: driftOn(candidate.id, claims),
        runs: own.filter(({ run }) => run.project === file),
        failedPushes: pushes.failed.filter(({ evaluatedRun }) => evaluatedRun.run.project === file),
        warnings: [
          ...claims.problems,
          ...pushes.problems,
          ...skippedWarnings('artifacts of this change', claims.skipped),
        ],
      });
      judged.push({ ...project, file });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(Object.assign(error, { file }));
    }
  }
  // A project that the change moved is judged where it is now.
  const moved = new Set(judged.flatMap(({ path, file }) => (path !== null && path !== file ? [path] : [])));
  const left = problems.filter((error) => !moved.has((error as AppError & { file: string }).file));
  if (left.length > 0)
    throw new GithubError(
      left.flatMap((error) => error.problems),
      { cause: left },
    );
  return judged;
}

/** What all jobs of a commit say of drift. */
function driftOn(sha: string, { drift }: Claims): ClaimedDrift {
  const own = drift.filter((claimed) => claimed.sha === sha);
  return { gates: own.flatMap(({ gates }) => gates), found: own.flatMap(({ found }) => found) };
}

/**
 * The commit that the jobs trained: the newest that GitHub confirms to be the head or, of a pull request, a merge of it. The head itself
 * where no job says anything.
 */
async function confirmedCandidate(
  subject: Subject,
  claims: Claims,
  {
    openCommit,
    standingOf,
  }: {
    readonly openCommit: (sha: string) => Promise<CommitTree | null>;
    readonly standingOf: (candidate: CommitTree) => (tracked: readonly string[]) => Promise<unknown>;
  },
): Promise<CommitTree> {
  const named = [...claims.runs.map(({ run }) => run.git.sha), ...claims.drift.map(({ sha }) => sha)];
  const claimed = [...new Set(named)].filter((sha) => sha !== null);
  let refusal: AppError | undefined;
  const { kind, headSha, baseRef } = subject;
  for (const sha of [...claimed, headSha]) {
    const commit = await openCommit(sha);
    const isMerge = kind === 'pull_request' && commit?.parents.length === 2 && commit.parents[1] === headSha;
    if (!commit || !(commit.id === headSha || isMerge)) continue;
    try {
      await standingOf(commit)([baseRef]);
      return commit;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new GithubError({ message: `GitHub does not know commit ${headSha}` });
}

/** The project file at the root, else all there are, and those that jobs of the change name. */
async function projectFiles(main: CommitTree | null, claimed: readonly string[]): Promise<string[]> {
  const paths = main ? [...(await main.entries()).keys()] : [];
  const all = paths.filter((path) => nameOfPath(path) === DEFAULT_CONFIG);
  const expected = all.includes(DEFAULT_CONFIG) ? [DEFAULT_CONFIG] : all;
  return [...new Set([...expected, ...claimed])].sort();
}
