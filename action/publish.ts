import { join } from 'node:path';
import * as core from '@actions/core';
import { documentOf } from '../core/commands/document.ts';
import { AppError } from '../core/errors/app-error.ts';
import { writeFileAtomic } from '../core/io/files.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { sentence } from '../core/report/fragments.ts';
import { writePage } from '../core/report/html/write-page.ts';
import { markdown, verbatim } from '../core/report/markdown-blocks.ts';
import { printableJson } from '../core/report/printable.ts';
import type { Markdown } from '../core/report/to-markdown.ts';
import { writeReport } from '../core/report/write-report.ts';
import { artifactName, pageName } from '../github/job-key.ts';
import { RECORDED_LIST, recordedList } from '../github/recorded-list.ts';
import { type CommentPlan, publishReport, whyNoComment } from './comment.ts';
import type { JobContext } from './context.ts';
import type { Job } from './job.ts';
import type { JobRecords } from './job-records.ts';
import { keepEvidence } from './keep-evidence.ts';
import type { MayRecord } from './may-record.ts';
import { type Upload, uploadFolder, uploadPage } from './upload.ts';
import { workflowLog, writeSummary } from './workflow-log.ts';

/**
 * Shows and keeps what a job found: artifact first, since it is the proof, then the branch of runs, the summary, the
 * outputs and the comment. What is in no artifact is not recorded. An artifact whose name is taken fails the job; failing to post
 * anything does not, nor does the branch of runs, which is but an index.
 *
 * @param options.key stands for this job in names.
 */
export async function publish(
  context: JobContext,
  command: string,
  job: Job,
  options: CommentPlan & { readonly mayRecord: MayRecord },
): Promise<void> {
  const { work, outcome, artifactRoot, records } = job;
  const { report } = outcome;
  const files = { result: 'result.json', ...(report && { report: 'report.md', 'report-json': 'report.json' }) };
  await writeJson(join(artifactRoot, files.result), documentOf(command, work, outcome));
  if (report) await writeReport(createProjectFiles(artifactRoot), report, '');
  const added = records?.added ?? [];
  // Nobody expects the runs of a change to be recorded.
  const isChange = context.event.kind === 'pull_request' || context.event.kind === 'merge_group';
  const asked = added.length === 0 || isChange ? null : options.mayRecord;
  if (records && asked && 'yes' in asked) await listRecorded(records, artifactRoot);
  const upload = await uploadFolder(context, artifactName(options.key, context.runAttempt), artifactRoot);
  const unrecorded = asked === null ? null : 'no' in asked ? asked.no : upload.fault;
  if (upload.fault !== null) tellFault(upload.fault, asked !== null && 'yes' in asked);
  if (asked && 'no' in asked) workflowLog.info(`these runs are not recorded: ${asked.no}`);
  if (records && asked && unrecorded === null) await record(context, records);
  const page =
    report && report.datasets.length > 0
      ? await attempt('the HTML report could not be written', () => publishPage(context, options.key, job, upload))
      : undefined;
  await attempt('the summary could not be written', async () => {
    await writeSummary(summaryOf(job, page?.url));
    if (unrecorded !== null) await writeSummary(markdown`\n${sentence`These runs are not recorded: ${unrecorded}.`}\n`);
    const why = report ? whyNoComment(context, options, report) : null;
    if (why) await writeSummary(markdown`\n${why}\n`);
  });
  const url =
    report &&
    (await attempt('the comment could not be posted', () => publishReport(context, options, report, page?.url)));
  core.setOutput('outcome', outcome.judgement?.status ?? 'done');
  for (const name of ['report', 'report-json', 'result'] as const)
    core.setOutput(name, name in files ? join(artifactRoot, (files as Record<string, string>)[name]!) : '');
  core.setOutput('report-html', page?.path ?? '');
  core.setOutput('report-url', page?.url ?? '');
  core.setOutput('runs', JSON.stringify(added.map(({ id }) => id)));
  core.setOutput('artifact', upload.fault === null ? upload.name : '');
  core.setOutput('comment-url', url ?? '');
  if (upload.isTaken) throw nameTaken(upload.name);
}

/** Writes the HTML report, and uploads it where the job's other artifact could be. */
async function publishPage(
  context: JobContext,
  key: string,
  { artifactRoot, outcome: { report, charts } }: Job,
  { fault }: Upload,
): Promise<{ readonly path: string; readonly url?: string }> {
  const folder = `${artifactRoot}-report`;
  const files = createProjectFiles(folder);
  const name = await writePage(files, pageName(key, context.runAttempt), { report: report!, charts: charts! });
  const path = join(folder, name);
  if (fault !== null) return { path };
  const url = await attempt('the HTML report could not be uploaded, so nothing links it', () =>
    uploadPage(context, path),
  );
  return { path, ...(url !== undefined && { url }) };
}

function summaryOf({ work, outcome }: Job, page: string | undefined): Markdown {
  return work.markdown?.(outcome, page) ?? verbatim(work.terminal(outcome));
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, `${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/** Says in the artifact which of its runs are recorded: those of a change lie in theirs without such a list. */
async function listRecorded({ runs, added }: JobRecords, artifactRoot: string): Promise<void> {
  const list = recordedList(await runs.files(added.map(({ id }) => id)));
  await writeFileAtomic(join(artifactRoot, RECORDED_LIST), list);
}

/** Adds the runs to the branch of runs, and their evidence to its own. */
async function record(context: JobContext, records: JobRecords): Promise<void> {
  const { rules, added, baselines, branchStore, evidence, evidenceBranch } = records;
  await attempt(INDEX_LACKS, () => branchStore.put(added));
  if (!evidenceBranch) return;
  await attempt('the evidence could not be kept on its branch', async () => {
    const [champion = null] =
      rules.baseline.champion === null ? [] : await context.history.firstParents(rules.baseline.champion, 1);
    await keepEvidence(baselines, evidenceBranch, { runs: added, recorded: branchStore, store: evidence, champion });
  });
}

/** Baselines are found by their commit all the same. */
const INDEX_LACKS =
  'the runs are in the artifact, where later changes find them, but could not be added to the branch of runs, so lists and trends lack them';

function tellFault(fault: string, isLoss: boolean): void {
  const loss = 'these runs are not recorded, and later changes cannot be compared with them';
  workflowLog.warn(isLoss ? `${fault}; ${loss}` : fault);
}

function nameTaken(name: string): AppError {
  return new AppError({
    message: 'another step of this workflow run, with the same job name and inputs, has uploaded this artifact',
    found: name,
    next: 'give the steps different inputs (working-directory, config, dataset or model), or remove one of them',
  });
}

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    workflowLog.warn(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
