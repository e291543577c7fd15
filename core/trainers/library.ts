import type { ModelPlugin } from '../models/model.ts';
import { trainModel } from '../models/trained-model.ts';
import type { Trainer } from './trainer.ts';

/** A model of the library as a trainer: it learns in this process, behind the preprocessing that it wants. */
export function libraryTrainer(plugin: ModelPlugin): Trainer {
  return {
    id: plugin.id,
    summary: plugin.summary,
    tasks: plugin.tasks,
    params: plugin.params,
    hasUnknownInputs: false,
    isDefault: () => plugin.byDefault,
    resolve: (layers) => plugin.params.parse(Object.assign({}, ...layers)),
    check: () => [],
    tracked: (settings) => settings,
    repeats: (settings, split) => (plugin.isRandom(settings) ? split.repeats : 1),
    inputs: async (settings) => [Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))],
    prepare: (params, { table, columns, evaluationSet, workers, now, cpu }) => ({
      evidence: 'folds',
      trainer: {
        async train({ trainRows, testRows, seed }) {
          const warnings: string[] = [];
          const start = { at: now(), cpu: cpu() };
          const model = await trainModel(plugin, {
            table,
            rows: trainRows,
            columns,
            target: evaluationSet.target.values,
            params,
            nClasses: evaluationSet.target.classes.length,
            keys: evaluationSet.keys,
            seed,
            workers,
            warn: (message) => warnings.push(message),
          });
          const fitted = { at: now(), cpu: cpu() };
          const predictions = model.predict(table, testRows);
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
    }),
  };
}
