import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import { DataError } from '../errors/app-error.ts';
import { calibrated, type DecisionRule } from '../models/decision/decision-rule.ts';
import { fitRule, type RuleAim } from '../models/decision/fit-rule.ts';
import { type DecidedPredictions, decided } from '../models/predictions.ts';
import { withRule } from '../models/trained-model.ts';
import { deriveSeed } from '../random/random.ts';
import type { FoldTrainer } from '../trainers/training.ts';
import { innerTasks } from './split/inner-folds.ts';

/** As many as scikit-learn's calibration and threshold tuning take. */
const INNER_FOLDS = 5;

/**
 * A trainer whose probabilities are calibrated, or whose threshold is chosen, on out-of-fold predictions of the training
 * rows. That takes five more fits each time, and the test rows decide nothing. As
 * `sklearn.calibration.CalibratedClassifierCV(ensemble=False)` and `TunedThresholdClassifierCV` do.
 */
export function ruledTrainer(trainer: FoldTrainer, evaluationSet: EvaluationSet, aim: RuleAim): FoldTrainer {
  const { classes, values } = evaluationSet.target;
  const nClasses = classes.length;
  return {
    async train(task) {
      const inner: LabelledOutputs[] = [];
      let fitSeconds = 0;
      let cpuSeconds: number | null = 0;
      for (const [i, rows] of innerTasks(evaluationSet, task.trainRows, INNER_FOLDS).entries()) {
        const trained = await trainer.train({ ...task, ...rows, seed: deriveSeed(task.seed, 'inner', i) });
        fitSeconds += trained.fitSeconds + trained.predictSeconds;
        cpuSeconds =
          trained.cpu && cpuSeconds !== null ? cpuSeconds + trained.cpu.fitSeconds + trained.cpu.predictSeconds : null;
        const labels = Float64Array.from(rows.testRows, (row) => values[row]!);
        inner.push({ outputs: probabilitiesOf(trained.predictions), labels });
      }
      const { rule, warnings } = fitRule(joined(inner), nClasses, aim);
      const outer = await trainer.train(task);
      return {
        ...outer,
        predictions: ruled(rule, outer.predictions),
        model: outer.model && withRule(outer.model, rule),
        fitSeconds: outer.fitSeconds + fitSeconds,
        cpu: outer.cpu && cpuSeconds !== null ? { ...outer.cpu, fitSeconds: outer.cpu.fitSeconds + cpuSeconds } : null,
        warnings: [...outer.warnings, ...warnings],
      };
    },
  };
}

interface LabelledOutputs {
  readonly outputs: Float64Array;
  readonly labels: Float64Array;
}

function joined(parts: readonly LabelledOutputs[]): LabelledOutputs {
  const join = (arrays: readonly Float64Array[]) => Float64Array.from(arrays.flatMap((array) => [...array]));
  return { outputs: join(parts.map(({ outputs }) => outputs)), labels: join(parts.map(({ labels }) => labels)) };
}

function ruled(rule: DecisionRule, predictions: DecidedPredictions): DecidedPredictions {
  const { nClasses } = predictions;
  return decided({ outputs: calibrated(rule, probabilitiesOf(predictions), nClasses), nClasses }, rule.threshold);
}

/** nSamples × nClasses; with two classes a predicted class counts as a probability of 0 or 1. */
function probabilitiesOf({ outputs, nClasses, hasProbabilities }: DecidedPredictions): Float64Array {
  if (nClasses === 2 || hasProbabilities) return outputs;
  throw new DataError({
    message: '`calibration` needs the probability of every class, and the command wrote classes only',
    next: 'write a column "probability_<class>" for each class, or remove `calibration`',
  });
}
