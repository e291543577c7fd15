import { readFileSync } from 'node:fs';
import { readCsv } from '../table/csv.ts';
import type { Table } from '../table/table.ts';
import type { Task } from '../table/task.ts';
import { models } from './index.ts';
import { inlineWorkers } from './inline-workers.ts';
import type { ModelPlugin } from './model.ts';
import { prepareRows, type TrainedModel, trainModel } from './trained-model.ts';

/** What is kept of every schema of model files: model files, and the predictions they must give for `rows.csv`. */
export const MODEL_FIXTURES = new URL('../../test/fixtures/models/', import.meta.url);

/** 40 rows: a number, a number with gaps, a category with gaps; the last ten have a category that the first 30 do not have. */
export const smallTable: Table = readCsv(readFileSync(new URL('rows.csv', MODEL_FIXTURES)), { file: 'rows.csv' });

const TRAINING_ROWS = 30;
const CLASSES = ['high', 'low', 'mid'];

/** Every model there is, for every task it has. */
export const smallModels: readonly { readonly name: string; readonly plugin: ModelPlugin; readonly task: Task }[] =
  models.all.flatMap((plugin) => plugin.tasks.map((task) => ({ name: `${plugin.id}-${task}`, plugin, task })));

/** Learns from the first 30 rows of the small table; of many trees only three. */
export async function trainSmallModel({ plugin, task }: { plugin: ModelPlugin; task: Task }): Promise<TrainedModel> {
  const isRegression = task === 'regression';
  const { values } = smallTable.column('value') as { values: Float64Array };
  const label = smallTable.column('label') as { codes: Int32Array; categories: readonly string[] };
  const prepared = prepareRows(plugin, {
    table: smallTable,
    rows: Uint32Array.from({ length: TRAINING_ROWS }, (_, row) => row),
    columns: ['x', 'gaps', 'plan'],
    target: isRegression ? values : Float64Array.from(label.codes, (code) => CLASSES.indexOf(label.categories[code]!)),
    nClasses: isRegression ? 0 : CLASSES.length,
  });
  const model = await trainModel(plugin, prepared, {
    params: 'n_estimators' in plugin.params.shape ? { n_estimators: 3 } : {},
    seed: 1,
    workers: inlineWorkers,
  });
  return {
    ...model,
    signature: {
      dataset: 'small',
      target: isRegression ? 'value' : 'label',
      classes: isRegression ? [] : CLASSES,
      columns: [
        { name: 'x', kind: 'numeric' },
        { name: 'gaps', kind: 'numeric' },
        { name: 'plan', kind: 'categorical' },
      ],
    },
  };
}
