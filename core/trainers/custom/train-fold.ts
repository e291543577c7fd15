import { DataError } from '../../errors/app-error.ts';
import type { FoldTask, FoldTrainer, TrainedFold } from '../../evaluation/fold-trainer.ts';
import type { ExchangeFolder } from '../process-runner.ts';
import type { Lesson } from '../trainer.ts';
import { endedBadly, indented } from './ended-badly.ts';
import { foldFiles, keyColumnName, rowNames } from './fold-files.ts';
import { type BUILT_IN, fill } from './placeholders.ts';
import { readPredictions } from './read-predictions.ts';
import type { CustomSettings } from './settings.ts';

/** Names of the files that are exchanged. */
const FILES = { train: 'train.csv', test: 'test.csv', predictions: 'predictions.csv', model: 'model' } as const;

/** Trains a fold by running the user's command on two tables; it answers with a third. */
export function foldTrainer({ command = [], params, timeout }: CustomSettings, lesson: Lesson): FoldTrainer {
  const { dataset, table, columns, target, task: kind, exam, processes, now, info } = lesson;
  const names = rowNames(exam);
  const keyColumn = keyColumnName(columns, target);

  const train = async (folder: ExchangeFolder, task: FoldTask): Promise<TrainedFold> => {
    const { fold, repeat, seed } = task;
    const place = `${dataset} custom, fold ${fold}, repeat ${repeat}`;
    const files = foldFiles({ table, columns, target, exam, names, keyColumn, task });
    await folder.write(FILES.train, files.train);
    await folder.write(FILES.test, files.test);
    const builtIn: Record<(typeof BUILT_IN)[number], string> = {
      train: folder.path(FILES.train),
      test: folder.path(FILES.test),
      predictions: folder.path(FILES.predictions),
      model: folder.path(FILES.model),
      // R takes seeds of 31 bits.
      seed: String(seed >>> 1),
      fold: String(fold),
      repeat: String(repeat),
      dataset,
      target,
      task: kind,
      key: keyColumn,
    };
    const values = new Map(Object.entries({ ...params, ...builtIn }).map(([name, value]) => [name, String(value)]));
    const call = {
      command: command.map((argument) => fill(argument, values)),
      env: {
        ...Object.fromEntries(Object.entries(builtIn).map(([name, value]) => [`MLOPS_${name.toUpperCase()}`, value])),
        MLOPS_PARAMS: JSON.stringify(params),
        MLOPS_CLASSES: JSON.stringify(exam.target.classes),
      },
      timeoutSeconds: timeout,
    };
    const start = now();
    const ended = await folder.run(call);
    const fitSeconds = now() - start;
    const failure = endedBadly(ended, { place, ...call });
    if (failure) throw failure;
    if (ended.stdout.trim() !== '') info(`${place} said:\n${indented(ended.stdout)}`);
    const file = `${place}: ${FILES.predictions}`;
    const bytes = await folder.read(FILES.predictions);
    if (!bytes) {
      throw new DataError({
        file,
        message: 'the command ended well and wrote no predictions',
        allowed: `a CSV file with the columns "${keyColumn}" and "prediction" at the path in MLOPS_PREDICTIONS, also {predictions}`,
        next: 'see docs/custom-trainers.md for the smallest trainer',
      });
    }
    const testNames = Array.from(task.testRows, (row) => names[row]!);
    return {
      predictions: readPredictions(bytes, { file, keyColumn, names: testNames, target: exam.target }),
      model: null,
      modelFile: fold === 0 && repeat === 0 ? ((await folder.read(FILES.model)) ?? null) : null,
      fitSeconds,
      // The command does both in one.
      predictSeconds: 0,
      warnings: [],
    };
  };
  return { train: (task) => processes.withFolder((folder) => train(folder, task)) };
}
