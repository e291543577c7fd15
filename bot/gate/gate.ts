import { sentence } from '../../core/report/fragments.ts';
import { markdown } from '../../core/report/markdown-blocks.ts';
import { GATE } from '../../github/app-gate.ts';
import type { AttemptedRun } from '../../github/attempted-run.ts';
import { upsertComment } from '../../github/upsert-comment.ts';
import type { InstalledRepository } from '../installation.ts';
import { readClaims } from './claims.ts';
import { type GateState, showGate } from './gate-check.ts';
import { type Judged, judgeSubject } from './judge-subject.ts';
import { subjectsOf } from './subjects.ts';
import { workflowAttempts } from './workflow-attempts.ts';

const MARKER = '<!-- mlops-action:report app -->';

/**
 * Brings the check and the comments of a commit up to date with what GitHub knows now, whatever was delivered and in which order. A
 * commit has one check: the worst of the open pull requests and the merge group that have it as their head.
 *
 * @param queueRef the branch of a merge queue, where an event of it named one.
 */
export async function updateGate(world: InstalledRepository, headSha: string, queueRef?: string): Promise<void> {
  const subjects = await subjectsOf(world, headSha, queueRef);
  if (subjects.length === 0) return;
  const attempts = await workflowAttempts(world, headSha);
  const newest = newestOf(attempts);
  const isRunning = attempts.some(({ isCompleted }) => !isCompleted);
  const completed = attempts.filter(({ isCompleted }) => isCompleted);
  const of = newest && { id: newest.id, attempt: newest.attempt };
  // An attempt that runs replaces what the one before it came to.
  const isReplaced = attempts.some(
    ({ isCompleted, artifacts, attempt }) => !isCompleted && (artifacts.length > 0 || attempt > 1),
  );
  const claims = await readClaims(world, completed);
  const judged: Judged[] = [];
  if (!isReplaced)
    for (const subject of subjects) judged.push(await judgeSubject(world, subject, claims, newest?.url ?? null));
  const mayStillPass = isRunning || attempts.length === 0;
  const worst = judged.find(({ passes }) => !passes) ?? judged[0];
  const state: GateState =
    !worst || (!worst.passes && mayStillPass)
      ? waiting(isRunning, of)
      : { status: worst.passes ? 'success' : 'failure', title: worst.title, summary: worst.body, of, url: newest?.url };
  const isShown = await showGate(world, headSha, state);
  if (!isShown || state.status === 'queued' || state.status === 'in_progress') return;
  for (const { number, body, isQuiet: onlyReplace } of judged) {
    if (number === null) continue;
    await upsertComment(world.octokit, world.repository, number, { marker: MARKER, head: headSha, body, onlyReplace });
  }
}

function waiting(isRunning: boolean, of: GateState['of']): GateState {
  return {
    status: isRunning ? 'in_progress' : 'queued',
    title: isRunning ? 'Waiting for the workflow runs of this commit' : 'Waiting for a workflow run of this commit',
    summary: markdown`${sentence`The App judges what they train when they have completed. Until then ${GATE} is no pass.`}`,
    of,
  };
}

function newestOf(attempts: readonly AttemptedRun[]): AttemptedRun | null {
  return attempts.reduce<AttemptedRun | null>((newest, one) => (newest && newest.id > one.id ? newest : one), null);
}
