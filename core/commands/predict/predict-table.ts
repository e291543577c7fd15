import { ConfigError } from '../../errors/app-error.ts';
import { explainInBlocks, outputOf } from '../../evaluation/explanation/explain-in-blocks.ts';
import type { ModelSignature } from '../../models/signature.ts';
import type { TrainedModel } from '../../models/trained-model.ts';
import type { Log } from '../../ports/log.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { plural } from '../../report/numbers.ts';
import { type Column, categoricalColumn, createTable, type Table } from '../../table/table.ts';
import type { RunStore } from '../../tracking/run-store.ts';
import { readKeptModel } from '../models/kept-model.ts';
import { readRowsForModel } from '../models/rows-for-model.ts';

/**
 * The table's rows with a model's predictions: the columns the model does not use (ids, the target if it is there), then
 * `prediction` (the value or the class) and, for classes, `probability_<class>` each. Explained, `shap_base` and
 * `shap_<feature>` follow: what they sum to is the output for the value, the positive class, or of more classes the predicted one.
 *
 * The model's columns decide how the table is read. Their order does not matter and other columns are carried along as
 * they are written (`00001` stays `00001`); a category the training rows did not have counts as missing, and is warned about.
 *
 * @param options.model a model's file, or the id of a run whose file is still in `models/`.
 * @throws DataError when columns are missing or hold something else than in training; StoreError for a model that is not
 * there, damaged or replaced since the run; ConfigError for a model that cannot be explained.
 */
export async function predictTable(
  { files, runs, log }: { readonly files: ProjectFiles; readonly runs: RunStore; readonly log: Log },
  options: { readonly model: string; readonly data: string; readonly explain: boolean },
): Promise<Table> {
  const kept = await readKeptModel(files, runs, options.model);
  const { model, signature } = kept;
  if (options.explain && !model.fitted.explain) throw unexplained(model.model);
  const table = await readRowsForModel({ files, log }, kept, options.data, 'as written');
  const { outputs, predictedClass } = model.predict(table);
  const predicted = [
    ...predictions(signature, outputs, predictedClass),
    ...(options.explain ? shapColumns(model, table, predictedClass, log) : []),
  ];
  const used = new Set([...signature.columns.map(({ name }) => name), ...predicted.map(({ name }) => name)]);
  const carried = table.columns.filter(({ name }) => !used.has(name));
  const unused = carried.filter(({ name }) => name !== signature.target).map(({ name }) => `"${name}"`);
  if (unused.length > 0) log.info(`not used by the model: ${unused.join(', ')}`);
  return createTable([...carried, ...predicted]);
}

function predictions({ classes }: ModelSignature, outputs: Float64Array, predictedClass: Float64Array): Column[] {
  if (classes.length === 0) return [{ kind: 'numeric', name: 'prediction', values: outputs }];
  return [
    categoricalColumn(
      'prediction',
      Array.from(predictedClass, (k) => classes[k]),
    ),
    ...classes.map(
      (name, k): Column => ({
        kind: 'numeric',
        name: `probability_${name}`,
        values: Float64Array.from(predictedClass, (_, row) => outputs[row * classes.length + k]!),
      }),
    ),
  ];
}

/** SHAP values of every row, for the output that its prediction is about. */
function shapColumns(model: TrainedModel, table: Table, predictedClass: Float64Array, log: Log): Column[] {
  const { featureNames } = model.preprocessor;
  const base = new Float64Array(table.nRows);
  const features = featureNames.map(() => new Float64Array(table.nRows));
  const rows = Uint32Array.from({ length: table.nRows }, (_, row) => row);
  for (const { rows: block, explanation } of explainInBlocks(model, table, rows)) {
    block.forEach((row, i) => {
      const output = outputOf(explanation, predictedClass[row]!);
      base[row] = explanation.base[output]!;
      const at = (i * explanation.nOutputs + output) * features.length;
      for (const [f, values] of features.entries()) values[row] = explanation.values[at + f]!;
    });
    log.progress('SHAP values', block.at(-1)! + 1, table.nRows, `of ${plural(table.nRows, 'row')}`);
  }
  let baseName = 'shap_base';
  while (featureNames.includes(baseName.slice('shap_'.length))) baseName += '_';
  return [
    { kind: 'numeric', name: baseName, values: base },
    ...features.map((values, f): Column => ({ kind: 'numeric', name: `shap_${featureNames[f]}`, values })),
  ];
}

function unexplained(model: string): ConfigError {
  return new ConfigError({
    place: '--explain',
    message: `${model} has no SHAP values; only tree models have them`,
    next: 'leave --explain out; `mlops explain` shows what any model needs',
  });
}
