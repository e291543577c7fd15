import { z } from 'zod';
import { type AcceptLine, readAcceptLines } from '../core/comparison/accept-line.ts';
import type { Acceptances, Accepted } from '../core/comparison/with-acceptances.ts';
import { type AcceptRole, acceptRoleSchema, rolesFrom } from '../core/config/accept-role.ts';
import { AppError } from '../core/errors/app-error.ts';
import { remembered } from '../core/once.ts';
import { shortSha } from '../core/records/short-sha.ts';
import type { Client, RepositoryName } from './client.ts';
import { statusOf } from './github-error.ts';
import { listPullComments, type PullComment } from './pull-comments.ts';

/** A pull request whose comments may accept what is judged, and the commit that they have to name. */
export interface AcceptingPull {
  readonly number: number;
  readonly headSha: string;
}

/**
 * What people accepted by comments. A comment counts when a person wrote it who has the role, when nobody edited it, and when it names the
 * head of its pull request. Anything that GitHub does not say counts against it.
 *
 * @param role the least that its author must be.
 */
export async function readAcceptances(
  octokit: Client,
  repository: RepositoryName,
  role: AcceptRole,
  pullsOf: () => Promise<readonly AcceptingPull[]>,
): Promise<Acceptances> {
  const roleOf = remembered((login: string) => askRole(octokit, repository, login));
  const accepted: Accepted[] = [];
  const notes: string[] = [];
  const shas: string[] = [];
  try {
    for (const pull of await pullsOf()) {
      shas.push(pull.headSha);
      const { comments, isAll } = await listPullComments(octokit, repository, pull.number);
      if (!isAll) notes.push(`of the comments on #${pull.number} only the newest thousand were read`);
      for (const comment of comments) {
        const lines = readAcceptLines(comment.body);
        if (lines.length === 0) continue;
        const why = await whyNone(comment, role, roleOf);
        if (why !== null) notes.push(`the comment by ${nameOf(comment)} accepts nothing: ${why}`);
        else for (const line of lines) take(line, comment, pull);
      }
    }
  } catch (error) {
    notes.push(unreadable(error));
  }
  return { accepted, shas, notes };

  function take(
    line: AcceptLine | { readonly mistake: string },
    comment: PullComment,
    { headSha }: AcceptingPull,
  ): void {
    const { url, createdAt: at, author } = comment;
    if ('mistake' in line) notes.push(`a line in the comment by ${nameOf(comment)} ${line.mistake}`);
    else if (line.sha === headSha) accepted.push({ ...line, by: author!.login, at, url });
    else {
      notes.push(
        `${nameOf(comment)} accepted \`${line.gate}\` for \`${shortSha(line.sha)}\`; the head of the pull request is \`${shortSha(headSha)}\`, so comment again`,
      );
    }
  }
}

function nameOf({ author }: PullComment): string {
  return author === null ? 'somebody' : `\`${author.login}\``;
}

/** Why a comment accepts nothing; null: it may. */
async function whyNone(
  { author, lastEditedAt, createdViaEmail }: PullComment,
  least: AcceptRole,
  roleOf: (login: string) => Promise<string | null>,
): Promise<string | null> {
  if (lastEditedAt !== null) return 'it was edited, which others can do too; write a new one';
  if (createdViaEmail) return 'it came by e-mail; write it on GitHub';
  if (author === null) return 'its account was deleted';
  if (author.kind !== 'User') return 'only a person can accept';
  const role = await roleOf(author.login);
  const roles = rolesFrom(least);
  if (role !== null && (roles as readonly string[]).includes(role)) return null;
  const has = role === null ? 'GitHub does not say which role they have' : `they have the role \`${role}\``;
  return `${has}, and it takes ${roles.map((one) => `\`${one}\``).join(' or ')}; ask somebody who has it to comment the same`;
}

/** @returns the role; of one that an organisation made, what it is based on as far as GitHub says; null where that is not known. */
async function askRole(octokit: Client, repository: RepositoryName, username: string): Promise<string | null> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...repository, username });
    const isKnown = (acceptRoleSchema.options as readonly string[]).includes(data.role_name);
    return isKnown ? data.role_name : data.permission;
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return null;
    throw error;
  }
}

/** GraphQL answers what is forbidden with 200 and a type of error. */
const refusal = z.object({ errors: z.array(z.object({ type: z.string() })) });

function unreadable(error: unknown): string {
  const what = 'the comments that accept something could not be read';
  if (error instanceof AppError) return `${what}: ${error.problems[0]!.message}`;
  const types = refusal.safeParse(error).data?.errors.map(({ type }) => type) ?? [];
  if (types.includes('FORBIDDEN') || statusOf(error) === 403)
    return `${what}: grant the job \`permissions: pull-requests: read\`, and re-run it`;
  if (error instanceof z.ZodError) return `${what}: GitHub's answer lacks ${error.issues[0]?.path.join('.')}`;
  if (!(error instanceof Error && 'request' in error)) throw error;
  return `${what}: ${error.message}; re-run the job in a while`;
}
