import { z } from 'zod';
import { GithubError } from './github-error.ts';

/** The event that started the workflow, as its payload tells it: a file that an earlier step may have rewritten. */
export type WorkflowEvent =
  | {
      readonly kind: 'pull_request';
      readonly number: number;
      readonly headSha: string;
      readonly headRef: string;
      readonly origin: Origin;
    }
  | { readonly kind: 'merge_group'; readonly baseSha: string; readonly baseRef: string; readonly headSha: string }
  /** Any event of a branch or a tag: a push, a schedule, a dispatch. `name`: of the event. */
  | { readonly kind: 'ref'; readonly name: string; readonly ref: string };

/** Where a change comes from. A job for a fork's or for Dependabot's must not write, whatever its token allows. */
export type Origin = 'own' | 'fork' | 'dependabot';

const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const ref = z.string().min(1);
const id = z.int().positive();

const repository = z.object({ id, default_branch: ref });
const pullRequestPayload = z.object({
  repository,
  pull_request: z.object({
    number: id,
    head: z.object({ sha, ref, repo: z.object({ id }).nullable() }),
    base: z.object({ sha, ref, repo: z.object({ id }) }),
  }),
});
const mergeGroupPayload = z.object({
  repository,
  merge_group: z.object({ head_sha: sha, base_sha: sha, base_ref: ref }),
});
const workflowRunPayload = z.object({
  repository,
  action: z.string(),
  workflow_run: z.object({ id, run_attempt: id }),
});
const anyPayload = z.object({ repository });

const DEPENDABOT = 'dependabot[bot]';

/**
 * Events whose job has the rights and secrets of the default branch, although anybody can start it and influence what it
 * checks out. Training runs the code that is checked out.
 */
const PRIVILEGED: Readonly<Record<string, string>> = {
  pull_request_target:
    'its job has a write token and secrets even for a pull request from a fork, and training would run the code of that pull request',
  workflow_run:
    'its job has a write token and secrets even if a pull request from a fork started the first workflow, and training would run the code of that pull request or judge the wrong commit',
  issue_comment:
    'its job has a write token and secrets, anybody who can comment can start it, and it does not run on the commit of the pull request',
};

/** A workflow run that has ended, in one attempt. */
export interface EndedRun {
  readonly id: number;
  readonly attempt: number;
}

/** What GitHub tells a job of why it runs. */
interface EventContext {
  readonly eventName: string;
  /** JSON of the file at `GITHUB_EVENT_PATH`; the others are named like the `GITHUB_*` variables. */
  readonly payload: unknown;
  readonly repository: string;
  readonly repositoryId: number;
}

/**
 * Reads the event of a workflow run from the context that GitHub gives a job.
 *
 * @throws GithubError when the payload does not have the shape that GitHub documents, and for events that give a change from
 *   a fork the rights of the default branch.
 */
export function readEvent(
  context: EventContext & { readonly sha: string; readonly ref: string; readonly actor: string },
): WorkflowEvent {
  const { eventName, actor, repositoryId } = context;
  if (Object.hasOwn(PRIVILEGED, eventName)) {
    throw new GithubError({
      place: 'on',
      message: `the event ${eventName} cannot be used for training: ${PRIVILEGED[eventName]}`,
      found: eventName,
      allowed: 'pull_request, merge_group, push, schedule, workflow_dispatch',
      next: 'trigger the workflow on `pull_request` instead',
    });
  }
  switch (eventName) {
    case 'pull_request': {
      const { pull_request: pull } = read(context, pullRequestPayload);
      return {
        kind: 'pull_request',
        number: pull.number,
        headSha: pull.head.sha,
        headRef: pull.head.ref,
        origin: originOf(pull.head.repo?.id ?? null, repositoryId, actor),
      };
    }
    case 'merge_group': {
      const { merge_group: group } = read(context, mergeGroupPayload);
      return {
        kind: 'merge_group',
        baseSha: group.base_sha,
        baseRef: branchOf(group.base_ref) ?? group.base_ref,
        headSha: group.head_sha,
      };
    }
    default:
      read(context, anyPayload);
      if (!sha.safeParse(context.sha).success)
        throw unexpected(eventName, [{ place: 'sha', message: 'is not a commit SHA' }]);
      return { kind: 'ref', name: eventName, ref: context.ref };
  }
}

/**
 * Reads which workflow run has ended, where that started this job. Nothing else of the payload is believed: GitHub's API has it.
 *
 * @throws GithubError for every other event.
 */
export function readEndedRun(context: EventContext): EndedRun {
  const { eventName } = context;
  const isEnd = eventName === 'workflow_run';
  const payload = isEnd ? read(context, workflowRunPayload) : undefined;
  if (payload?.action === 'completed')
    return { id: payload.workflow_run.id, attempt: payload.workflow_run.run_attempt };
  throw new GithubError({
    place: 'on',
    message: 'the command comment tells of a workflow run that has ended, and this event is none of that',
    found: payload ? `${eventName} of type ${payload.action}` : eventName,
    allowed: 'workflow_run of type completed',
    next: 'use it in the workflow that docs/forks.md has',
  });
}

/** @param headRepositoryId null where the fork was deleted. @param actor who started the workflow. */
export function originOf(headRepositoryId: number | null, repositoryId: number, actor: string): Origin {
  if (headRepositoryId !== repositoryId) return 'fork';
  return actor === DEPENDABOT ? 'dependabot' : 'own';
}

/** The branch of a full ref; null of a tag, or of a pull request's merge. */
export function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}

function read<T extends { readonly repository: { readonly id: number } }>(
  context: EventContext,
  schema: z.ZodType<T>,
): T {
  const parsed = schema.safeParse(context.payload);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ place: path.map(String).join('.'), message }));
    throw unexpected(context.eventName, issues);
  }
  if (parsed.data.repository.id !== context.repositoryId) {
    const message = `does not match the repository of the job, ${context.repository}`;
    throw unexpected(context.eventName, [{ place: 'repository.id', message }]);
  }
  return parsed.data;
}

function unexpected(
  event: string,
  issues: readonly { readonly place: string; readonly message: string }[],
): GithubError {
  return new GithubError(issues.map(({ place, message }) => ({ file: `payload of ${event}`, place, message })));
}
