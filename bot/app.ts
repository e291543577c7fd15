import type { Probot } from 'probot';
import { GATE } from '../github/app-gate.ts';
import { answerComment } from './comments/answer-comment.ts';
import { type Asker, tellOutcome } from './comments/tell-outcome.ts';
import type { Deliveries } from './deliveries.ts';
import { updateGate } from './gate/gate.ts';
import { isAcceptance, judgeAgain } from './gate/judge-again.ts';
import type { Installations } from './installation.ts';

/** What the App does when GitHub tells it something. Payloads only say where to look: what is true is asked of the API. */
export function listenTo(
  app: Probot,
  {
    installations,
    deliveries,
  }: {
    readonly installations: Installations;
    readonly deliveries: Pick<Deliveries, 'once' | 'atMostOnce' | 'note' | 'noted'>;
  },
): void {
  app.on(
    [
      'pull_request.opened',
      'pull_request.synchronize',
      'pull_request.reopened',
      'pull_request.edited',
      'pull_request.closed',
    ],
    async ({ payload }) => updateGate(await installations.forGate(payload), payload.pull_request.head.sha),
  );
  app.on(['workflow_run.requested', 'workflow_run.in_progress', 'workflow_run.completed'], async ({ payload }) => {
    const { id, event, head_sha: head, head_branch: branch } = payload.workflow_run;
    if (event === 'merge_group') await updateGate(await installations.forGate(payload), head, branch ?? undefined);
    if (event === 'pull_request') await updateGate(await installations.forGate(payload), head);
    const run = `run ${payload.repository.id} ${id}`;
    const asker = event === 'workflow_dispatch' && payload.action === 'completed' ? deliveries.noted(run) : undefined;
    if (asker !== undefined) {
      const world = await installations.forCommands(payload);
      await tellOutcome(world, id, JSON.parse(asker), (what, act) => deliveries.once(`${run} ${what}`, act));
    }
  });
  app.on('merge_group.checks_requested', async ({ payload }) => {
    const { repository, installation, merge_group: group } = payload;
    if (repository)
      await updateGate(await installations.forGate({ repository, installation }), group.head_sha, group.head_ref);
  });
  app.on('check_run.rerequested', async ({ payload }) => {
    const { name, head_sha: head, check_suite: suite } = payload.check_run;
    if (name === GATE) await updateGate(await installations.forGate(payload), head, suite?.head_branch ?? undefined);
  });
  app.on(['issue_comment.created', 'issue_comment.edited', 'issue_comment.deleted'], async ({ payload }) => {
    const { comment, issue } = payload;
    const before = payload.action === 'edited' ? payload.changes.body?.from : undefined;
    if (issue.pull_request && isAcceptance(comment.body, before))
      await judgeAgain(await installations.forGate(payload), issue.number);
  });
  app.on('issue_comment.created', async ({ payload }) => {
    const { comment, issue, sender } = payload;
    // Apps answer each other for ever.
    if (sender.type === 'Bot' || comment.user === null || comment.user.type === 'Bot') return;
    const asker: Asker = { number: issue.number, isPull: issue.pull_request !== undefined };
    const key = `comment ${payload.repository.id} ${comment.id}`;
    await answerComment(payload, installations, {
      ...asker,
      id: comment.id,
      body: comment.body,
      login: comment.user.login,
      started: (runId) => deliveries.note(`run ${payload.repository.id} ${runId}`, JSON.stringify(asker)),
      once: (what, act) => deliveries.once(`${key} ${what}`, act),
      atMostOnce: (what, act, changedNothing) => deliveries.atMostOnce(`${key} ${what}`, act, changedNothing),
    });
  });
}
