import type { Baseline } from '../../comparison/baseline.ts';
import { findBaseline } from '../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../comparison/compare-models.ts';
import { evaluatedRunIn } from '../../comparison/evaluated-run.ts';
import { sharedRowsOf } from '../../comparison/shared-rows.ts';
import type { DatasetConfig } from '../../config/project.ts';
import { StoreError } from '../../errors/app-error.ts';
import type { Ports } from '../ports.ts';
import { sameInputsOf } from './beside-baseline.ts';

/** The runs of a dataset that the store has of this commit, the newest of each model, and what they are compared with. */
export async function storedRuns(
  { id: dataset, target, split }: DatasetConfig,
  models: readonly string[],
  ports: Ports,
): Promise<{ readonly runs: readonly EvaluatedRun[]; readonly baseline: Baseline }> {
  const runs: EvaluatedRun[] = [];
  for (const model of models) {
    const { runs: listed } = await ports.runs.list({ dataset, model });
    // The best trial of a study has other parameters than the project file.
    const run = listed.find(({ git, study }) => !study && git.sha === ports.git.sha && git.dirty === ports.git.dirty);
    if (run) runs.push(await evaluatedRunIn(ports.evidence, run));
  }
  const [first] = runs;
  if (!first) {
    throw new StoreError({
      message: `there is no run of ${dataset} at this commit to compare`,
      found: ports.runs.description,
      next: 'run `mlops train` first, or `mlops pipeline`, which does both',
    });
  }
  if (ports.git.dirty)
    ports.log.warn(
      `${dataset}: the newest run of uncommitted changes is compared, of ${first.run.createdAt}; after other edits run \`mlops pipeline\``,
    );
  const baseline = await findBaseline(ports.baselines, ports.search, {
    dataset,
    task: first.run.task,
    target,
    split,
    self: ports.git.sha,
    ...sameInputsOf(ports, dataset),
    sharedRows: (rowSet, keyColumns) => sharedRowsOf(runs, rowSet, keyColumns),
  });
  return { runs, baseline };
}
