import { withAcceptances } from '../../comparison/accept.ts';
import type { Baseline } from '../../comparison/baseline.ts';
import { compareModels, type EvaluatedRun, type ModelComparison } from '../../comparison/compare-models.ts';
import type { DatasetComparison } from '../../comparison/dataset-comparison.ts';
import { comparedModel, judge, selectedModel } from '../../comparison/judge.ts';
import type { Verdict } from '../../comparison/verdict.ts';
import type { EvidencePlace } from '../../config/evidence-place.ts';
import { type ExpectedModels, judgeByBase } from '../../config/judge-keys.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { AppError, StoreError } from '../../errors/app-error.ts';
import { renderMarkdown, SUMMARY_BYTES } from '../../report/markdown.ts';
import type { Report } from '../../report/report.ts';
import type { Run } from '../../tracking/run.ts';
import { trainers } from '../../trainers/index.ts';
import { VERSION } from '../../version.ts';
import { generateTables } from '../generate/generate-tables.ts';
import type { Ports } from '../ports.ts';
import { baselineOf, inheritedFrom, keyColumnsOf } from './beside-baseline.ts';
import { datasetReport } from './dataset-report.ts';
import { tellBaseline, tellSkippedModels } from './debug-lines.ts';
import { type LoadedDataset, loadDataset } from './load-dataset.ts';
import { trainDataset } from './train-dataset.ts';

/** What a command is to do, in the order it is done. */
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
  /** Only these; all when empty. What is left out is not expected either. */
  readonly datasets: readonly string[];
  readonly models: readonly string[];
  readonly force: boolean;
  /** Where the evidence of these runs will be kept. */
  readonly evidence: EvidencePlace;
  /** What the report says of where and of what; datasets and verdict are filled in. */
  readonly about: Pick<Report, 'place' | 'changedFiles' | 'runUrl'> & {
    /** Asked for when everything has been read. */
    readonly warnings: () => readonly string[];
    /** Of a pull request its own head, where what is judged is its merge. */
    readonly headSha?: string;
  };
}

export interface PipelineResult {
  readonly report: Report;
  readonly runs: readonly Run[];
  /** Paths of the files written, relative to the project. */
  readonly files: readonly string[];
}

/** Generates, trains, compares and reports, as far as `steps` says. Everything a door shows or decides is in the result. */
export async function runPipeline(ports: Ports, options: PipelineOptions): Promise<PipelineResult> {
  const { steps, command, about } = options;
  const judged = judgeByBase(options.project, options.base);
  const { project } = judged;
  const wanted = chosenDatasets(project.datasets, options.datasets, options.models);
  const files = steps.generate ? await generateTables(wanted, ports, options.force) : [];
  const done: {
    loaded: LoadedDataset;
    evaluatedRuns: ReadonlyMap<string, EvaluatedRun>;
    baseline: Baseline;
    one: DatasetComparison;
  }[] = [];
  if (steps.train || steps.judge) {
    // Every table is read and checked before the first model is trained.
    const loaded = await loadAll(wanted, ports);
    for (const own of loaded) {
      const expected = expectedOf(own, judged.expected.get(own.config.id)!).filter((id) =>
        isChosen(id, options.models),
      );
      const dataset = withExpected(own, expected, project);
      tellSkippedModels(ports.log, dataset, listedModels(project, dataset), options.models);
      const baseline = await baselineOf(dataset, ports);
      tellBaseline(ports.log, dataset.config.id, baseline);
      const keyColumns = keyColumnsOf(dataset, baseline);
      const trained = steps.train
        ? await trainDataset(dataset, keyColumns, ports, {
            force: options.force,
            evidence: options.evidence,
            baseline: baseline.kind === 'none' ? new Map() : baseline.evaluatedRuns,
            inherited: inheritedFrom(baseline, dataset, keyColumns, about.place),
          })
        : { evaluatedRuns: await storedRuns(dataset, ports), files: [] };
      files.push(...trained.files);
      done.push({
        loaded: dataset,
        evaluatedRuns: trained.evaluatedRuns,
        baseline,
        one: datasetComparisonOf(dataset, trained.evaluatedRuns, baseline, expected),
      });
    }
  }
  const found = steps.judge
    ? withRemoved(
        judge(
          done.map(({ one }) => one),
          project,
        ),
        options.datasets.length > 0 ? [] : judged.removed,
      )
    : null;
  const shas = [ports.git.sha, about.headSha ?? null].filter((sha) => sha !== null);
  const judgedBy = found && !ports.git.dirty ? withAcceptances(found, await ports.acceptances(), shas) : null;
  const verdict = judgedBy?.verdict ?? found;
  const report: Report = {
    schema: 1,
    command,
    place: about.place,
    verdict,
    datasets: await Promise.all(
      done.map(({ loaded, evaluatedRuns, baseline, one }) =>
        datasetReport(loaded, evaluatedRuns, baseline, one, listedModels(project, loaded), ports),
      ),
    ),
    judgeChanges: judged.changes,
    head: { sha: ports.git.sha, branch: ports.git.branch, dirty: ports.git.dirty },
    changedFiles: about.changedFiles,
    warnings: [
      ...about.warnings(),
      ...(judgedBy?.warnings ?? []),
      ...done.flatMap(({ loaded }) => loaded.warnings.map((note) => `${loaded.config.path}: ${note}`)),
      ...project.unused.map((key) => `"${key}" in mlops.yml is checked and not used by this version`),
    ],
    runUrl: about.runUrl,
    version: VERSION,
  };
  if (done.length > 0) {
    await ports.files.write('reports/report.json', `${JSON.stringify(report, null, 2)}\n`);
    await ports.files.write('reports/report.md', renderMarkdown(report, SUMMARY_BYTES));
    files.push('reports/report.json', 'reports/report.md');
  }
  return {
    report,
    runs: done.flatMap(({ evaluatedRuns }) => [...evaluatedRuns.values()].map(({ run }) => run)),
    files,
  };
}

export function chosenDatasets(
  datasets: readonly DatasetConfig[],
  ids: readonly string[],
  modelIds: readonly string[],
): DatasetConfig[] {
  const keep = (models: DatasetConfig['models']) => models.filter(({ id }) => isChosen(id, modelIds));
  return datasets
    .filter(({ id }) => isChosen(id, ids))
    .map((dataset) => ({ ...dataset, models: keep(dataset.models), defaults: keep(dataset.defaults) }))
    .filter(({ models, defaults }) => models.length + defaults.length > 0);
}

function isChosen(id: string, ids: readonly string[]): boolean {
  return ids.length === 0 || ids.includes(id);
}

async function loadAll(datasets: readonly DatasetConfig[], ports: Ports): Promise<LoadedDataset[]> {
  const loaded: LoadedDataset[] = [];
  const problems: AppError[] = [];
  for (const dataset of datasets) {
    try {
      loaded.push(await loadDataset(dataset, ports));
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

/** The models a data set must have: those listed, and of the defaults those that suit its task. */
function expectedOf({ task }: LoadedDataset, { listed, defaults }: ExpectedModels): readonly string[] {
  return [...listed, ...defaults.filter((id) => trainers.get(id).tasks.includes(task))];
}

/**
 * A change trains what it lists and what is expected of it, so that dropping a model from the list hides nothing. What it
 * no longer says enough of to be trained will be missing.
 */
function withExpected(dataset: LoadedDataset, expected: readonly string[], project: Project): LoadedDataset {
  const listed = dataset.models.map(({ id }) => id);
  const absent = expected.filter((id) => !listed.includes(id));
  return absent.length === 0
    ? dataset
    : { ...dataset, models: [...dataset.models, ...absent.flatMap((id) => project.defaultModel(id) ?? [])] };
}

function datasetComparisonOf(
  { config, metrics, slices }: LoadedDataset,
  evaluatedRuns: ReadonlyMap<string, EvaluatedRun>,
  baseline: Baseline,
  expected: readonly string[],
): DatasetComparison {
  const compared = (isWanted: (model: string) => boolean, slice?: ReadonlySet<number>) => {
    const both = [...evaluatedRuns].flatMap(([model, evaluatedRun]) => {
      if (!isWanted(model)) return [];
      const other = baseline.kind === 'none' ? undefined : baseline.evaluatedRuns.get(model);
      return other ? [[model, compareModels(other, evaluatedRun, metrics, slice)] as const] : [];
    });
    return new Map<string, ModelComparison>(both);
  };
  const whole = {
    gates: config.gates,
    metrics,
    models: expected,
    candidate: evaluatedRuns,
    baseline: baseline.kind === 'none' ? baseline.standing : baseline.evaluatedRuns,
    comparisons: compared(() => true),
  };
  const judged = [selectedModel(whole, evaluatedRuns), comparedModel(whole)];
  return {
    ...whole,
    dataset: config.id,
    slices: slices.map(({ column, value, rows }) => ({
      column,
      value,
      comparisons: compared((model) => judged.includes(model), rows),
    })),
  };
}

/** The models of a data set, also those that this command was told to leave alone. */
function listedModels({ datasets }: Project, { config: { id }, models: trained }: LoadedDataset): readonly string[] {
  const { models = [], defaults = [] } = datasets.find((dataset) => dataset.id === id) ?? {};
  return [...new Set([...models, ...defaults, ...trained].map((model) => model.id))];
}

async function storedRuns({ config, models }: LoadedDataset, ports: Ports): Promise<ReadonlyMap<string, EvaluatedRun>> {
  const evaluatedRuns = new Map<string, EvaluatedRun>();
  for (const { id: model } of models) {
    const { runs } = await ports.runs.list({ dataset: config.id, model });
    const run = runs.find(({ git }) => git.sha === ports.git.sha && git.dirty === ports.git.dirty);
    if (run) evaluatedRuns.set(model, { run, predictions: (await ports.evidence.get(run.id)) ?? null });
  }
  if (evaluatedRuns.size === 0) {
    throw new StoreError({
      message: `there is no run of ${config.id} at this commit to compare`,
      found: ports.runs.description,
      next: 'run `mlops train` first, or `mlops pipeline`, which does both',
    });
  }
  return evaluatedRuns;
}

function withRemoved(verdict: Verdict, removed: readonly string[]): Verdict {
  if (removed.length === 0) return verdict;
  const missing = removed.map((dataset) => ({
    dataset,
    model: null,
    metric: null,
    detail: 'is no longer in mlops.yml, and still expected by the base',
  }));
  return { ...verdict, outcome: 'fail', missing: [...verdict.missing, ...missing] };
}
