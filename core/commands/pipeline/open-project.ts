import { planBaselineSearch } from '../../comparison/baseline-search.ts';
import { type EvidencePlace, evidencePlace } from '../../config/evidence-place.ts';
import { parseProject } from '../../config/parse.ts';
import type { Project } from '../../config/project.ts';
import { AppError } from '../../errors/app-error.ts';
import type { CommandPorts, Ports } from '../ports.ts';
import { readProject } from '../read-project.ts';
import { checkNames } from './check-names.ts';
import { tellingBaselines } from './debug-lines.ts';
import type { PipelineOptions } from './run-pipeline.ts';

/** The options that say what of a project is worked on, and how. */
export interface ProjectOptions {
  readonly dataset: readonly string[];
  readonly model: readonly string[];
  readonly set: readonly string[];
  readonly threads?: number | undefined;
  readonly baseline?: string | undefined;
}

/** A project, and the world opened for it. */
export interface OpenProject extends Pick<PipelineOptions, 'project' | 'base' | 'evidence' | 'about'> {
  readonly ports: Ports;
}

/**
 * Reads the project and the rules it is judged by, and opens what belongs to them: records, the baseline to search for, threads.
 *
 * @throws ConfigError when there is no project file, or an option names what is not in it.
 */
export async function openProject(world: CommandPorts, options: ProjectOptions): Promise<OpenProject> {
  const { change, log } = world;
  const { project, warnings: ofFile } = await readProject(world, options.set);
  checkNames(project, options, world.projectFile.path);
  const warnings: string[] = [...ofFile];
  const base = await baseProject(world, warnings);
  const rules = base ?? project;
  const head = await change.head();
  // An override is as much a difference from the commit as an edited file.
  const dirty = head.dirty || options.set.length > 0;
  const records = await world.openRecords(rules);
  const search = await planBaselineSearch(
    change.history,
    {
      head: head.sha,
      noCommit: head.noCommit,
      dirty,
      into: head.into,
      defaultBranch: head.defaultBranch,
      named: options.baseline,
      // The base's: a change must not choose what it is compared with.
      champion: rules.baseline.champion,
    },
    records.baselines.runs,
  );
  log.debug(`baseline search: ${search.kind}, ${search.commits.length} commits from ${search.commits[0] ?? 'nowhere'}`);
  const isReviewed = change.place !== 'laptop' && change.place !== 'branch';
  const [mergeBase = null] = search.commits;
  const ports: Ports = {
    files: world.files,
    processes: world.processes,
    log,
    now: world.now,
    seconds: world.seconds,
    cpuSeconds: world.cpuSeconds,
    nonce: world.nonce,
    reuseRuns: world.reuseRuns,
    runs: records.runs,
    evidence: records.evidence,
    acceptances: records.acceptances,
    baselines: tellingBaselines(records.baselines, log),
    search,
    workers: world.workers(options.threads),
    git: { sha: head.sha, branch: head.branch, base: change.place === 'laptop' ? null : mergeBase, dirty },
    workflow: change.workflow,
    environment: world.environment(),
  };
  return {
    ports,
    project,
    base,
    evidence: evidenceOf(project, rules, change.isPrivate, change.place === 'default_branch' && !dirty),
    about: {
      place: change.place,
      changedFiles:
        isReviewed && mergeBase !== null && head.sha !== null
          ? ((await change.history.changedFiles(mergeBase, head.sha)) ?? null)
          : null,
      runUrl: change.runUrl,
      ...(change.headSha !== null && { headSha: change.headSha }),
      warnings: () => [...warnings, ...records.warnings()],
    },
  };
}

/** What a change says of its own evidence holds for that; on the branch only the default branch's own is kept. */
function evidenceOf(own: Project, rules: Project, isPrivate: boolean, isRecorded: boolean): EvidencePlace {
  if (isRecorded) return evidencePlace(rules.tracking, { isPrivate });
  return evidencePlace(own.tracking, { isPrivate }) === 'off' ? 'off' : 'artifact';
}

/** The configuration a change is judged by; its own, with a warning, when the base has none that can be read. */
async function baseProject({ change }: CommandPorts, warnings: string[]): Promise<Project | null> {
  const base = await change.baseFile();
  if (base === null) return null;
  if (base.text === undefined) {
    warnings.push(`${base.path} does not exist in the base commit: this change is judged by its own`);
    return null;
  }
  try {
    return parseProject(base.text, `${base.path} of the base commit`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    warnings.push(
      `${base.path} of the base commit cannot be read, so this change is judged by its own: ${error.problems[0]?.message}`,
    );
    return null;
  }
}
