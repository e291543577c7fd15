import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join, posix } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as core from '@actions/core';
import { commands } from '../core/commands/index.ts';
import { type PipelineResult, runPipeline } from '../core/commands/pipeline.ts';
import type { Ports } from '../core/commands/ports.ts';
import { type BaselineSearch, planBaselineSearch } from '../core/comparison/baseline-search.ts';
import { evidencePlace } from '../core/config/evidence-place.ts';
import { parseOverride, parseProject } from '../core/config/parse.ts';
import type { Project } from '../core/config/project.ts';
import { AppError } from '../core/errors/app-error.ts';
import type { EvidenceStore } from '../core/evidence/evidence.ts';
import { evidenceBranchOf } from '../core/evidence/evidence-branch.ts';
import { cpuSeconds, readEnvironment } from '../core/io/environment.ts';
import { readText } from '../core/io/files.ts';
import { createFolderEvidenceStore } from '../core/io/folder/folder-evidence-store.ts';
import { createFolderRunStore } from '../core/io/folder/folder-run-store.ts';
import { readCheckedOutCommit } from '../core/io/git/clone.ts';
import { createGitAcceptanceStore } from '../core/io/git/git-acceptance-store.ts';
import { createGitEvidenceBranch, type GitEvidenceBranch } from '../core/io/git/git-evidence-branch.ts';
import { createGitRunStore } from '../core/io/git/git-run-store.ts';
import { createProcessRunner } from '../core/io/process/process-runner.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import type { History } from '../core/ports/history.ts';
import type { Log } from '../core/ports/log.ts';
import type { Report } from '../core/report/report.ts';
import type { RunStore } from '../core/tracking/run-store.ts';
import { skippedWarnings } from '../core/tracking/skipped-files.ts';
import type { WorkflowEvent } from '../github/event.ts';
import type { JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';
import { trustedBaselines } from './trusted-baselines.ts';

export interface JobResult extends PipelineResult {
  readonly project: Project;
  /** The folder whose content is the artifact. */
  readonly artifactRoot: string;
  readonly branchStore: RunStore;
  readonly evidence: EvidenceStore;
  /** Where the evidence of these runs is to be kept, too; null where it is not. */
  readonly evidenceBranch: GitEvidenceBranch | null;
  /** The champion's commit. */
  readonly champion: string | null;
}

/** Runs the command of the step: what it is compared with comes from the branch of runs, as far as GitHub vouches for it. */
export async function runJob(context: JobContext, inputs: Inputs): Promise<JobResult> {
  const { event, history } = context;
  const command = commands.get(inputs.command);
  const root = join(context.workspace, inputs['working-directory']);
  const text = await readText(join(root, inputs.config));
  const own = parseProject(text, inputs.config, inputs.set.map(parseOverride));
  const head = (await readCheckedOutCommit(context.workspace, root)) ?? context.sha;
  const warnings: string[] = [];
  const path = posix.join(inputs['working-directory'].replaceAll('\\', '/'), inputs.config);
  const base = await baseProject(event, history, path, warnings);
  const artifactRoot = join(context.temp, `mlops-${randomUUID()}`);
  const { branch } = (base ?? own).tracking;
  const branchStore = createGitRunStore(branchOptions(context, branch));
  const listing = await branchStore.list();
  const accepted = await createGitAcceptanceStore(branchOptions(context, branch)).list();
  const dirty = inputs.set.length > 0;
  const search = await planBaselineSearch(
    history,
    {
      head,
      dirty,
      into: mergedInto(context),
      defaultBranch: context.defaultBranch,
      named: inputs.baseline,
      // The base's: a change must not choose what it is compared with.
      champion: (base ?? own).champion,
    },
    listing.runs,
  );
  const place = evidencePlace((base ?? own).tracking, context);
  const evidenceBranch =
    place === 'branch' ? createGitEvidenceBranch(branchOptions(context, evidenceBranchOf(branch))) : null;
  const baselines = trustedBaselines(context, listing.runs, evidenceBranch);
  const evidence = createFolderEvidenceStore(artifactRoot);
  const records = event.kind === 'default_branch' && !dirty;
  const workers = createWorkerPool(inputs.threads ?? availableParallelism());
  const ports: Ports = {
    files: createProjectFiles(root),
    runs: createFolderRunStore(artifactRoot),
    evidence,
    acceptances: async () => accepted.acceptances,
    baselines,
    search,
    workers,
    processes: createProcessRunner({ root, env: process.env }),
    log: jobLog,
    now: () => new Date(),
    seconds: () => performance.now() / 1000,
    cpuSeconds,
    nonce: randomUUID,
    git: { sha: head, branch: context.branch, base: search.commits[0] ?? null, dirty },
    workflow: { runId: context.runId, attempt: context.runAttempt },
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
      // What a change says of its own evidence holds for that; on the branch only the default branch's own is kept.
      evidence: records ? place : evidencePlace(own.tracking, context) === 'off' ? 'off' : 'artifact',
      about: {
        place: event.kind === 'other' ? 'branch' : event.kind,
        changedFiles: await changedFiles(event, history, search, head),
        runUrl: context.runUrl,
        ...('headSha' in event && { headSha: event.headSha }),
        warnings: () => [
          ...warnings,
          ...skippedWarnings(branchStore.description, [...listing.skipped, ...accepted.skipped]),
          ...baselines.notes(),
          ...skippedWarnings('evidence of baselines', baselines.skipped),
        ],
      },
    });
    return {
      ...result,
      project: base ? { ...own, onInconclusive: base.onInconclusive } : own,
      artifactRoot,
      branchStore,
      evidence,
      evidenceBranch: records ? evidenceBranch : null,
      champion: search.champion?.sha ?? null,
    };
  } finally {
    await workers.close();
  }
}

/** The commit or branch that the job's commit is to be merged into; none for the default branch's own. */
export function mergedInto({ event, defaultBranch }: Pick<JobContext, 'event' | 'defaultBranch'>): readonly string[] {
  if (event.kind === 'default_branch') return [];
  return [event.kind === 'other' ? defaultBranch : event.baseSha];
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

/** A branch of the job's own repository. */
function branchOptions({ serverUrl, repository, temp, token, workspace }: JobContext, branch: string) {
  return {
    remote: `${serverUrl}/${repository.owner}/${repository.repo}.git`,
    branch,
    workDir: join(temp, `mlops-${branch.replaceAll('/', '-')}.git`),
    serverUrl,
    workspace,
    warn: core.warning,
    ...(token && { token }),
  };
}

async function changedFiles(
  event: WorkflowEvent,
  history: History,
  search: BaselineSearch,
  head: string,
): Promise<Report['changedFiles']> {
  const base = search.commits[0];
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
