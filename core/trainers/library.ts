import type { ModelPlugin } from '../models/model.ts';
import { type PreparedRows, prepareRows, trainModel } from '../models/trained-model.ts';
import type { Features } from '../preprocessing/features.ts';
import type { Trainer, TrainingContext } from './trainer.ts';
import type { FoldTask } from './training.ts';

/** A model of the library as a trainer: it learns in this process, behind the preprocessing that it needs. */
export function libraryTrainer(plugin: ModelPlugin): Trainer {
  return {
    id: plugin.id,
    summary: plugin.summary,
    tasks: plugin.tasks,
    params: plugin.params,
    inputFiles: () => ({ paths: [], listed: [] }),
    isDefault: () => plugin.byDefault,
    resolve: (layers) => plugin.params.parse(Object.assign({}, ...layers)),
    check: () => [],
    tracked: (settings) => settings,
    repeats: (settings, split) => (plugin.isRandom(settings) ? split.repeats : 1),
    inputs: async (settings) => [Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))],
    prepare(params, context) {
      const { workers, now, cpu } = context;
      const encode = encoder(plugin, context);
      return {
        evidence: 'folds',
        trainer: {
          async train(task) {
            const warnings: string[] = [];
            const warn = (message: string) => warnings.push(message);
            const start = { at: now(), cpu: cpu() };
            const { prepared, testFeatures } = encode(task);
            const model = await trainModel(plugin, prepared, { params, seed: task.seed, workers, warn });
            const fitted = { at: now(), cpu: cpu() };
            const predictions = model.predictFeatures(testFeatures());
            return {
              predictions,
              model,
              modelFile: null,
              fitSeconds: fitted.at - start.at,
              predictSeconds: now() - fitted.at,
              cpu: { fitSeconds: fitted.cpu - start.cpu, predictSeconds: cpu() - fitted.cpu },
              warnings,
            };
          },
        },
      };
    },
  };
}

type RowsOfTask = Pick<FoldTask, 'trainRows' | 'testRows'>;

/** Rows of a task as the model sees them. The last ones are kept: the next repeat of the fold asks for the same. */
function encoder(plugin: ModelPlugin, { table, columns, evaluationSet }: TrainingContext) {
  const { target, keys } = evaluationSet;
  let last: (RowsOfTask & { readonly prepared: PreparedRows; readonly testFeatures: () => Features }) | undefined;
  return ({ trainRows, testRows }: RowsOfTask) => {
    if (last?.trainRows === trainRows && last.testRows === testRows) return last;
    const options = { table, rows: trainRows, columns, target: target.values, nClasses: target.classes.length, keys };
    const prepared = prepareRows(plugin, options);
    let features: Features | undefined;
    const testFeatures = () => {
      features ??= prepared.preprocessor.transform(table, testRows);
      return features;
    };
    last = { trainRows, testRows, prepared, testFeatures };
    return last;
  };
}
