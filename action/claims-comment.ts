import { link, prose, type Sentence, sentence, text } from '../core/report/fragments.ts';
import { hasAppGate } from '../github/app-gate.ts';
import { readClaimedReports } from '../github/claimed-reports.ts';
import { findClaimedRun, pullRequestOf } from '../github/claimed-run.ts';
import type { EndedRun } from '../github/event.ts';
import { claimsMarker } from '../github/job-key.ts';
import { upsertComment } from '../github/upsert-comment.ts';
import { claimsPage } from './claims-page.ts';
import { saysLittle } from './comment.ts';
import type { Surroundings } from './context.ts';

/** What there is to say of it, and where the comment is. */
interface Posted {
  readonly said: Sentence;
  readonly url?: string;
}

/**
 * Comments what the jobs of a workflow run say, if they could not and the run is what it is taken for.
 *
 * @param workflow the expected workflow's file.
 */
export async function commentClaims(
  { octokit, repository, repositoryId }: Pick<Surroundings, 'octokit' | 'repository' | 'repositoryId'>,
  ended: EndedRun,
  workflow: string,
): Promise<Posted> {
  const run = await findClaimedRun(octokit, repository, ended, { workflow, repositoryId });
  if ('why' in run) return nothing(run.why);
  if (await hasAppGate(octokit, repository, run.head.sha))
    return nothing('the GitHub App comments on this pull request');
  const claims = await readClaimedReports(octokit, repository, run);
  // Looked up last: what was pushed to while the artifacts were read is not commented on.
  const number = await pullRequestOf(octokit, repository, run);
  if (typeof number !== 'number') return nothing(number.why);
  const { url, change } = await upsertComment(octokit, repository, number, {
    marker: claimsMarker(workflow),
    head: run.head.sha,
    body: claimsPage(run, claims),
    onlyReplace: claims.reports.every(saysLittle),
  });
  if (change === 'kept') return nothing('the pull request has moved on, and its comment is about a newer commit');
  if (url === undefined) return nothing('no job of the workflow run has anything to tell');
  return {
    said: sentence`Pull request ${String(number)} has ${link(url, text('a comment'))} with what its jobs say.`,
    url,
  };
}

function nothing(why: string): Posted {
  return { said: sentence`Nothing was posted: ${prose(why)}.` };
}
