import { z } from 'zod';
import { DEFAULT_CONFIG } from '../../core/commands/options.ts';
import { AppError, formatProblem } from '../../core/errors/app-error.ts';
import { shortSha } from '../../core/records/short-sha.ts';
import { code, sentence } from '../../core/report/fragments.ts';
import { bullets, markdown, stack, verbatim } from '../../core/report/markdown-blocks.ts';
import type { Markdown } from '../../core/report/to-markdown.ts';
import { createChangeFacts } from '../../github/change-facts.ts';
import { createGithubCommits } from '../../github/github-commits.ts';
import { GithubError, statusOf } from '../../github/github-error.ts';
import { reply } from '../../github/reply.ts';
import type { Deliveries } from '../deliveries.ts';
import type { Installations, InstalledRepository, Origin } from '../installation.ts';
import { type Asked, readComment, USAGE } from './grammar.ts';
import { retrainRequest } from './retrain-request.ts';
import { INPUT, retrainWorkflow } from './retrain-workflow.ts';

/** A comment of a person, new. */
export interface NewComment {
  readonly id: number;
  readonly body: string;
  readonly login: string;
  /** Of the pull request or issue. */
  readonly number: number;
  readonly isPull: boolean;
  /** A workflow run was started for this comment. */
  readonly started: (runId: number) => void;
  /** Acts once for this comment. */
  readonly once: Deliveries['once'];
  readonly atMostOnce: Deliveries['atMostOnce'];
}

const MAX_BYTES = 1_000_000;

/** Answers a comment that asks something of the App; of others it takes no notice. */
export async function answerComment(
  origin: Origin,
  installations: Pick<Installations, 'forCommands'>,
  comment: NewComment,
): Promise<void> {
  const asked = readComment(comment.body);
  if (!asked) return;
  const world = await installations.forCommands(origin);
  if (asked.kind === 'help') return answer(world, comment, '+1', HELP);
  // Whoever deletes the comment before it is read has changed their mind.
  if (!(await react(world, comment, 'eyes'))) return;
  try {
    if (!(await mayWrite(world, comment.login))) throw notAllowed(comment.login);
    const { isKnown, body } = await retrain(world, comment, asked);
    await answer(world, comment, isKnown ? 'rocket' : 'confused', body);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const text = error.problems.map(formatProblem).join('\n').slice(0, 10_000);
    await answer(world, comment, '-1', stack([markdown`Nothing was started.`, verbatim(text)], '\n\n'));
  }
}

const HELP = stack(
  [
    markdown`On a pull request or an issue, in the first line of a comment:`,
    bullets([
      sentence`${code(USAGE)} trains again: on a pull request its branch, on an issue the default branch. ${code('key=value')} sets a parameter of the model for this once.`,
      sentence`${code('/accept …')} accepts what does not hold on a pull request: the report gives the line.`,
      sentence`${code('/help')} says this.`,
    ]),
    markdown`Who may write to the repository may ask. Who may accept, ${sentence`${code('accept:')} of ${code('mlops.yml')} says.`}`,
  ],
  '\n\n',
);

async function retrain(
  world: InstalledRepository,
  comment: NewComment,
  asked: Exclude<Asked, { kind: 'help' }>,
): Promise<{ readonly isKnown: boolean; readonly body: Markdown }> {
  if (asked.kind === 'mistake') throw new GithubError(asked.problem);
  const { octokit, repository } = world;
  const openCommit = createGithubCommits(octokit, repository);
  const place = await placeOf(world, comment);
  const base = await openCommit(place.baseSha);
  const main = await openCommit(place.mainSha);
  if (!base || !main)
    throw new GithubError({
      message: 'the commit that sets the rules cannot be read',
      next: 'comment again in a minute',
    });
  const content = (await base.read([DEFAULT_CONFIG], MAX_BYTES)).get(DEFAULT_CONFIG);
  if (content?.kind !== 'file') {
    throw new GithubError({
      message: `${DEFAULT_CONFIG} of ${place.baseRef} cannot be read, so there is nothing to train`,
      next: 'create it with `mlops init`',
    });
  }
  const request = retrainRequest(new TextDecoder().decode(content.bytes), DEFAULT_CONFIG, asked);
  const workflow = await retrainWorkflow(main);
  const start = async () => {
    const runId = await dispatch(world, workflow, place.ref, JSON.stringify(request));
    if (runId !== null) comment.started(runId);
  };
  const outcome = await comment.atMostOnce('dispatch', start, isRefusal);
  const what = sentence`${code(workflow)} on ${code(place.ref)}, which is at ${code(shortSha(place.refSha))}`;
  const body = stack(
    [
      outcome === 'done'
        ? markdown`${sentence`Started ${what}. A comment follows when it has ended.`}`
        : markdown`${sentence`GitHub did not say whether it started ${what}. It is not asked twice: look at the workflow’s runs, and comment again if there is none.`}`,
      bullets([
        sentence`dataset: ${request.dataset === '' ? 'all' : code(request.dataset)}`,
        sentence`model: ${request.model === '' ? 'all' : code(request.model)}`,
        ...request.set.split('\n').flatMap((line) => (line === '' ? [] : [sentence`for this once: ${code(line)}`])),
      ]),
    ],
    '\n\n',
  );
  return { isKnown: outcome === 'done', body };
}

/** Whether GitHub answered, and started nothing. */
function isRefusal(error: unknown): boolean {
  const status = error instanceof AppError ? statusOf(error.cause) : statusOf(error);
  return status !== undefined && status < 500;
}

interface Place {
  /** The branch to train. */
  readonly ref: string;
  readonly refSha: string;
  /** The branch whose project file says what may be asked. */
  readonly baseRef: string;
  readonly baseSha: string;
  /** The head of the default branch. */
  readonly mainSha: string;
}

async function placeOf(
  { octokit, repository }: InstalledRepository,
  { number, isPull }: Pick<NewComment, 'number' | 'isPull'>,
): Promise<Place> {
  const facts = createChangeFacts(octokit, repository);
  const main = await facts.defaultBranch();
  const mainSha = await headOf(main);
  if (!isPull) return { ref: main, refSha: mainSha, baseRef: main, baseSha: mainSha, mainSha };
  const { data } = await octokit.rest.pulls.get({ ...repository, pull_number: number });
  if (data.head.repo?.id !== data.base.repo.id) {
    throw new GithubError({
      message:
        'a branch of a fork cannot be trained from here: its workflow would run with the rights of this repository',
      next: 'push to the pull request, or run its workflow again',
    });
  }
  if (data.state !== 'open') throw new GithubError({ message: 'this pull request is closed', next: 'reopen it first' });
  const { ref, sha } = data.head;
  return { ref, refSha: sha, baseRef: data.base.ref, baseSha: await headOf(data.base.ref), mainSha };

  async function headOf(branch: string): Promise<string> {
    const sha = await facts.branchHead(branch);
    if (sha !== null) return sha;
    throw new GithubError({
      message: `the branch ${branch} is not there any more`,
      next: 'restore it, or retarget the pull request',
    });
  }
}

/** Octokit's types do not have this answer yet. */
const startedRun = z.object({ workflow_run_id: z.int() });

/** @returns the number of the workflow run; null where GitHub does not tell it. */
async function dispatch(
  { octokit, repository }: InstalledRepository,
  workflow: string,
  ref: string,
  request: string,
): Promise<number | null> {
  try {
    const { data } = await octokit.rest.actions.createWorkflowDispatch({
      ...repository,
      workflow_id: workflow,
      ref,
      inputs: { [INPUT]: request },
      return_run_details: true,
      // Asked for twice, it would run twice.
      request: { retries: 0 },
    });
    return startedRun.safeParse(data).data?.workflow_run_id ?? null;
  } catch (error) {
    const status = statusOf(error);
    if (status !== 403 && status !== 404 && status !== 422) throw error;
    throw new GithubError(
      {
        message: `GitHub did not start ${workflow} on ${ref}`,
        found: (error as Error).message,
        next: `bring the default branch into ${ref}, so that its workflow has the input \`${INPUT}\`; the App needs the permission \`actions: write\``,
      },
      { cause: error },
    );
  }
}

/** What is not known is not allowed. The payload's `author_association` is no answer: it depends on who looks. */
async function mayWrite({ octokit, repository }: InstalledRepository, login: string): Promise<boolean> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...repository, username: login });
    return data.permission === 'admin' || data.permission === 'write';
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 403) return false;
    throw error;
  }
}

function notAllowed(login: string): GithubError {
  return new GithubError({
    place: '/retrain',
    message: `${login} may not write to this repository`,
    allowed: 'people with the role write, maintain or admin',
    next: 'ask one of them to comment the same',
  });
}

async function answer(
  world: InstalledRepository,
  comment: NewComment,
  content: '+1' | '-1' | 'confused' | 'rocket',
  body: Markdown,
): Promise<void> {
  await comment.once('reply', () => reply(world.octokit, world.repository, comment.number, body));
  await react(world, comment, content);
}

/** @returns false when the comment is not there any more. */
async function react(
  { octokit, repository }: InstalledRepository,
  { id }: Pick<NewComment, 'id'>,
  content: '+1' | '-1' | 'confused' | 'eyes' | 'rocket',
): Promise<boolean> {
  try {
    await octokit.rest.reactions.createForIssueComment({ ...repository, comment_id: id, content });
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}
