import { decisionAim } from '../../../config/decision-aim.ts';
import type { ModelConfig } from '../../../config/resolve-models.ts';
import type { EvaluationSet } from '../../../dataset/evaluation-set.ts';
import { crossValidate } from '../../../evaluation/cross-validate.ts';
import { testRowsOf } from '../../../evaluation/evaluation-set.ts';
import { ruledTrainer } from '../../../evaluation/ruled-trainer.ts';
import type { FoldTimes } from '../../../tracking/run.ts';
import { trainers } from '../../../trainers/index.ts';
import type { Ports } from '../../ports.ts';
import type { LoadedDataset } from '../load-dataset.ts';

/** Trains a model of the library on one fold, and tells what that took: the same work that its run is made of. */
export function timedFold(
  { config, table, task, columns }: LoadedDataset,
  { id, params }: ModelConfig,
  evaluationSet: EvaluationSet,
  { workers, processes, seconds, cpuSeconds, log }: Ports,
): (fold: number) => Promise<FoldTimes> {
  const training = trainers.get(id).prepare(params, {
    ...{ dataset: config.id, table, columns: columns.features, target: config.target, task, evaluationSet },
    ...{ workers, processes, now: seconds, cpu: cpuSeconds, info: log.info },
  });
  if (training.evidence !== 'folds') throw new Error(`${id} is not trained fold by fold`);
  const rule = decisionAim(config);
  const trainer = rule ? ruledTrainer(training.trainer, evaluationSet, rule) : training.trainer;
  return async (fold) => {
    const once = { nRepeats: 1, folds: [fold], seed: config.split.seed };
    const { cpu } = await crossValidate({ ...once, trainer, table, evaluationSet });
    if (!cpu) throw new Error(`${id} is not trained by this process`);
    return { ...cpu, rows: testRowsOf(evaluationSet, fold).length };
  };
}
