import { judgeByBase } from '../config/judge-keys.ts';
import { expectedModels, type ModelPlan, plannedModels } from '../config/planned-models.ts';
import type { DatasetConfig, Project } from '../config/project.ts';
import type { Baseline } from './baseline.ts';
import { compareDataset } from './compare-dataset.ts';
import type { EvaluatedRun } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import type { DriftGate } from './gate-result.ts';
import { judge } from './judge.ts';
import type { NoBaseline } from './no-baseline.ts';
import { type FailedPush, withEarlierPushes } from './pushed-again.ts';
import type { NotTimed } from './remade.ts';
import type { Unchanged, Verdict } from './verdict.ts';

/** Everything a judgement rests on: records and configurations, no table. */
export interface JudgeRequest {
  /** The change's own configuration. */
  readonly project: Project;
  /** The configuration of the commit it is judged against; null: its own rules hold. */
  readonly base: Project | null;
  /** Only these datasets and models; all when empty. What is left out is not expected either. */
  readonly only: { readonly datasets: readonly string[]; readonly models: readonly string[] };
  /** The candidate's runs, in any order; of several of one dataset and model the first counts. */
  readonly runs: readonly EvaluatedRun[];
  /** By dataset. */
  readonly baselines: ReadonlyMap<string, Baseline>;
  /** Limits that earlier pushes of the pull request failed on; default: none. */
  readonly failedPushes?: readonly FailedPush[];
  /** By dataset, why its models have no times in turn; default: they have, or no limit asks for them. */
  readonly notTimed?: ReadonlyMap<string, NotTimed>;
  /** What the drift of the datasets came to, where it is judged; default: nowhere. */
  readonly driftGates?: readonly DriftGate[];
  /** What is judged: a change of that base, or the own commit of a branch that sets rules. */
  readonly subject: 'change' | 'tracked_branch';
  /** Whether the base commit is known: otherwise nothing tells that a dataset is new. */
  readonly knowsBase: boolean;
  /** Datasets that were not trained, since no input changed. */
  readonly unchanged: readonly Unchanged[];
}

/** A dataset of the change, by the rules it is judged by, and its comparison with the baseline. */
export interface ComparedDataset {
  readonly config: DatasetConfig;
  /** Every model it lists, also those that were left out. */
  readonly models: readonly string[];
  readonly baseline: Baseline;
  readonly comparison: DatasetComparison;
}

/** What a change came to. */
export interface JudgedChange {
  readonly datasets: readonly ComparedDataset[];
  readonly verdict: Verdict;
}

/** Judges a change by the rules of its base. The same records give the same verdict wherever they are judged. */
export function judgeRuns(request: JudgeRequest): JudgedChange {
  const { project, base, only } = request;
  const rules = judgeByBase(project, base);
  const datasets = compareDatasets(request);
  const comparisons = datasets.map(({ comparison }) => comparison);
  const judged = judge(comparisons, {
    onDataChange: rules.project.onDataChange,
    removed: only.datasets.length > 0 ? [] : rules.removed,
    unchanged: request.unchanged,
    driftGates: request.driftGates ?? [],
  });
  const verdict = withEarlierPushes(judged, comparisons, request.failedPushes ?? []);
  return { datasets, verdict };
}

/** The datasets of a change beside their baselines, in the order of `mlops.yml`. */
export function compareDatasets(request: JudgeRequest): ComparedDataset[] {
  const { project, base, only, runs, baselines, unchanged } = request;
  const plan: ModelPlan = { project: judgeByBase(project, base).project, base, chosen: only.models };
  const trained = chosenDatasets(plan, only.datasets).filter(({ id }) =>
    unchanged.every(({ dataset }) => dataset !== id),
  );
  return trained.map((config) => {
    const own = runs.filter(({ run }) => run.dataset === config.id);
    const task = own[0]?.run.task ?? config.task;
    const planned = plannedModels(plan, config.id, task);
    const baseline = baselines.get(config.id);
    const notTimed = request.notTimed?.get(config.id);
    if (!baseline) throw new Error(`no baseline was looked up for ${config.id}`);
    return {
      config,
      models: plannedModels({ ...plan, chosen: [] }, config.id, task).map(({ id }) => id),
      baseline,
      comparison: {
        ...compareDataset(config, {
          listed: plannedModels({ project, base: null, chosen: [] }, config.id, task).map(({ id }) => id),
          expected: expectedModels(planned),
          candidate: byModel(
            own,
            planned.map(({ id }) => id),
          ),
          baseline,
          isChange: request.subject === 'change',
          isFirst: baseline.kind === 'none' && isFirst(config.id, baseline.why, request),
        }),
        ...(notTimed && { notTimed }),
      },
    };
  });
}

/**
 * Whether it is right that there is nothing to compare a dataset with: the base commit does not have it. The own commit of a branch that
 * sets rules is the first one when nothing at all has been recorded.
 */
function isFirst(dataset: string, { reason }: NoBaseline, { base, subject, knowsBase }: JudgeRequest): boolean {
  if (!knowsBase) return false;
  if (base !== null) return base.datasets.every(({ id }) => id !== dataset);
  return subject === 'change' || reason === 'no_run' || reason === 'no_commit';
}

/** The datasets asked for, without those of which no model is. */
export function chosenDatasets(plan: ModelPlan, ids: readonly string[]): DatasetConfig[] {
  return plan.project.datasets.filter(
    ({ id, task }) => (ids.length === 0 || ids.includes(id)) && plannedModels(plan, id, task).length > 0,
  );
}

function byModel(runs: readonly EvaluatedRun[], models: readonly string[]): Map<string, EvaluatedRun> {
  return new Map(
    models.flatMap((model) => {
      const own = runs.find(({ run }) => run.model === model);
      return own ? [[model, own] as const] : [];
    }),
  );
}
