import { believedBranches } from '../../core/change/believed-branches.ts';
import { withoutOtherEngines } from '../../core/change/other-engines.ts';
import { MAX_PROJECT_BYTES, projectFileOf } from '../../core/change/project-file.ts';
import { folderOfPath } from '../../core/change/repository-path.ts';
import { readRules } from '../../core/change/rules.ts';
import { type TwinCommits, twinCommits } from '../../core/change/twin-commits.ts';
import { unchangedDatasets } from '../../core/change/unchanged.ts';
import { judgementOf } from '../../core/commands/judgement.ts';
import { type Baseline, type BaselineOptions, findBaseline } from '../../core/comparison/baseline.ts';
import { planBaselineSearch } from '../../core/comparison/baseline-search.ts';
import type { EvaluatedRun } from '../../core/comparison/compare-models.ts';
import { chosenDatasets } from '../../core/comparison/judge-runs.ts';
import { olderBaseline } from '../../core/comparison/older-baseline.ts';
import type { FailedPush } from '../../core/comparison/pushed-again.ts';
import { recomputedRun } from '../../core/comparison/recomputed.ts';
import { sharedRowsOf } from '../../core/comparison/shared-rows.ts';
import { judgeByBase } from '../../core/config/judge-keys.ts';
import { parseProject } from '../../core/config/parse.ts';
import type { DatasetConfig, Project } from '../../core/config/project.ts';
import { ConfigError } from '../../core/errors/app-error.ts';
import type { Standing } from '../../core/ports/change.ts';
import type { CommitTree } from '../../core/ports/commit-tree.ts';
import type { History } from '../../core/ports/history.ts';
import { skippedWarnings } from '../../core/records/skipped-files.ts';
import { acceptedReport } from '../../core/report/accepted-report.ts';
import { reportOf } from '../../core/report/report-of.ts';
import type { Report } from '../../core/report/report-schema.ts';
import type { Run } from '../../core/tracking/run.ts';
import { createRunStore } from '../../core/tracking/run-store.ts';
import { type AcceptingPull, readAcceptances } from '../../github/acceptances.ts';
import { createGithubRecordFiles } from '../../github/github-record-files.ts';
import { createRecentCommits } from '../../github/recent-commits.ts';
import { createTrackedCommits } from '../../github/tracked-commits.ts';
import { type TrustedBaselines, trustedBaselines } from '../../github/trusted-baselines.ts';
import { createVerifiedRuns } from '../../github/verified-runs.ts';
import type { InstalledRepository } from '../installation.ts';
import { commitsOfChange } from './api-commits.ts';
import { type ClaimedDrift, driftByBase } from './claimed-drift.ts';

/** A project of a change, and what its jobs claim. */
export interface ProjectOfChange {
  /** The project file, from the repository's root. */
  readonly file: string;
  readonly place: 'pull_request' | 'merge_group';
  /** The commit that was trained: a pull request's merge, or the head. */
  readonly candidate: CommitTree;
  readonly headSha: string;
  readonly headRef: string;
  /** The pull requests whose comments may accept. */
  readonly pulls: () => Promise<readonly AcceptingPull[]>;
  readonly runs: readonly EvaluatedRun[];
  /** What earlier pushes of it failed on. */
  readonly failedPushes: readonly FailedPush[];
  readonly drift: ClaimedDrift;
  readonly runUrl: string | null;
  readonly warnings: readonly string[];
  readonly defaultBranch: { readonly name: string; readonly sha: string } | null;
  readonly history: History;
  readonly openCommit: (sha: string) => Promise<CommitTree | null>;
  readonly standing: (tracked: readonly string[]) => Promise<Standing>;
}

/** A project as the App judged it. */
export interface JudgedProject {
  readonly report: Report;
  /** An explicit pass; anything else is none. */
  readonly passes: boolean;
  /** Where the base has the project file; null where it has none. */
  readonly path: string | null;
}

const PASSES = new Set(['pass', 'first_run', 'inconclusive', 'not_comparable']);

/**
 * Judges a project of a pull request with the function that jobs judge with. Rules and targets come from the base commit, baselines
 * from workflow runs that GitHub confirms, and of the jobs' claims only the predictions.
 *
 * @throws AppError when rules or configuration cannot be read.
 */
export async function judgeProject(world: InstalledRepository, change: ProjectOfChange): Promise<JudgedProject> {
  const { file, candidate, defaultBranch, history } = change;
  const commits = commitsOfChange(candidate, file, change.openCommit);
  const own = await ownProject(candidate, file);
  const rules = await readRules(
    { defaultBranch: async () => defaultBranch, standing: change.standing, commits },
    file,
    false,
  );
  const { standing, base, tree, path } = rules;
  const { project } = judgeByBase(own, base);
  const baselines = await openBaselines(world, change, { rules: base ?? own, standing, path });
  const search = await planBaselineSearch(
    history,
    {
      ...{
        standing,
        head: candidate.id,
        isEdited: false,
        defaultBranch: defaultBranch?.name ?? null,
        named: undefined,
      },
      champion: (base ?? own).baseline.champion,
    },
    baselines.source.runs,
  );
  const wanted = chosenDatasets({ project, base, chosen: [] }, []);
  const folder = path === null ? null : folderOfPath(path);
  const unchanged =
    standing.kind === 'change' && base && tree && folder !== null
      ? await unchangedDatasets(withoutOtherEngines(wanted, tree.id, baselines.source.runs), {
          ...{ base, tree, folder, checkedOut: commits.own },
          files: { list: async () => [] },
          // No job has to make what its generator and its keys say.
          isGenerated: async () => true,
        })
      : [];
  const twins =
    base && tree && path !== null && folder !== null
      ? twinCommits(commits, { project: base, tree, path, folder })
      : null;
  const { maxAge } = (base ?? own).baseline;
  const found = new Map<string, Baseline>();
  const runs: EvaluatedRun[] = [];
  const lacking: string[] = [];
  for (const config of wanted) {
    if (unchanged.some(({ dataset }) => dataset === config.id)) continue;
    const claimed = change.runs.filter(({ run }) => run.dataset === config.id);
    const baseline = await baselineOf(config, claimed, { candidate, source: baselines.source, search, twins, maxAge });
    found.set(config.id, baseline);
    for (const one of newestOfModel(claimed)) {
      const recomputed = recomputedRun(one, sameModelOf(baseline, one.run));
      const unknown = unknownSlices(config, recomputed);
      if (unknown.length === 0) runs.push(recomputed);
      else lacking.push(unknownSlicesWarning(one.run, unknown));
    }
  }
  const isJudged = standing.kind === 'change';
  const drift = driftByBase(wanted, project, change.drift);
  const judgedBy = base ?? own;
  const role = judgedBy.accept;
  const judged = reportOf({
    ...{ command: 'pipeline', judges: isJudged, project: own, base, unchanged, runs, search },
    only: { datasets: [], models: [] },
    baselines: found,
    driftGates: isJudged ? drift.gates : [],
    drift: isJudged ? drift.found : [],
    failedPushes: change.failedPushes,
    subject: 'change',
    knowsBase: standing.kind !== 'without_base',
    accepting: { role, sha: change.place === 'pull_request' ? change.headSha : null, rerun: null },
    notJudged: standing.kind === 'not_judged' ? { reason: standing.reason, why: standing.why } : null,
    place: change.place,
    head: { sha: candidate.id, branch: change.headRef, dirty: false },
    changedFiles:
      standing.kind === 'change' ? ((await history.changedFiles(standing.base, candidate.id)) ?? null) : null,
    runUrl: change.runUrl,
    recorded: baselines.source.runs,
    warnings: [
      ...(standing.kind === 'change' && standing.note !== undefined ? [standing.note] : []),
      ...change.warnings,
      ...lacking,
      ...baselines.warnings(),
    ],
  });
  const report = await acceptedReport(judged, judgedBy, () =>
    readAcceptances(world.octokit, world.repository, role, change.pulls),
  );
  const judgement = judgementOf(report.verdict, judgedBy);
  const passes = judgement !== undefined && !judgement.stopsMerge && PASSES.has(judgement.status);
  return { report, passes, path };
}

/** Columns whose slices have rules, and of which neither the change's evidence nor the baseline's says in which slice a row is. */
function unknownSlices({ gates, slices }: DatasetConfig, { run, predictions }: EvaluatedRun): string[] {
  if (predictions === null || Object.keys(gates.bySlice).length === 0) return [];
  return slices.filter((name) => !run.slices?.some(({ column }) => column === name));
}

function unknownSlicesWarning({ dataset, model }: Run, columns: readonly string[]): string {
  return `the evidence of \`${dataset}\` \`${model}\` does not say in which slices of ${columns.map((name) => `\`${name}\``).join(', ')} its rows are, so this run counts for nothing`;
}

async function ownProject(candidate: CommitTree, file: string): Promise<Project> {
  const content = await projectFileOf(candidate, file);
  if (content.kind === 'file') return parseProject(new TextDecoder().decode(content.bytes), file);
  throw new ConfigError({
    file,
    message: 'cannot be read in this change, so nothing is judged',
    found: content.kind,
    allowed: `a file of at most ${MAX_PROJECT_BYTES} bytes`,
    next: 'put it back, or correct it',
  });
}

interface Baselines {
  readonly source: TrustedBaselines;
  warnings(): string[];
}

async function openBaselines(
  { octokit, repository, repositoryId }: InstalledRepository,
  { file, history, defaultBranch }: ProjectOfChange,
  { rules, standing, path }: { readonly rules: Project; readonly standing: Standing; readonly path: string | null },
): Promise<Baselines> {
  const branches = believedBranches(standing, defaultBranch?.name ?? null);
  const files = createGithubRecordFiles(octokit, repository, { branch: rules.tracking.branch });
  const index = createRunStore(files);
  const listing = await index.list();
  const source = trustedBaselines({
    verified: createVerifiedRuns(octokit, repository, {
      repositoryId,
      branchOf: createTrackedCommits(octokit, repository, { history, branches }),
      key: '',
    }),
    recentCommits: createRecentCommits(octokit, repository, branches),
    withoutArtifacts: null,
    index: { ...index, runs: listing.runs },
    published: null,
    projects: [file, path ?? file],
  });
  return {
    source,
    warnings: () => [
      ...skippedWarnings(index.description, listing.skipped),
      ...source.notes(),
      ...skippedWarnings('artifacts and evidence of baselines', source.skipped),
    ],
  };
}

async function baselineOf(
  { id, target, split }: DatasetConfig,
  claimed: readonly EvaluatedRun[],
  of: {
    readonly candidate: CommitTree;
    readonly source: TrustedBaselines;
    readonly search: Awaited<ReturnType<typeof planBaselineSearch>>;
    readonly twins: TwinCommits | null;
    readonly maxAge: number | null;
  },
): Promise<Baseline> {
  const [first] = claimed;
  // Nothing was trained, so nothing is compared: its models are missing.
  if (!first) return { kind: 'none', why: { reason: 'no_run' } };
  const options: BaselineOptions = {
    ...{ dataset: id, target, split, task: first.run.task, self: of.candidate.id },
    sharedRows: (rowSet, keyColumns) => sharedRowsOf(claimed, rowSet, keyColumns),
  };
  const { twins } = of;
  const found = await findBaseline(of.source, of.search, {
    ...options,
    ...(twins && { sameInputs: (sha: string) => twins(id, sha) }),
  });
  // What the job re-made is its word: the App goes on where nothing could be.
  if (found.kind !== 'none' || of.maxAge === null) return found;
  return olderBaseline(await findBaseline(of.source, of.search, options), of.maxAge, Date.now()) ?? found;
}

function newestOfModel(claimed: readonly EvaluatedRun[]): EvaluatedRun[] {
  const byModel = new Map<string, EvaluatedRun>();
  for (const one of claimed) if (!byModel.has(one.run.model)) byModel.set(one.run.model, one);
  return [...byModel.values()];
}

/** The same model's run, or any of the dataset: their targets are the same. */
function sameModelOf(baseline: Baseline, { model }: Run): EvaluatedRun | undefined {
  if (baseline.kind === 'none') return undefined;
  const all = baseline.evaluatedRuns;
  const own = all.get(model);
  return own?.predictions?.rowSet.target
    ? own
    : [...all.values()].find(({ predictions }) => predictions?.rowSet.target);
}
