import type { Baseline } from '../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { chosenDatasets } from '../../comparison/judge-runs.ts';
import type { NotTimed } from '../../comparison/remade.ts';
import type { Unchanged } from '../../comparison/verdict.ts';
import type { EvidencePlace } from '../../config/evidence-place.ts';
import { judgeByBase } from '../../config/judge-keys.ts';
import { type ModelPlan, plannedModels } from '../../config/planned-models.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import type { DatasetDrift } from '../../drift/drift-result.ts';
import type { Claims } from '../../ports/claims.ts';
import { acceptedReport } from '../../report/accepted-report.ts';
import type { Charts } from '../../report/html/charts.ts';
import { chartsOf } from '../../report/html/charts-of.ts';
import { type ReportRequest, reportOf } from '../../report/report-of.ts';
import type { Report } from '../../report/report-schema.ts';
import type { Task } from '../../table/task.ts';
import type { Run } from '../../tracking/run.ts';
import type { RunStore } from '../../tracking/run-store.ts';
import { driftOfDatasets } from '../drift/dataset-drift.ts';
import { generateTables } from '../generate/generate-tables.ts';
import type { Ports } from '../ports.ts';
import { withBaseClasses } from './base-classes.ts';
import { besideBaseline } from './beside-baseline.ts';
import { claimedRuns } from './claimed-runs.ts';
import { baselineOf } from './compared-with.ts';
import { datasetsToTrain } from './datasets-to-train.ts';
import { tellBaseline, tellSkippedModels } from './debug-lines.ts';
import type { LoadedDataset } from './load-dataset.ts';
import { loadDatasets } from './load-datasets.ts';
import type { Limited } from './noisier-model.ts';
import { storedRuns } from './stored-runs.ts';
import { type BaseToTime, baseToTime } from './timing/base-to-time.ts';
import { timedInTurn } from './timing/timed-in-turn.ts';
import { timedStored } from './timing/timed-stored.ts';
import { trainDataset } from './train-dataset.ts';
import { type TuneWish, tuneDatasets } from './tune-datasets.ts';
import { addsAllChosen, noChosenModel, whyNotExpected } from './unexpected-models.ts';

/** What a command does, in this order. */
export interface Steps {
  readonly generate: boolean;
  /** Train; otherwise the newest runs of this commit that the store has are taken. */
  readonly train: boolean;
  /** Tune where `tuning.pipeline` says so. */
  readonly tune: boolean;
  /** Judge, and show what drifted. */
  readonly judge: boolean;
  /** Another job judges what is trained here, so it is trained as for a judgement. */
  readonly handOver?: boolean;
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
  readonly notJudged: ReportRequest['notJudged'];
  /** Datasets that need no training, of those that the base's rules have. */
  readonly unchanged: (datasets: readonly DatasetConfig[]) => Promise<readonly Unchanged[]>;
  /** Only these; all when empty. What is left out is not expected either. */
  readonly datasets: readonly string[];
  readonly models: readonly string[];
  readonly force: boolean;
  /** Runs that other jobs trained for this one to judge; null: there are no such jobs. */
  readonly claims: Claims | null;
  readonly tuning: { readonly wish: TuneWish; readonly runs: RunStore };
  /** Where the evidence of these runs will be kept. */
  readonly evidence: EvidencePlace;
  /** What the report says of where and of what; datasets and verdict are filled in. */
  readonly about: Pick<Report, 'place' | 'runUrl'> &
    Pick<ReportRequest, 'accepting'> & {
      readonly changedFiles: readonly string[] | null;
      /** Asked for when everything has been read. */
      readonly warnings: () => readonly string[];
    };
}

export interface PipelineResult {
  readonly report: Report;
  /** What the HTML report draws beside it. */
  readonly charts: Charts;
  readonly runs: readonly Run[];
  /** Everything that is known of drift. */
  readonly drift: readonly DatasetDrift[];
  /** Paths of the files written, relative to the project. */
  readonly files: readonly string[];
  readonly isInterrupted: boolean;
}

/** Runs of one dataset, and what they are compared with. */
interface FoundRuns {
  readonly dataset: string;
  readonly runs: readonly EvaluatedRun[];
  readonly baseline: Baseline;
  /** Null where nothing was trained. */
  readonly loaded: LoadedDataset | null;
  readonly files: readonly string[];
  readonly reused: readonly string[];
  /** See `TimedRuns`. */
  readonly notTimed: NotTimed | null;
}

/** Generates, trains, compares and reports, as far as `steps` says. Everything a door shows or decides is in the result. */
export async function runPipeline(ports: Ports, options: PipelineOptions): Promise<PipelineResult> {
  const { steps, command, about, base, subject, knowsBase } = options;
  const { project } = judgeByBase(options.project, base);
  const plan: ModelPlan = { project, base, chosen: options.models };
  const mayJudge = steps.judge && options.notJudged === null;
  const { wanted, unchanged, changed } = await datasetsToTrain(plan, ports, {
    ...options,
    ...{ mayJudge, trains: steps.train },
  });
  const generated = steps.generate ? await generateTables(changed, ports, options.force) : [];
  const found = await foundRuns(changed, plan, ports, options);
  const toTune = steps.tune ? found.flatMap(({ loaded }) => loaded ?? []) : [];
  const tuned = await tuneDatasets(toTune, ports, { project, ...options.tuning });
  const { git } = ports;
  // A person may try a model out; a job passes only with what the rules expect.
  const tried = mayJudge && about.place === 'laptop' ? found.filter((each) => isTried(each, plan)) : [];
  const judges = mayJudge && (tried.length === 0 || tried.length < found.length + unchanged.length);
  const why = whyNotExpected(plan.chosen);
  const notJudged = mayJudge && !judges ? { reason: 'not_expected' as const, why } : options.notJudged;
  const shown = [...unchanged, ...found.filter((each) => !judges || !tried.includes(each))];
  const { drift, ...driftNotes } = await driftOfDatasets(
    { judged: judges ? wanted : [], shown: steps.judge ? changed : [] },
    project,
    ports,
  );
  const judged = reportOf({
    ...{ command, judges, project: options.project, base, subject, knowsBase, unchanged },
    notJudged: steps.judge ? notJudged : null,
    only: {
      datasets: shown.length < wanted.length ? shown.map(({ dataset }) => dataset) : options.datasets,
      models: options.models,
    },
    runs: found.flatMap(({ runs }) => runs),
    baselines: new Map(
      found.map(({ dataset, baseline }) => [
        dataset,
        about.place === 'laptop' ? lookedForIn(ports.runs.description, baseline) : baseline,
      ]),
    ),
    notTimed: new Map(found.flatMap(({ dataset, notTimed }) => (notTimed ? [[dataset, notTimed] as const] : []))),
    driftGates: drift.flatMap(({ gate }) => gate ?? []),
    drift,
    studies: tuned.studies,
    failedPushes: judges && found.length > 0 ? await ports.failedPushes() : [],
    accepting: about.accepting ?? null,
    place: about.place,
    head: { sha: git.sha, branch: git.branch, dirty: git.dirty },
    changedFiles: about.changedFiles,
    runUrl: about.runUrl,
    search: ports.search,
    recorded: ports.baselines.runs,
    reused: new Set(found.flatMap(({ reused }) => reused)),
    warnings: [
      ...about.warnings(),
      ...tuned.warnings,
      ...driftNotes.warnings,
      ...(judges ? tried : []).map(({ dataset }) => `${dataset}: ${why}`),
    ],
  });
  // Nobody can name what was not committed.
  const report = git.dirty ? judged : await acceptedReport(judged, base ?? options.project, ports.acceptances);
  return {
    report,
    charts: chartsOf(
      found.map(({ dataset, runs, baseline }) => ({
        ...{ dataset, runs },
        drift: drift.find((each) => each.dataset === dataset),
        studies: tuned.studies.filter((study) => study.dataset === dataset),
        baseline: baseline.kind === 'none' ? new Map() : baseline.evaluatedRuns,
      })),
    ),
    drift,
    runs: found.flatMap(({ runs }) => runs.map(({ run }) => run)),
    files: [...generated, ...found.flatMap(({ files }) => files), ...tuned.files],
    isInterrupted: tuned.isInterrupted,
  };
}

function isTried({ dataset, runs }: FoundRuns, plan: ModelPlan): boolean {
  return addsAllChosen(plan, dataset, runs[0]?.run.task ?? null);
}

/** A person may stand in another folder than the one that has the runs. */
function lookedForIn(place: string, baseline: Baseline): Baseline {
  const why = { reason: 'no_run', place } as const;
  if (baseline.kind === 'none') return baseline.why.reason === 'no_run' ? { ...baseline, why } : baseline;
  const { remade } = baseline;
  return remade?.why.reason === 'no_run' ? { ...baseline, remade: { ...remade, why } } : baseline;
}

function foundRuns(
  datasets: readonly DatasetConfig[],
  plan: ModelPlan,
  ports: Ports,
  options: PipelineOptions,
): Promise<FoundRuns[]> | FoundRuns[] {
  const { steps, claims } = options;
  if (claims) return readClaims(datasets, plan, ports, { ...options, claims });
  if (steps.train) return trainAll(datasets, plan, ports, options);
  return steps.judge ? readAll(datasets, plan, ports, options) : [];
}

async function trainAll(
  datasets: readonly DatasetConfig[],
  plan: ModelPlan,
  ports: Ports,
  options: PipelineOptions,
): Promise<FoundRuns[]> {
  const { force, evidence, about, project: own, steps } = options;
  // Every table is read and checked before the first model is trained.
  const all = await loadDatasets(datasets, plan, { ports, own });
  // The table may tell that a model does not suit its task. Before a job passes, every dataset must have been judged.
  const mayLeaveOut = plan.chosen.length > 0 && about.place === 'laptop';
  const loaded = mayLeaveOut ? all.filter(({ models }) => models.length > 0) : all;
  if (loaded.length === 0 && all.length > 0)
    throw noChosenModel(
      plan,
      all.map(({ config, task }) => ({ ...config, task })),
    );
  const listed = (id: string, task: Task) => plannedModels({ ...plan, chosen: [] }, id, task).map((model) => model.id);
  const judges = comparesChange(options);
  const timing = { place: about.place, isBelieved: ports.reuseRuns };
  const limited: readonly (LoadedDataset | PlannedLimits)[] = steps.handOver ? plannedLimits(plan) : loaded;
  const besides = new Map<
    LoadedDataset,
    { readonly baseline: Baseline; readonly base: BaseToTime | NotTimed | null }
  >();
  // Before anything of the change is trained: a command of its could write where the base commit's table lies.
  for (const own of loaded) {
    const baseline = await baselineOf(own, judges, ports);
    besides.set(own, { baseline, base: await timedBeside(own.config, baseline, ports, options) });
  }
  const found: FoundRuns[] = [];
  for (const [own, { baseline, base }] of besides) {
    tellSkippedModels(ports.log, own, listed(own.config.id, own.task), plan.chosen);
    const dataset = withBaseClasses(own, baseline, about.place);
    tellBaseline(ports.log, dataset.config.id, baseline);
    const { evaluatedRuns, notTimed, files, reused } = await trainDataset(dataset, ports, {
      force,
      evidence,
      baseline,
      isChange: about.place !== 'tracked_branch',
      judgedBeside: judges ? limited.filter(({ config }) => config.id !== own.config.id) : null,
      beside: besideBaseline(dataset, baseline, about.place),
      inTurn: (runs) => timedInTurn(dataset, runs, { ...timing, baseline, base }, ports),
    });
    found.push({
      ...{ dataset: dataset.config.id, loaded: dataset },
      ...{ runs: [...evaluatedRuns.values()], baseline, notTimed, files, reused },
    });
  }
  return found;
}

/** Whether a change is judged, here or by the job that what was trained is handed over to. */
function comparesChange({ steps, notJudged, about }: PipelineOptions): boolean {
  return (steps.judge || steps.handOver === true) && notJudged === null && about.place !== 'tracked_branch';
}

interface PlannedLimits extends Limited {
  readonly config: DatasetConfig;
}

/** What may be judged beside a dataset that is trained alone: everything that the project file has. */
function plannedLimits(plan: ModelPlan): PlannedLimits[] {
  return chosenDatasets(plan, []).map((config) => ({ config, models: plannedModels(plan, config.id, config.task) }));
}

async function readClaims(
  datasets: readonly DatasetConfig[],
  plan: ModelPlan,
  ports: Ports,
  options: PipelineOptions & { readonly claims: Claims },
): Promise<FoundRuns[]> {
  const { claims, evidence, about, project: own } = options;
  const claimed = await claims.of(datasets.map(({ id }) => id));
  const judges = comparesChange(options);
  const found: FoundRuns[] = [];
  for (const read of await loadDatasets(datasets, plan, { ports, own })) {
    const baseline = await baselineOf(read, judges, ports);
    const loaded = withBaseClasses(read, baseline, about.place);
    const { id } = loaded.config;
    tellBaseline(ports.log, id, baseline);
    const beside = besideBaseline(loaded, baseline, about.place);
    const base = await timedBeside(loaded.config, baseline, ports, options);
    const timing = { baseline, base, place: about.place, isBelieved: false };
    const { evaluatedRuns, notTimed } = await claimedRuns(loaded, claimed.get(id) ?? [], ports, {
      ...{ beside, baseline, evidence },
      inTurn: (runs) => timedInTurn(loaded, runs, timing, ports),
    });
    found.push({
      ...{ dataset: id, loaded, runs: [...evaluatedRuns.values()], baseline },
      ...{ notTimed, files: [], reused: [] },
    });
  }
  return found;
}

/** The base commit, where what is judged here has to be timed beside it. A job that hands over leaves that to the one that judges. */
async function timedBeside(
  config: DatasetConfig,
  baseline: Baseline,
  ports: Ports,
  options: PipelineOptions,
): Promise<BaseToTime | NotTimed | null> {
  return options.steps.judge && comparesChange(options) ? baseToTime(config, baseline, ports) : null;
}

async function readAll(
  datasets: readonly DatasetConfig[],
  plan: ModelPlan,
  ports: Ports,
  options: PipelineOptions,
): Promise<FoundRuns[]> {
  const found: FoundRuns[] = [];
  for (const config of datasets) {
    const { runs, baseline } = await storedRuns(config, plan, ports);
    const base = await timedBeside(config, baseline, ports, options);
    const timed = await timedStored(runs, { config, plan, baseline, base, place: options.about.place }, ports);
    found.push({ dataset: config.id, loaded: null, baseline, ...timed, files: [], reused: [] });
  }
  return found;
}
