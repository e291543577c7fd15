import type { SkippedFile } from '../../core/records/skipped-files.ts';
import { code, link, sentence, text } from '../../core/report/fragments.ts';
import { COMMENT_BYTES, renderMarkdown } from '../../core/report/markdown.ts';
import { markdown, stack } from '../../core/report/markdown-blocks.ts';
import { type Markdown, toMarkdown } from '../../core/report/to-markdown.ts';
import { GATE } from '../../github/app-gate.ts';
import { reply } from '../../github/reply.ts';
import { reportIn } from '../../github/report-in.ts';
import { createRunArtifacts } from '../../github/run-artifact.ts';
import { attemptedRun } from '../gate/workflow-attempts.ts';
import type { InstalledRepository } from '../installation.ts';

/** Who asked for a workflow run: a comment on a pull request or an issue. */
export interface Asker {
  readonly number: number;
  readonly isPull: boolean;
}

/** Jobs whose reports are shown. */
const MOST_REPORTS = 5;
const HEAD_BYTES = 1000;

/**
 * Tells those who asked for a workflow run what it came to, once for each attempt. What is shown is what the jobs say.
 *
 * @param once acts once for a key.
 */
export async function tellOutcome(
  { octokit, repository }: InstalledRepository,
  runId: number,
  { number, isPull }: Asker,
  once: (what: string, act: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { data: run } = await octokit.rest.actions.getWorkflowRun({ ...repository, run_id: runId });
  const artifacts = createRunArtifacts(octokit, repository);
  const { attempt, isCompleted, url, artifacts: own } = attemptedRun(run, await artifacts.list(runId));
  // Somebody runs it again: the end of that attempt is told too.
  if (!isCompleted) return;
  const isGood = run.conclusion === 'success';
  const head = sentence`${isGood ? '✅' : '❌'} ${link(url, text('The workflow run'))} that was asked for here has ended: ${run.conclusion ?? 'unknown'}.`;
  const reports: Markdown[] = [];
  const stops: boolean[] = [];
  const skipped: SkippedFile[] = [];
  const bytes = Math.floor((COMMENT_BYTES - HEAD_BYTES) / Math.min(Math.max(own.length, 1), MOST_REPORTS));
  for (const artifact of own.slice(0, MOST_REPORTS)) {
    const content = await artifacts.open(artifact);
    const report = content.kind === 'found' ? reportIn(content.files, skipped) : undefined;
    const page = artifact.pageId === null ? undefined : `${url}/artifacts/${artifact.pageId}`;
    if (!report) continue;
    reports.push(renderMarkdown(report, bytes, page));
    stops.push(report.stopsMerge);
  }
  const none = sentence`Its jobs left no report that can be read; the log says why.`;
  const check = sentence`This trained the branch alone. The check ${code(GATE)} is about the workflow run of the pull request, and stays as it is.`;
  const trial = sentence`No gate failed. The job is red all the same where its check could be taken for that of the pull request: the log says so, and how a workflow of its own ends as its gates say.`;
  const body = [
    toMarkdown(head),
    ...(isPull ? [toMarkdown(check)] : []),
    // What the reader sees else is a red job above a green report.
    ...(isPull && !isGood && stops.length > 0 && !stops.includes(true) ? [toMarkdown(trial)] : []),
    ...(reports.length > 0 ? reports : [markdown`${none}`]),
  ];
  await once(`told ${attempt}`, () => reply(octokit, repository, number, stack(body, '\n\n')));
}
