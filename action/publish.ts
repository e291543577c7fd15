import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import * as core from '@actions/core';
import { writeFileAtomic } from '../core/io/files.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { COMMENT_BYTES, renderMarkdown, SUMMARY_BYTES } from '../core/report/markdown.ts';
import { writeReport } from '../core/report/write-report.ts';
import { digestRecordName, digestRecordOf } from '../github/digest-record.ts';
import { artifactName } from '../github/run-artifact.ts';
import { upsertComment } from '../github/upsert-comment.ts';
import type { JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';
import type { JobResult } from './job.ts';
import { keepEvidence } from './keep-evidence.ts';

/**
 * Shows and keeps what a job found: artifact first, since it is the proof, then the branch of runs, the summary, the
 * outputs and the comment. Failing to keep a run of the default branch fails the job; failing to post anything does not.
 */
export async function publish(context: JobContext, inputs: Inputs, result: JobResult): Promise<void> {
  const { report, runs, artifactRoot } = result;
  const { event } = context;
  await writeReport(createProjectFiles(artifactRoot), report, '');
  const artifact = await attempt('the artifact could not be uploaded', () => uploadArtifact(context, artifactRoot));
  if (event.kind === 'default_branch' && inputs.set.length === 0 && runs.length > 0) await record(context, result);
  await attempt('the summary could not be written', () =>
    core.summary.addRaw(renderMarkdown(report, SUMMARY_BYTES), true).write(),
  );
  const url = await attempt('the comment could not be posted', () => comment(context, result));
  core.setOutput('verdict', report.verdict?.outcome ?? '');
  core.setOutput('report', join(artifactRoot, 'report.md'));
  core.setOutput('report-json', join(artifactRoot, 'report.json'));
  core.setOutput('runs', JSON.stringify(runs.map(({ id }) => id)));
  core.setOutput('artifact', artifact ?? '');
  core.setOutput('comment-url', url ?? '');
}

/** Adds the runs to the branch of runs, and their evidence to its own. */
async function record(context: JobContext, result: JobResult): Promise<void> {
  const { runs, branchStore, evidence, evidenceBranch, champion } = result;
  await attempt('the digests of the runs could not be uploaded', async () => {
    const path = join(context.temp, digestRecordName(context.runAttempt));
    await writeFileAtomic(path, digestRecordOf(runs));
    await new DefaultArtifactClient().uploadArtifact(digestRecordName(context.runAttempt), [path], context.temp, {
      skipArchive: true,
    });
  });
  await branchStore.put(runs);
  if (!evidenceBranch) return;
  await attempt('the evidence could not be kept on its branch', () =>
    keepEvidence(context, evidenceBranch, { runs, recorded: branchStore, store: evidence, champion }),
  );
}

async function uploadArtifact({ runAttempt }: JobContext, root: string): Promise<string> {
  const name = artifactName(runAttempt);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  await new DefaultArtifactClient().uploadArtifact(name, files, root);
  return name;
}

async function comment(
  { event, octokit, repository, token }: JobContext,
  { report }: JobResult,
): Promise<string | undefined> {
  if (event.kind !== 'pull_request' || report.datasets.length === 0) return undefined;
  if (event.fork || !token) {
    core.info('this pull request comes from a fork: the report is in the summary and the artifact, not in a comment');
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
    core.warning(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
