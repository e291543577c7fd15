import type { ModelPlan } from '../../config/planned-models.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Ports } from '../ports.ts';
import { type LoadedDataset, loadDataset } from './load-dataset.ts';
import { withRulesOfBase } from './rules-of-base.ts';

/**
 * Reads and checks the tables of these datasets.
 *
 * @param options.own the change's own configuration.
 * @throws AppError with what is wrong with all of them.
 */
export async function loadDatasets(
  datasets: readonly DatasetConfig[],
  plan: ModelPlan,
  { ports, own }: { readonly ports: Pick<Ports, 'files'>; readonly own: Project },
): Promise<LoadedDataset[]> {
  const loaded: LoadedDataset[] = [];
  const problems: AppError[] = [];
  for (const dataset of datasets) {
    try {
      loaded.push(await loadDataset(dataset, plan, ports));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(withRulesOfBase(error, dataset, own));
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
