import { type AppError, DataError, type Problem, StoreError } from '../errors/app-error.ts';
import { models } from '../models/index.ts';
import { modelPathOf, modelSha256, parseModel } from '../models/model-file.ts';
import type { ModelSignature } from '../models/signature.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import { suggest } from '../registry/suggest.ts';
import { type Column, categoricalColumn, createTable, type Table } from '../table/table.ts';
import type { Run } from '../tracking/run.ts';
import type { RunStore } from '../tracking/run-store.ts';
import type { Log, ProjectFiles } from './ports.ts';
import { readDatasetTable } from './read-dataset-table.ts';

/** Unseen categories that a warning shows. */
const SHOWN = 5;

/**
 * The table's rows with a model's predictions: the columns the model does not use (ids, the target if it is there), then
 * `prediction` (the value or the class) and, for classes, `probability_<class>` each.
 *
 * The model's columns decide how the table is read. Their order does not matter and other columns are carried along; a
 * category the training rows did not have counts as missing, and is warned about.
 *
 * @param options.model a model's file, or the id of a run whose file is still in `models/`.
 * @throws DataError when columns are missing or hold something else than in training; StoreError for a model that is not
 * there, damaged or replaced since the run.
 */
export async function predictTable(
  {
    files,
    runs,
    log,
  }: { readonly files: ProjectFiles; readonly runs: RunStore; readonly log: Pick<Log, 'info' | 'warn'> },
  options: { readonly model: string; readonly data: string },
): Promise<Table> {
  const { model, signature } = await readModel(files, runs, options.model);
  const { data: file } = options;
  const { decimal, thousands } = signature;
  const format = { ...(decimal && { decimal }), ...(thousands && { thousands }) };
  const read = async (how: Parameters<typeof readDatasetTable>[2]) =>
    (await readDatasetTable(files, file, how, { message: 'there is no such file', next: 'correct --data' })).table;
  // The header alone says which columns can be declared; a kind for an absent one would hide what else is wrong.
  const header = new Set((await read(format)).columns.map(({ name }) => name));
  const missing = signature.columns.filter(({ name }) => !header.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw absentColumns(file, missing, [...header]);
  const kinds = Object.fromEntries(signature.columns.map(({ name, kind }) => [name, kind]));
  const table = await read({ kinds, ...format });

  for (const { column, categories, rows } of model.preprocessor.unseen(table)) {
    const shown = categories.slice(0, SHOWN).map((category) => JSON.stringify(category));
    const more = categories.length > SHOWN ? ` and ${categories.length - SHOWN} more` : '';
    log.warn(
      `column "${column}": ${shown.join(', ')}${more} did not occur in training; missing in ${rows} of ${table.nRows} rows`,
    );
  }
  const predicted = predictions(model, signature, table);
  const used = new Set([...signature.columns.map(({ name }) => name), ...predicted.map(({ name }) => name)]);
  const carried = table.columns.filter(({ name }) => !used.has(name));
  const unused = carried.filter(({ name }) => name !== signature.target).map(({ name }) => `"${name}"`);
  if (unused.length > 0) log.info(`not used by the model: ${unused.join(', ')}`);
  return createTable([...carried, ...predicted]);
}

function predictions(model: TrainedModel, { classes }: ModelSignature, table: Table): Column[] {
  const { outputs, decision } = model.predict(table);
  if (classes.length === 0) return [{ kind: 'numeric', name: 'prediction', values: outputs }];
  return [
    categoricalColumn(
      'prediction',
      Array.from(decision, (k) => classes[k]),
    ),
    ...classes.map(
      (name, k): Column => ({
        kind: 'numeric',
        name: `probability_${name}`,
        values: Float64Array.from({ length: table.nRows }, (_, row) => outputs[row * classes.length + k]!),
      }),
    ),
  ];
}

async function readModel(
  files: ProjectFiles,
  runs: RunStore,
  name: string,
): Promise<{ model: TrainedModel; signature: ModelSignature }> {
  const isFile = await files.exists(name);
  const run = isFile ? undefined : (await runs.list()).runs.find(({ id }) => id === name);
  if (!isFile && !run) throw await noModel(runs, name);
  if (run && !models.has(run.model)) throw notOurs(run);
  const path = run ? modelPathOf(run) : name;
  const bytes = await files.read(path);
  if (run && modelSha256(bytes) !== run.model_sha256) {
    throw new StoreError({
      file: path,
      message: `is not the model of run ${run.id}: it was trained again since`,
      next: `go back to the run's commit (${run.git.sha?.slice(0, 7) ?? 'unknown'}) and train, or predict with the file as it is: --model ${path}`,
    });
  }
  const model = parseModel(bytes, path);
  if (!model.signature)
    throw new StoreError({ file: path, message: 'does not say what it was trained on', next: 'train it again' });
  return { model, signature: model.signature };
}

function notOurs({ id, dataset, model, model_sha256: sha256 }: Run): StoreError {
  return new StoreError({
    place: '--model',
    message: `run ${id} cannot predict here: its model, "${model}", belongs to the command that trained it`,
    found: sha256 === null ? 'the command left no model' : `the command left models/${dataset}_${model}.bin`,
    next: 'predict with your own program, or with a run of another model',
  });
}

async function noModel(runs: RunStore, name: string): Promise<AppError> {
  const { runs: all } = await runs.list();
  const near = suggest(
    name,
    all.map(({ id }) => id),
  );
  return new StoreError({
    place: '--model',
    message: `"${name}" is neither a file nor a run`,
    found: all.length === 0 ? `no runs in ${runs.description}` : `the newest run is ${all[0]!.id}`,
    next: near ? `did you mean "${near}"?` : 'give a file of models/ or the id of a run; `mlops train` makes both',
  });
}

function absentColumns(file: string, missing: readonly string[], header: readonly string[]): DataError {
  return new DataError(
    missing.map((name): Problem => {
      const near = suggest(name, header);
      return {
        file,
        place: 'line 1',
        message: `the model needs a column "${name}", which the table has not`,
        found: header.map((each) => `"${each}"`).join(', '),
        next: near ? `did you mean "${near}"?` : 'add the column; leave its values empty where they are not known',
      };
    }),
  );
}
