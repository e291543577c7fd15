import type { Baseline } from '../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { evaluatedRunIn } from '../../comparison/evaluated-run.ts';
import { sharedRowsOf } from '../../comparison/shared-rows.ts';
import { type ModelPlan, plannedModels, trainable } from '../../config/planned-models.ts';
import type { DatasetConfig } from '../../config/project.ts';
import { StoreError } from '../../errors/app-error.ts';
import type { RowSet } from '../../evidence/evidence.ts';
import { once } from '../../once.ts';
import type { Run } from '../../tracking/run.ts';
import type { Ports } from '../ports.ts';
import { comparedWith } from './compared-with.ts';
import { recipeHash } from './inputs-hash.ts';
import { loadDataset } from './load-dataset.ts';

/**
 * The runs of a dataset that the store has of this commit, one of each model, and what they are compared with. Where there is none of this
 * commit, a run of the same table and the same training stands in: an edited gate trains nothing anew.
 *
 * @throws StoreError where nothing was trained of what is here
 */
export async function storedRuns(
  config: DatasetConfig,
  plan: ModelPlan,
  ports: Ports,
): Promise<{ readonly runs: readonly EvaluatedRun[]; readonly baseline: Baseline }> {
  const { id: dataset } = config;
  const now = trainingNow(config, plan, ports);
  const runs: EvaluatedRun[] = [];
  for (const { id: model } of plannedModels(plan, dataset, config.task)) {
    const run = await runOf(model, now, config, ports);
    if (run) runs.push(await evaluatedRunIn(ports.evidence, run));
  }
  const [first] = runs;
  if (!first) {
    throw new StoreError({
      message: `there is no run of ${dataset} with the table and the parameters of ${ports.git.dirty ? 'your uncommitted changes' : 'this commit'}`,
      found: ports.runs.description,
      next: 'run `mlops train` first, or `mlops pipeline`, which does both',
    });
  }
  const options = {
    task: first.run.task,
    isJudged: true,
    sharedRows: (rowSet: RowSet, keyColumns: readonly string[]) => sharedRowsOf(runs, rowSet, keyColumns),
  };
  return { runs, baseline: await comparedWith(config, options, ports) };
}

/** What a training would use now; null where that cannot be told: the table is not here, or a command may read any file. */
type TrainingNow = (model: string) => Promise<{ readonly recipe: string; readonly table: string } | null>;

function trainingNow(config: DatasetConfig, plan: ModelPlan, ports: Ports): TrainingNow {
  const load = once(async () => ((await ports.files.exists(config.path)) ? loadDataset(config, plan, ports) : null));
  return async (id) => {
    const dataset = await load();
    const model = dataset && trainable(dataset.models).find((each) => each.id === id);
    const recipe = model ? await recipeHash(dataset, model, ports) : null;
    return dataset && recipe !== null ? { recipe, table: dataset.sha256 } : null;
  };
}

async function runOf(model: string, now: TrainingNow, config: DatasetConfig, ports: Ports): Promise<Run | undefined> {
  const { runs } = await ports.runs.list({ dataset: config.id, model });
  // The best trial of a study has other parameters than the project file.
  const own = runs.filter(({ study }) => !study);
  const here = own.find(({ git }) => git.sha === ports.git.sha && git.dirty === ports.git.dirty);
  if (here && !ports.git.dirty) return here;
  const wanted = await now(model);
  // Rows of classes that the baseline does not know were left out of what was trained.
  if (!wanted || here?.data.ofNewClasses) {
    if (here)
      ports.log.warn(
        `${config.id}: the newest run of uncommitted changes is compared, of ${here.createdAt}; after other edits run \`mlops pipeline\``,
      );
    return here;
  }
  const same = own.find(({ recipeSha256, data }) => recipeSha256 === wanted.recipe && data.sha256 === wanted.table);
  if (same && same !== here)
    ports.log.info(`${config.id} ${model}: run ${same.id} has the same data, parameters and engine, so it is compared`);
  return same;
}
