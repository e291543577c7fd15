import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join, posix } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as core from '@actions/core';
import { commands } from '../core/commands/index.ts';
import { type PipelineResult, runPipeline } from '../core/commands/pipeline.ts';
import type { Log, Ports } from '../core/commands/ports.ts';
import type { BaselineSource, BaselineStart } from '../core/comparison/baseline.ts';
import type { History } from '../core/comparison/history.ts';
import { parseOverride, parseProject } from '../core/config/parse.ts';
import type { Project } from '../core/config/project.ts';
import { AppError } from '../core/errors/app-error.ts';
import { cpuSeconds, readEnvironment } from '../core/io/environment.ts';
import { readText } from '../core/io/files.ts';
import { createFolderEvidenceStore } from '../core/io/folder-evidence-store.ts';
import { createFolderRunStore } from '../core/io/folder-run-store.ts';
import { readGitState } from '../core/io/git-history.ts';
import { createGitRunStore } from '../core/io/git-run-store.ts';
import { createProcessRunner } from '../core/io/process-runner.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import type { Report } from '../core/report/report.ts';
import type { RunStore } from '../core/tracking/run-store.ts';
import type { WorkflowEvent } from '../github/event.ts';
import { evidenceIn, type JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';

export interface JobResult extends PipelineResult {
  readonly project: Project;
  /** The folder whose content is the artifact. */
  readonly artifactRoot: string;
  readonly branchStore: RunStore;
}

/** First-parent commits that are looked through for a run. */
const DEPTH = 100;

/** Runs the command of the step: what it is compared with comes from the branch of runs, as far as GitHub vouches for it. */
export async function runJob(context: JobContext, inputs: Inputs): Promise<JobResult> {
  const { event, history } = context;
  const command = commands.get(inputs.command);
  const root = join(context.workspace, inputs['working-directory']);
  const text = await readText(join(root, inputs.config));
  const own = parseProject(text, inputs.config, inputs.set.map(parseOverride));
  const git = await readGitState(root);
  const head = git.sha ?? context.sha;
  const warnings: string[] = [];
  const path = posix.join(inputs['working-directory'].replaceAll('\\', '/'), inputs.config);
  const base = await baseProject(event, history, path, warnings);
  const start = await findStart(context, head, inputs.baseline, (base ?? own).champion);
  const artifactRoot = join(context.temp, `mlops-${randomUUID()}`);
  const branchStore = createGitRunStore({
    remote: `${context.serverUrl}/${context.repository.owner}/${context.repository.repo}.git`,
    branch: (base ?? own).tracking.branch,
    workDir: join(context.temp, 'mlops-runs.git'),
    serverUrl: context.serverUrl,
    ...(context.token && { token: context.token }),
  });
  const listing = await branchStore.list();
  for (const { path: file, reason } of listing.skipped)
    warnings.push(`${file} on ${branchStore.description} was skipped: ${reason}`);
  const workers = createWorkerPool(inputs.threads ?? availableParallelism());
  const ports: Ports = {
    files: createProjectFiles(root),
    runs: createFolderRunStore(artifactRoot),
    evidence: createFolderEvidenceStore(artifactRoot),
    baselines: baselineSource(context, listing.runs),
    start,
    workers,
    processes: createProcessRunner({ root, env: process.env }),
    log: jobLog,
    now: () => new Date(),
    seconds: () => performance.now() / 1000,
    cpuSeconds,
    nonce: randomUUID,
    git: { sha: head, branch: context.branch, base: start.commits[0] ?? null, dirty: inputs.set.length > 0 },
    workflow: { run_id: context.runId, attempt: context.runAttempt },
    environment: readEnvironment(),
    reuseRuns: false,
  };
  try {
    const result = await runPipeline(ports, {
      command: inputs.command,
      steps: command.steps,
      project: own,
      base,
      datasets: inputs.dataset,
      models: inputs.model,
      force: inputs.force,
      about: {
        place: event.kind === 'other' ? 'branch' : event.kind,
        changedFiles: await changedFiles(event, history, start, head),
        runUrl: context.runUrl,
        warnings,
      },
    });
    return {
      ...result,
      project: base ? { ...own, onInconclusive: base.onInconclusive } : own,
      artifactRoot,
      branchStore,
    };
  } finally {
    await workers.close();
  }
}

/** Where to look for a baseline. `champion` is the base's: a change must not choose what it is compared with. */
async function findStart(
  { event, history, defaultBranch }: JobContext,
  head: string,
  named: string | undefined,
  championName: string | null,
): Promise<BaselineStart> {
  const [champion = null] = championName === null ? [] : await history.firstParents(championName, 1);
  if (named !== undefined) {
    const commits = await history.firstParents(named === 'champion' ? (champion ?? named) : named, DEPTH);
    if (commits.length > 0) return { kind: 'named', commits, champion };
    throw new AppError({
      place: 'input baseline',
      message: `"${named}" is no commit, branch or tag of this repository`,
    });
  }
  if (event.kind === 'default_branch') {
    return { kind: 'ancestor', commits: (await history.firstParents(head, DEPTH + 1)).slice(1), champion };
  }
  const other = event.kind === 'other' ? defaultBranch : event.baseSha;
  const base = await history.mergeBase(other, head);
  return { kind: 'merge_base', commits: base === undefined ? [] : await history.firstParents(base, DEPTH), champion };
}

/** The configuration a change is judged by; its own, with a warning, when the base has none that can be read. */
async function baseProject(
  event: WorkflowEvent,
  history: History,
  path: string,
  warnings: string[],
): Promise<Project | null> {
  if (event.kind !== 'pull_request' && event.kind !== 'merge_group') return null;
  const text = await history.fileAt(event.baseSha, path);
  if (text === undefined) {
    warnings.push(`${path} is not there in the base commit: this change is judged by its own`);
    return null;
  }
  try {
    return parseProject(text, `${path} of the base commit`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    warnings.push(
      `${path} of the base commit cannot be read, so this change is judged by its own: ${error.problems[0]?.message}`,
    );
    return null;
  }
}

function baselineSource({ vouch }: JobContext, runs: BaselineSource['runs']): BaselineSource {
  return {
    runs,
    async vouch(run) {
      const provenance = await vouch(run);
      if (provenance.kind !== 'trusted') return provenance;
      return { kind: 'trusted', proof: (await evidenceIn(provenance.files).get(run.id)) ?? null };
    },
  };
}

async function changedFiles(
  event: WorkflowEvent,
  history: History,
  start: BaselineStart,
  head: string,
): Promise<Report['changedFiles']> {
  const base = start.commits[0];
  if (base === undefined || event.kind === 'other') return null;
  return (await history.changedFiles(base, head)) ?? null;
}

const jobLog: Log = {
  info: core.info,
  warn: core.warning,
  progress(label, done, total, ended) {
    if (done === total) core.info(`${label}: ${ended}`);
  },
};
