import type { ExchangeFolder } from '../../ports/process-runner.ts';
import type { TrainingContext } from '../trainer.ts';
import type { FoldTask } from '../training.ts';
import { endedBadly, indented } from './ended-badly.ts';
import { foldFiles } from './fold-files.ts';
import { type BUILT_IN, fill } from './placeholders.ts';
import { nameOf, readWritten } from './read-written.ts';
import type { CustomSettings } from './settings.ts';

/** Names of the tables that the command gets. */
const FILES = { train: 'train.csv', test: 'test.csv' } as const;

/** Runs the user's command for a task, and reads what it left with `read`. */
export type CallCommand = <T>(
  task: FoldTask,
  read: (folder: ExchangeFolder, place: string) => Promise<T>,
) => Promise<{ readonly answer: T; readonly modelFile: Uint8Array | null; readonly seconds: number }>;

/**
 * @param names of the rows, in the order of the file.
 * @throws TrainerError, from the calls, when the command does not end with 0.
 */
export function callCommand(
  { command = [], params, timeout }: CustomSettings,
  context: TrainingContext,
  { names, keyColumn }: { readonly names: readonly string[]; readonly keyColumn: string },
): CallCommand {
  const { dataset, target, task: kind, evaluationSet, processes, now, info } = context;
  return (task, read) =>
    processes.withFolder(async (folder) => {
      const { fold, repeat, seed } = task;
      const place = `${dataset} custom, fold ${fold}, repeat ${repeat}`;
      const files = foldFiles({ ...context, names, keyColumn, task });
      await folder.write(FILES.train, files.train);
      await folder.write(FILES.test, files.test);
      const builtIn: Record<(typeof BUILT_IN)[number], string> = {
        train: folder.path(FILES.train),
        test: folder.path(FILES.test),
        predictions: folder.path(nameOf('predictions')),
        metrics: folder.path(nameOf('metrics')),
        model: folder.path(nameOf('model')),
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
          MLOPS_CLASSES: JSON.stringify(evaluationSet.target.classes),
        },
        timeoutSeconds: timeout,
      };
      const start = now();
      const ended = await folder.run(call);
      const seconds = now() - start;
      const failure = endedBadly(ended, { place, ...call });
      if (failure) throw failure;
      if (ended.stdout.trim() !== '') info(`${place} said:\n${indented(ended.stdout)}`);
      const isKept = fold === 0 && repeat === 0;
      return {
        answer: await read(folder, place),
        modelFile: isKept ? ((await readWritten(folder, 'model', place)) ?? null) : null,
        seconds,
      };
    });
}
