import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { commands } from '../core/commands/index.ts';
import { type PipelineResult, runPipeline } from '../core/commands/pipeline.ts';
import type { Log, Ports } from '../core/commands/ports.ts';
import { stopsMerge } from '../core/comparison/verdict.ts';
import { parseOverride, parseProject } from '../core/config/parse.ts';
import { ConfigError } from '../core/errors/app-error.ts';
import { cpuSeconds, readEnvironment } from '../core/io/environment.ts';
import { fileExists, readText } from '../core/io/files.ts';
import { createFolderEvidenceStore } from '../core/io/folder-evidence-store.ts';
import { createFolderRunStore } from '../core/io/folder-run-store.ts';
import { readGitState } from '../core/io/git-history.ts';
import { createProcessRunner } from '../core/io/process-runner.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import { suggest } from '../core/registry/suggest.ts';
import { renderTerminal } from '../core/report/terminal.ts';
import { findStart } from './laptop-baseline.ts';

export interface CommandResult extends PipelineResult {
  readonly failed: boolean;
  /** For standard output. */
  readonly text: string;
}

interface Options {
  readonly config: string;
  readonly dataset: readonly string[];
  readonly model: readonly string[];
  readonly set: readonly string[];
  readonly threads?: number;
  readonly force: boolean;
  readonly baseline?: string;
}

/** Runs one command on a laptop: runs and evidence in `.mlops/`, compared with what this machine has recorded. */
export async function runCommand(
  id: string,
  given: Record<string, unknown>,
  { cwd, log }: { cwd: string; log: Log },
): Promise<CommandResult> {
  const command = commands.get(id);
  const options = given as unknown as Options;
  const configPath = resolve(cwd, options.config);
  if (!(await fileExists(configPath))) {
    throw new ConfigError({
      file: options.config,
      message: 'there is no such file',
      next: 'write one (the smallest names a path, a target and models), or give its path with --config',
    });
  }
  const project = parseProject(await readText(configPath), options.config, options.set.map(parseOverride));
  checkNames(
    'data set',
    options.dataset,
    project.datasets.map((dataset) => dataset.id),
  );
  checkNames('model', options.model, [
    ...new Set(project.datasets.flatMap(({ models, defaults }) => [...models, ...defaults].map((model) => model.id))),
  ]);
  const root = dirname(configPath);
  const runs = createFolderRunStore(resolve(root, '.mlops'));
  const evidence = createFolderEvidenceStore(resolve(root, '.mlops'));
  const git = await readGitState(root);
  const listing = await runs.list();
  for (const { path, reason } of listing.skipped) log.warn(`${path} was skipped: ${reason}`);
  const workers = createWorkerPool(options.threads ?? availableParallelism());
  const ports: Ports = {
    files: createProjectFiles(root),
    runs,
    evidence,
    baselines: {
      runs: listing.runs,
      vouch: async (run) => ({ kind: 'local', proof: (await evidence.get(run.id)) ?? null }),
    },
    start: await findStart(
      root,
      { ...git, dirty: git.dirty || options.set.length > 0 },
      project,
      listing.runs,
      options.baseline,
    ),
    workers,
    processes: createProcessRunner({ root, env: process.env }),
    log,
    now: () => new Date(),
    seconds: () => performance.now() / 1000,
    cpuSeconds,
    nonce: randomUUID,
    // Overrides are as much a difference from the commit as an edited file.
    git: { sha: git.sha, branch: git.branch, base: null, dirty: git.dirty || options.set.length > 0 },
    workflow: null,
    environment: readEnvironment(),
    reuseRuns: true,
  };
  try {
    const result = await runPipeline(ports, {
      command: id,
      steps: command.steps,
      project,
      base: null,
      datasets: options.dataset,
      models: options.model,
      force: options.force,
      about: { place: 'laptop', changedFiles: null, runUrl: null, warnings: [] },
    });
    return { ...result, failed: stopsMerge(result.report.verdict, project.onInconclusive), text: textOf(result) };
  } finally {
    await workers.close();
  }
}

function textOf({ report, files }: PipelineResult): string {
  if (report.datasets.length > 0) return renderTerminal(report);
  return files.length > 0 ? `${files.join('\n')}\n` : 'nothing to do: every table is there\n';
}

function checkNames(kind: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new ConfigError(
    unknown.map((name) => {
      const near = suggest(name, known);
      return {
        message: `mlops.yml has no ${kind} "${name}"`,
        allowed: known.join(', '),
        ...(near && { next: `did you mean "${near}"?` }),
      };
    }),
  );
}
