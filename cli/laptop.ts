import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Ports } from '../core/commands/ports.ts';
import { planBaselineSearch } from '../core/comparison/baseline-search.ts';
import { originsOf } from '../core/config/origins.ts';
import { parseOverride } from '../core/config/overrides.ts';
import { missingProject, parseProject } from '../core/config/parse.ts';
import { plannedModels } from '../core/config/planned-models.ts';
import type { Project } from '../core/config/project.ts';
import { unusedWarnings } from '../core/config/unused-keys.ts';
import { ConfigError } from '../core/errors/app-error.ts';
import { skippingEvidenceStore } from '../core/evidence/skipping-evidence-store.ts';
import { cpuSeconds, readEnvironment } from '../core/io/environment.ts';
import { fileExists, readText } from '../core/io/files.ts';
import { createFolderAcceptanceStore } from '../core/io/folder/folder-acceptance-store.ts';
import { createFolderEvidenceStore } from '../core/io/folder/folder-evidence-store.ts';
import { createFolderRunStore } from '../core/io/folder/folder-run-store.ts';
import { createGitHistory, type GitState, readGitState } from '../core/io/git/git-history.ts';
import { createProcessRunner } from '../core/io/process/process-runner.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import { suggest } from '../core/registry/suggest.ts';
import type { SkippedFile } from '../core/tracking/skipped-files.ts';
import type { Place } from './tool.ts';

/** What every command takes that trains on a laptop. */
export interface LaptopOptions {
  readonly config: string;
  readonly dataset: readonly string[];
  readonly model: readonly string[];
  readonly set: readonly string[];
  readonly threads?: number | undefined;
  readonly baseline?: string | undefined;
}

/** The world of a command on a laptop. */
interface Laptop {
  readonly ports: Ports;
  readonly project: Project;
  readonly configPath: string;
  /** What a person should know of the project file. */
  readonly warnings: readonly string[];
  /** Files of `.mlops/` that could not be read, so far. */
  readonly skipped: readonly SkippedFile[];
  /** Lets the threads go. */
  close(): Promise<void>;
}

/**
 * Reads the project and opens what belongs to it: runs and evidence in `.mlops/`, git, threads.
 *
 * @throws ConfigError when there is no project file, or an option names what is not in it.
 */
export async function openLaptop(options: LaptopOptions, { cwd, log }: Place): Promise<Laptop> {
  const configPath = resolve(cwd, options.config);
  if (!(await fileExists(configPath))) throw missingProject(options.config);
  const text = await readText(configPath);
  const overrides = options.set.map(parseOverride);
  const project = parseProject(text, options.config, overrides);
  const warnings = unusedWarnings(originsOf(text, options.config, overrides));
  for (const warning of warnings) log.warn(warning);
  checkNames(
    'data set',
    options.dataset,
    project.datasets.map((dataset) => dataset.id),
  );
  checkNames('model', options.model, [
    ...new Set(
      project.datasets.flatMap(({ id, task }) =>
        plannedModels({ project, base: null, chosen: [] }, id, task).map((model) => model.id),
      ),
    ),
  ]);
  const root = dirname(configPath);
  const runs = createFolderRunStore(resolve(root, '.mlops'));
  const skipped: SkippedFile[] = [];
  const evidence = skippingEvidenceStore(createFolderEvidenceStore(resolve(root, '.mlops')), skipped);
  const git = await readGitState(root);
  // Overrides are as much a difference from the commit as an edited file.
  const dirty = git.dirty || options.set.length > 0;
  const listing = await runs.list();
  skipped.push(...listing.skipped);
  const workers = createWorkerPool(options.threads ?? availableParallelism());
  const ports: Ports = {
    files: createProjectFiles(root),
    runs,
    evidence,
    async acceptances() {
      const found = await createFolderAcceptanceStore(resolve(root, '.mlops')).list();
      skipped.push(...found.skipped);
      return found.acceptances;
    },
    baselines: {
      runs: listing.runs,
      verify: async (run) => ({ kind: 'local', predictions: (await evidence.get(run.id)) ?? null }),
    },
    search: await planBaselineSearch(
      createGitHistory(root),
      {
        head: git.sha,
        dirty,
        into: mergedInto(git),
        defaultBranch: git.defaultBranch,
        named: options.baseline,
        champion: project.baseline.champion,
      },
      listing.runs,
    ),
    workers,
    processes: createProcessRunner({ root, env: process.env }),
    log,
    now: () => new Date(),
    seconds: () => performance.now() / 1000,
    cpuSeconds,
    nonce: randomUUID,
    git: { sha: git.sha, branch: git.branch, base: null, dirty },
    workflow: null,
    environment: readEnvironment(),
    reuseRuns: true,
  };
  return { ports, project, configPath, warnings, skipped, close: () => workers.close() };
}

/** The default branch as this clone has it and as the remote did when last asked: either may be the older one. */
export function mergedInto({ defaultBranch }: Pick<GitState, 'defaultBranch'>): readonly string[] {
  return defaultBranch === null ? [] : [`refs/remotes/origin/${defaultBranch}`, `refs/heads/${defaultBranch}`];
}

function checkNames(kind: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new ConfigError(
    unknown.map((name) => {
      const near = suggest(name, known);
      return {
        message: `the project has no ${kind} "${name}"`,
        allowed: known.join(', '),
        ...(near && { next: `did you mean "${near}"?` }),
      };
    }),
  );
}
