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
import { createGithubCommits } from '../../github/github-commits.ts';
import { GithubError } from '../../github/github-error.ts';
import { createGithubHistory } from '../../github/github-history.ts';
import { jobStanding } from '../../github/standing.ts';
import type { InstalledRepository } from '../installation.ts';
import type { Claims } from './claims.ts';
import { bodyOf } from './comment-body.ts';
import { type JudgedProject, judgeProject } from './judge-project.ts';

/** An open pull request. */
export interface OpenPull {
  readonly number: number;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly isFork: boolean;
}

/** What a pull request came to. */
export interface JudgedPull {
  readonly number: number;
  readonly passes: boolean;
  /** Plain text. */
  readonly title: string;
  readonly body: Markdown;
  /** There is nothing to say, but what was said of an earlier commit must not stay. */
  readonly isQuiet: boolean;
}

/**
 * Judges an open pull request: each of its projects, of which the worst counts. Which projects there are, the head of the default
 * branch says; a job can only add some.
 */
export async function judgePull(
  world: InstalledRepository,
  pull: OpenPull,
  claims: Claims,
  runUrl: string | null,
): Promise<JudgedPull> {
  try {
    const projects = await judgeProjects(world, pull, claims, runUrl);
    const worst = projects.find(({ passes }) => !passes) ?? projects[0]!;

    return {
      number: pull.number,
      passes: projects.every(({ passes }) => passes),
      title: toTerminal(headline(worst.report)),
      isQuiet: projects.every(({ passes, report }) => passes && report.datasets.length === 0),
      body: bodyOf(projects, claims.pages),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return unjudged(pull.number, error.problems);
  }
}

function unjudged(number: number, problems: readonly Problem[]): JudgedPull {
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

type NamedProject = JudgedProject & { readonly file: string };

async function judgeProjects(
  world: InstalledRepository,
  pull: OpenPull,
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
        event: {
          ...{ kind: 'pull_request', number: pull.number, headSha: pull.headSha, headRef: pull.headRef },
          fork: pull.isFork,
        },
        ...{ sha: candidate.id, commit: candidate, defaultBranch },
        attempt: claims.runs.find(({ run }) => run.git.sha === candidate.id)?.run.workflow?.attempt ?? 1,
      },
      facts,
      tracked,
    );
  const openDefault = once(async () => (defaultBranch ? await openCommit(defaultBranch.sha) : null));
  const candidate = await confirmedCandidate(pull, claims, { openCommit, standingOf });
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
  const judged: NamedProject[] = [];
  const problems: AppError[] = [];
  for (const file of files) {
    try {
      const project = await judgeProject(world, {
        ...{ file, candidate, defaultBranch, history, openCommit, runUrl },
        ...{ headSha: pull.headSha, headRef: pull.headRef, standing: standingOf(candidate) },
        driftGates: claims.driftGates.filter(({ sha }) => sha === candidate.id).map(({ gate }) => gate),
        runs: own.filter(({ run }) => run.project === file),
        warnings: [...claims.problems, ...skippedWarnings('artifacts of this change', claims.skipped)],
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

/**
 * The commit that the jobs of a pull request trained: the newest that GitHub confirms to be its head or a merge of it. The head itself
 * where no job says anything.
 */
async function confirmedCandidate(
  pull: OpenPull,
  claims: Claims,
  {
    openCommit,
    standingOf,
  }: {
    readonly openCommit: (sha: string) => Promise<CommitTree | null>;
    readonly standingOf: (candidate: CommitTree) => (tracked: readonly string[]) => Promise<unknown>;
  },
): Promise<CommitTree> {
  const named = [...claims.runs.map(({ run }) => run.git.sha), ...claims.driftGates.map(({ sha }) => sha)];
  const claimed = [...new Set(named)].filter((sha) => sha !== null);
  let refusal: AppError | undefined;
  for (const sha of [...claimed, pull.headSha]) {
    const commit = await openCommit(sha);
    const isOfPull =
      commit?.id === pull.headSha || (commit?.parents.length === 2 && commit.parents[1] === pull.headSha);
    if (!commit || !isOfPull) continue;
    try {
      await standingOf(commit)([pull.baseRef]);
      return commit;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new GithubError({ message: `GitHub does not know commit ${pull.headSha}` });
}

/** The project file at the root, else all there are, and those that jobs of the change name. */
async function projectFiles(main: CommitTree | null, claimed: readonly string[]): Promise<string[]> {
  const paths = main ? [...(await main.entries()).keys()] : [];
  const all = paths.filter((path) => nameOfPath(path) === DEFAULT_CONFIG);
  const expected = all.includes(DEFAULT_CONFIG) ? [DEFAULT_CONFIG] : all;
  return [...new Set([...expected, ...claimed])].sort();
}
