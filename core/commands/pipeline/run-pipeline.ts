import type { Baseline } from '../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { chosenDatasets } from '../../comparison/judge-runs.ts';
import type { Unchanged } from '../../comparison/verdict.ts';
import type { EvidencePlace } from '../../config/evidence-place.ts';
import { judgeByBase } from '../../config/judge-keys.ts';
import { type ModelPlan, plannedModels } from '../../config/planned-models.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Charts } from '../../report/html/charts.ts';
import { chartsOf } from '../../report/html/charts-of.ts';
import { type ReportRequest, reportOf } from '../../report/report-of.ts';
import type { Report } from '../../report/report-schema.ts';
import type { Task } from '../../table/task.ts';
import type { Run } from '../../tracking/run.ts';
import { generateTables } from '../generate/generate-tables.ts';
import type { Ports } from '../ports.ts';
import { baselineOf, inheritedFrom, keyColumnsOf } from './beside-baseline.ts';
import { tellBaseline, tellSkippedModels } from './debug-lines.ts';
import { type LoadedDataset, loadDataset } from './load-dataset.ts';
import { storedRuns } from './stored-runs.ts';
import { trainDataset } from './train-dataset.ts';

/** What a command does, in this order. */
export interface Steps {
  readonly generate: boolean;
  /** Train; otherwise the newest runs of this commit that the store has are taken. */
  readonly train: boolean;
  readonly judge: boolean;
}

export interface PipelineOptions {
  readonly command: string;
  readonly steps: Steps;
  readonly project: Project;
  /** The configuration of the commit the change is judged against; null when there is none. */
  readonly base: Project | null;
  readonly subject: ReportRequest['subject'];
  readonly knowsBase: boolean;
  /** Why nothing is judged although `steps.judge` is set; null: it is. */
  readonly notJudged: { readonly reason: 'nothing_to_merge' | 'no_repository'; readonly why: string } | null;
  /** Datasets that need no training, of those that the base's rules have. */
  readonly unchanged: (datasets: readonly DatasetConfig[]) => Promise<readonly Unchanged[]>;
  /** Only these; all when empty. What is left out is not expected either. */
  readonly datasets: readonly string[];
  readonly models: readonly string[];
  readonly force: boolean;
  /** Where the evidence of these runs will be kept. */
  readonly evidence: EvidencePlace;
  /** What the report says of where and of what; datasets and verdict are filled in. */
  readonly about: Pick<Report, 'place' | 'runUrl'> & {
    readonly changedFiles: readonly string[] | null;
    /** Asked for when everything has been read. */
    readonly warnings: () => readonly string[];
    /** Of a pull request its own head, where what is judged is its merge. */
    readonly headSha?: string;
  };
}

export interface PipelineResult {
  readonly report: Report;
  /** What the HTML report draws beside it. */
  readonly charts: Charts;
  readonly runs: readonly Run[];
  /** Paths of the files written, relative to the project. */
  readonly files: readonly string[];
}

/** Runs of one dataset, and what they are compared with. */
interface FoundRuns {
  readonly dataset: string;
  readonly runs: readonly EvaluatedRun[];
  readonly baseline: Baseline;
  readonly files: readonly string[];
}

/** Generates, trains, compares and reports, as far as `steps` says. Everything a door shows or decides is in the result. */
export async function runPipeline(ports: Ports, options: PipelineOptions): Promise<PipelineResult> {
  const { steps, command, about, base, notJudged, subject, knowsBase } = options;
  const { project } = judgeByBase(options.project, base);
  const plan: ModelPlan = { project, base, chosen: options.models };
  const wanted = chosenDatasets(plan, options.datasets);
  const judges = steps.judge && notJudged === null;
  const unchanged = judges && !options.force ? await options.unchanged(wanted) : [];
  for (const { dataset, base: sha } of unchanged)
    ports.log.info(`${dataset}: no input changed since ${sha.slice(0, 7)}, so it is not trained`);
  const changed = wanted.filter(({ id }) => unchanged.every(({ dataset }) => dataset !== id));
  const generated = steps.generate ? await generateTables(changed, ports, options.force) : [];
  const found = steps.train
    ? await trainAll(changed, plan, ports, options)
    : steps.judge
      ? await readAll(changed, plan, ports)
      : [];
  const { git } = ports;
  const judgesCommit = judges && !git.dirty;
  const report = reportOf({
    ...{ command, judges, project: options.project, base, subject, knowsBase, unchanged },
    notJudged: steps.judge ? notJudged : null,
    only: { datasets: options.datasets, models: options.models },
    runs: found.flatMap(({ runs }) => runs),
    baselines: new Map(found.map(({ dataset, baseline }) => [dataset, baseline])),
    acceptances: judgesCommit ? await ports.acceptances() : [],
    shas: judgesCommit ? [git.sha, about.headSha ?? null].filter((sha) => sha !== null) : [],
    place: about.place,
    head: { sha: git.sha, branch: git.branch, dirty: git.dirty },
    changedFiles: about.changedFiles,
    runUrl: about.runUrl,
    search: ports.search,
    recorded: ports.baselines.runs,
    warnings: about.warnings(),
  });
  return {
    report,
    charts: chartsOf(
      found.map(({ dataset, runs, baseline }) => ({
        ...{ dataset, runs },
        baseline: baseline.kind === 'none' ? new Map() : baseline.evaluatedRuns,
      })),
    ),
    runs: found.flatMap(({ runs }) => runs.map(({ run }) => run)),
    files: [...generated, ...found.flatMap(({ files }) => files)],
  };
}

async function trainAll(
  datasets: readonly DatasetConfig[],
  plan: ModelPlan,
  ports: Ports,
  { force, evidence, about }: PipelineOptions,
): Promise<FoundRuns[]> {
  // Every table is read and checked before the first model is trained.
  const loaded = await loadAll(datasets, plan, ports);
  const listed = (id: string, task: Task) => plannedModels({ ...plan, chosen: [] }, id, task).map((model) => model.id);
  const found: FoundRuns[] = [];
  for (const dataset of loaded) {
    tellSkippedModels(ports.log, dataset, listed(dataset.config.id, dataset.task), plan.chosen);
    const baseline = await baselineOf(dataset, ports);
    tellBaseline(ports.log, dataset.config.id, baseline);
    const keyColumns = keyColumnsOf(dataset, baseline);
    const { evaluatedRuns, files } = await trainDataset(dataset, keyColumns, ports, {
      force,
      evidence,
      baseline: baseline.kind === 'none' ? new Map() : baseline.evaluatedRuns,
      inherited: inheritedFrom(baseline, dataset, keyColumns, about.place),
    });
    found.push({ dataset: dataset.config.id, runs: [...evaluatedRuns.values()], baseline, files });
  }
  return found;
}

async function readAll(datasets: readonly DatasetConfig[], plan: ModelPlan, ports: Ports): Promise<FoundRuns[]> {
  const found: FoundRuns[] = [];
  for (const config of datasets) {
    const models = plannedModels(plan, config.id, config.task).map(({ id }) => id);
    found.push({ dataset: config.id, files: [], ...(await storedRuns(config, models, ports)) });
  }
  return found;
}

async function loadAll(datasets: readonly DatasetConfig[], plan: ModelPlan, ports: Ports): Promise<LoadedDataset[]> {
  const loaded: LoadedDataset[] = [];
  const problems: AppError[] = [];
  for (const dataset of datasets) {
    try {
      loaded.push(await loadDataset(dataset, plan, ports));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(error);
    }
  }
  if (problems.length === 1) throw problems[0];
  if (problems.length > 1)
    throw new AppError(
      problems.flatMap((error) => error.problems),
      { cause: problems },
    );
  return loaded;
}
