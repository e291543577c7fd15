import { believedBranches } from '../../change/believed-branches.ts';
import { refuseChanged } from '../../change/changed-inputs.ts';
import { projectFolder } from '../../change/repository-path.ts';
import { type Rules, readRules } from '../../change/rules.ts';
import { type TwinCommits, twinCommits } from '../../change/twin-commits.ts';
import { planBaselineSearch } from '../../comparison/baseline-search.ts';
import { type EvidencePlace, evidencePlace } from '../../config/evidence-place.ts';
import type { Project } from '../../config/project.ts';
import type { Change, Standing } from '../../ports/change.ts';
import { shortSha } from '../../records/short-sha.ts';
import type { BaseCommit, CommandPorts, Ports } from '../ports.ts';
import { readProject } from '../read-project.ts';
import { checkNames } from './check-names.ts';
import { tellingBaselines } from './debug-lines.ts';
import { compareInputs, pathOfProjectFile } from './project-inputs.ts';
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
export interface OpenProject
  extends Pick<PipelineOptions, 'project' | 'base' | 'subject' | 'knowsBase' | 'notJudged' | 'evidence' | 'about'> {
  readonly ports: Ports;
  readonly rules: Rules;
}

/**
 * Reads the project and the rules it is judged by, and opens what belongs to them: records, the baseline to search for, threads.
 *
 * @throws ConfigError when there is no project file, an option names what is not in it, or the rules cannot be read.
 */
export async function openProject(world: CommandPorts, options: ProjectOptions): Promise<OpenProject> {
  const { change, log, projectFile } = world;
  const { project, warnings } = await readProject(world, options.set);
  checkNames(project, options, projectFile.path);
  const { changed, isEdited } = await compareInputs(world, project);
  // An override is as much a difference from the commit as an edited file.
  const dirty = (change.place === 'laptop' && isEdited) || options.set.length > 0;
  const rules = await readRules(change, await pathOfProjectFile(world), dirty);
  const { standing, base } = rules;
  const head = await change.head();
  const isJob = change.place !== 'laptop';
  if (isJob && (standing.kind === 'change' || standing.kind === 'without_base')) refuseChanged(changed);
  const defaultBranch = (await change.defaultBranch())?.name ?? null;
  const records = await world.openRecords(base ?? project, believedBranches(standing, defaultBranch), rules.path);
  for (const { path, problem } of changed) records.withhold(`${path} ${problem.message}`);
  if (standing.kind !== 'tracked_branch') records.withhold('only branches that set the rules record runs');
  if (standing.kind === 'tracked_branch' && standing.instead !== undefined) records.withhold(standing.instead);
  if (options.set.length > 0) records.withhold('`set` was given');
  const search = await planBaselineSearch(
    change.history,
    {
      standing,
      head: head.sha,
      isEdited: dirty,
      defaultBranch,
      named: options.baseline,
      // The base's: a change must not choose what it is compared with.
      champion: (base ?? project).baseline.champion,
    },
    records.baselines.runs,
  );
  log.debug(`baseline search: ${search.kind}, ${search.commits.length} commits from ${search.commits[0] ?? 'nowhere'}`);
  const [from = null] = search.commits;
  const isReviewed = isJob && standing.kind === 'change';
  const ports: Ports = {
    files: world.files,
    processes: world.processes,
    log,
    now: world.now,
    seconds: world.seconds,
    cpuSeconds: world.cpuSeconds,
    nonce: world.nonce,
    interruption: world.interruption,
    reuseRuns: world.reuseRuns,
    runs: records.runs,
    evidence: records.evidence,
    acceptances: records.acceptances,
    failedPushes: records.failedPushes,
    baselines: tellingBaselines(records.baselines, log),
    search,
    twins: isReviewed && options.baseline === undefined ? twinsOf(world, rules) : null,
    base: options.baseline === undefined ? baseCommit(world, rules) : null,
    workers: world.workers(options.threads),
    git: { sha: head.sha, branch: head.branch, base: change.place === 'laptop' ? null : from, dirty },
    workflow: change.workflow,
    environment: world.environment(),
  };
  return {
    ports,
    project,
    base,
    rules,
    knowsBase: standing.kind !== 'without_base',
    subject: standing.kind === 'tracked_branch' ? 'tracked_branch' : 'change',
    notJudged: notJudged(standing, options),
    evidence: evidenceOf(project, base ?? project, change.isPrivate, standing.kind === 'tracked_branch' && !dirty),
    about: {
      place: change.place === 'branch' && isOwnCommit(standing, changed) ? 'tracked_branch' : change.place,
      changedFiles:
        isReviewed && from !== null && head.sha !== null
          ? ((await change.history.changedFiles(from, head.sha)) ?? null)
          : null,
      runUrl: change.runUrl,
      accepting: accepting(change, base ?? project),
      warnings: () => [...warnings, ...noteOf(standing), ...ownRules(rules, projectFile.path), ...records.warnings()],
    },
  };
}

/** How a comment on a pull request lets it pass, and the job looks again. */
function accepting(
  { place, headSha, workflow }: Change,
  { accept: role }: Project,
): NonNullable<OpenProject['about']['accepting']> | null {
  if (place !== 'pull_request' && place !== 'merge_group') return null;
  const sha = place === 'pull_request' ? headSha : null;
  return { role, sha, rerun: workflow && `gh run rerun ${workflow.runId} --failed` };
}

function twinsOf({ change, projectFile }: CommandPorts, { base, tree, path }: Rules): TwinCommits | null {
  if (!base || !tree || path === null) return null;
  const folder = projectFolder(path, projectFile.inProject);
  return twinCommits(change.commits, { project: base, tree, path, folder });
}

function baseCommit(
  { projectFile, lfs, remade }: CommandPorts,
  { standing, base, tree, path }: Rules,
): BaseCommit | null {
  if (standing.kind !== 'change' || !base || !tree || path === null) return null;
  return {
    project: base,
    tree,
    folder: projectFolder(path, projectFile.inProject),
    branch: standing.into,
    lfs,
    remade,
  };
}

/** Whether the commit of a branch that sets rules was trained, and nothing else. */
function isOwnCommit(standing: Standing, changed: readonly unknown[]): boolean {
  return standing.kind === 'tracked_branch' && standing.instead === undefined && changed.length === 0;
}

/** Where there is nothing to merge, what is to be compared with can be named. */
function notJudged(standing: Standing, { baseline }: ProjectOptions): PipelineOptions['notJudged'] {
  if (standing.kind !== 'not_judged') return null;
  return standing.reason === 'nothing_to_merge' && baseline !== undefined ? null : standing;
}

/** Why a branch that seems to set rules does not. */
function noteOf(standing: Standing): string[] {
  return standing.kind === 'change' && standing.note !== undefined ? [standing.note] : [];
}

/** What is to be said where a change is judged by its own rules, since neither its base commit nor the default branch has any. */
function ownRules({ standing, base }: Rules, file: string): string[] {
  if (base !== null || standing.kind !== 'change') return [];
  return [`\`${file}\` is not in the base commit, ${shortSha(standing.base)}, so its own rules hold`];
}

/** What a change says of its own evidence holds for that; on the branch only the default branch's own is kept. */
function evidenceOf(own: Project, rules: Project, isPrivate: boolean, isRecorded: boolean): EvidencePlace {
  if (isRecorded) return evidencePlace(rules.tracking, { isPrivate });
  return evidencePlace(own.tracking, { isPrivate }) === 'off' ? 'off' : 'artifact';
}
