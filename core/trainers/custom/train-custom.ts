import { DataError } from '../../errors/app-error.ts';
import type { ExchangeFolder } from '../../ports/process-runner.ts';
import type { TrainingContext } from '../trainer.ts';
import type { FoldTrainer, SelfReporter, Training } from '../training.ts';
import { callCommand } from './call-command.ts';
import { keyColumnName, rowNames } from './fold-files.ts';
import { readMetrics } from './read-metrics.ts';
import { readPredictions } from './read-predictions.ts';
import { nameOf, readWritten, type Written } from './read-written.ts';
import type { CustomSettings } from './settings.ts';

/** Trains by running the user's command on two tables; it answers with predictions, or with numbers alone. */
export function trainCustom(settings: CustomSettings, context: TrainingContext): Training {
  const { evaluationSet, columns, target } = context;
  const names = rowNames(evaluationSet);
  const keyColumn = keyColumnName(columns, target);
  const call = callCommand(settings, context, { names, keyColumn });

  const trainer: FoldTrainer = {
    async train(task) {
      const { answer, modelFile, seconds } = await call(task, async (folder, place) => {
        const allowed = `a CSV file with the columns "${keyColumn}" and "prediction" at the path in MLOPS_PREDICTIONS, or {predictions}`;
        const { bytes, file } = await readNeeded(folder, 'predictions', place, allowed);
        const testNames = Array.from(task.testRows, (row) => names[row]!);
        return readPredictions(bytes, { file, keyColumn, names: testNames, target: evaluationSet.target });
      });
      // The command fits and predicts in one.
      return {
        predictions: answer,
        model: null,
        modelFile,
        fitSeconds: seconds,
        predictSeconds: 0,
        cpu: null,
        warnings: [],
      };
    },
  };
  const reporter: SelfReporter = {
    async train(task) {
      const { answer, modelFile, seconds } = await call(task, async (folder, place) => {
        const allowed = 'a JSON file such as {"accuracy": 0.93} at the path in MLOPS_METRICS, or {metrics}';
        const { bytes, file } = await readNeeded(folder, 'metrics', place, allowed);
        return readMetrics(bytes, { file, type: evaluationSet.target.type });
      });
      return { metrics: answer, modelFile, seconds };
    },
  };
  switch (settings.protocol) {
    case 'folds':
    case 'test':
      return { evidence: settings.protocol, trainer };
    case 'metrics':
      return { evidence: 'self_reported', reporter };
  }
}

async function readNeeded(
  folder: ExchangeFolder,
  what: Written,
  place: string,
  allowed: string,
): Promise<{ readonly bytes: Uint8Array; readonly file: string }> {
  const file = `${place}: ${nameOf(what)}`;
  const bytes = await readWritten(folder, what, place);
  if (bytes) return { bytes, file };
  throw new DataError({
    file,
    message: `the command succeeded but wrote no ${what}`,
    allowed,
    next: 'see docs/custom-trainers.md for the smallest trainer',
  });
}
