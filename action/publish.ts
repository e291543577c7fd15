import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { documentOf } from '../core/commands/document.ts';
import { writeFileAtomic } from '../core/io/files.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { COMMENT_BYTES, renderMarkdown } from '../core/report/markdown.ts';
import { verbatim } from '../core/report/markdown-blocks.ts';
import { printableJson } from '../core/report/printable.ts';
import type { Report } from '../core/report/report-schema.ts';
import type { Markdown } from '../core/report/to-markdown.ts';
import { writeReport } from '../core/report/write-report.ts';
import { digestRecordName, digestRecordOf } from '../github/digest-record.ts';
import { artifactName } from '../github/run-artifact.ts';
import { upsertComment } from '../github/upsert-comment.ts';
import type { JobContext } from './context.ts';
import type { Job } from './job.ts';
import type { JobRecords } from './job-records.ts';
import { keepEvidence } from './keep-evidence.ts';
import { workflowLog, writeSummary } from './workflow-log.ts';

/**
 * Shows and keeps what a job found: artifact first, since it is the proof, then the branch of runs, the summary, the
 * outputs and the comment. Failing to keep a run of the default branch fails the job; failing to post anything does not.
 *
 * @param changed whether the step overrode values of the project file: what it trained is then no run of its commit.
 */
export async function publish(context: JobContext, command: string, job: Job): Promise<void> {
  const { work, outcome, artifactRoot, records } = job;
  const { report } = outcome;
  const files = { result: 'result.json', ...(report && { report: 'report.md', 'report-json': 'report.json' }) };
  await writeJson(join(artifactRoot, files.result), documentOf(command, work, outcome));
  if (report) await writeReport(createProjectFiles(artifactRoot), report, '');
  const artifact = await attempt('the artifact could not be uploaded', () => uploadArtifact(context, artifactRoot));
  const added = records?.added ?? [];
  if (records && added.length > 0 && records.withheld.length === 0) await record(context, records);
  await attempt('the summary could not be written', () => writeSummary(summaryOf(job)));
  const url = report && (await attempt('the comment could not be posted', () => comment(context, report)));
  core.setOutput('outcome', outcome.judgement?.status ?? 'done');
  for (const name of ['report', 'report-json', 'result'] as const)
    core.setOutput(name, name in files ? join(artifactRoot, (files as Record<string, string>)[name]!) : '');
  core.setOutput('runs', JSON.stringify(added.map(({ id }) => id)));
  core.setOutput('artifact', artifact ?? '');
  core.setOutput('comment-url', url ?? '');
}

function summaryOf({ work, outcome }: Job): Markdown {
  return work.markdown?.(outcome) ?? verbatim(work.terminal(outcome));
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, `${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/** Adds the runs to the branch of runs, and their evidence to its own. */
async function record(context: JobContext, records: JobRecords): Promise<void> {
  const { rules, added, runs, branchStore, evidence, evidenceBranch } = records;
  await attempt('the digests of the runs could not be uploaded', async () => {
    const name = digestRecordName(context.runAttempt);
    const path = join(context.temp, name);
    await writeFileAtomic(path, digestRecordOf(await runs.files(added.map(({ id }) => id))));
    await (await artifactClient()).uploadArtifact(name, [path], context.temp, { skipArchive: true });
  });
  await branchStore.put(added);
  if (!evidenceBranch) return;
  await attempt('the evidence could not be kept on its branch', async () => {
    const [champion = null] =
      rules.baseline.champion === null ? [] : await context.history.firstParents(rules.baseline.champion, 1);
    await keepEvidence(context, evidenceBranch, { runs: added, recorded: branchStore, store: evidence, champion });
  });
}

async function uploadArtifact({ runAttempt }: JobContext, root: string): Promise<string> {
  const name = artifactName(runAttempt);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  await (await artifactClient()).uploadArtifact(name, files, root);
  return name;
}

/** The client is a megabyte of code: it is loaded when there is something to upload. */
async function artifactClient() {
  const { DefaultArtifactClient } = await import(/* webpackMode: "eager" */ '@actions/artifact');
  return new DefaultArtifactClient();
}

async function comment({ event, octokit, repository, token }: JobContext, report: Report): Promise<string | undefined> {
  if (event.kind !== 'pull_request' || report.datasets.length === 0) return undefined;
  if (event.fork || !token) {
    workflowLog.info(
      'this pull request comes from a fork: the report is in the summary and the artifact, not in a comment',
    );
    return undefined;
  }
  const marker = '<!-- mlops-action:report -->';
  return (
    await upsertComment(octokit, repository, event.number, { marker, body: renderMarkdown(report, COMMENT_BYTES) })
  ).url;
}

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    workflowLog.warn(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
