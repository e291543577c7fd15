import { DataError, type Problem } from '../../errors/app-error.ts';
import { listNames, shorten } from '../../errors/list-names.ts';
import type { Log } from '../../ports/log.ts';
import type { ProjectFiles } from '../../ports/project-files.ts';
import { suggest } from '../../registry/suggest.ts';
import type { Table } from '../../table/table.ts';
import { readDatasetTable } from '../read-dataset-table.ts';
import type { KeptModel } from './kept-model.ts';

/**
 * A table with the columns that a model needs, read as in training. Their order does not matter, and other columns may be there.
 * A category that did not occur in training counts as missing; the log warns about it.
 *
 * @param others how columns that the model does not need are read: to be used, or to be copied.
 * @throws DataError when columns are missing or hold other values than in training.
 */
export async function readRowsForModel(
  { files, log }: { readonly files: ProjectFiles; readonly log: Pick<Log, 'warn'> },
  { model, signature }: KeptModel,
  file: string,
  others: 'typed' | 'as written' = 'typed',
): Promise<Table> {
  const { decimal, thousands, missing: missingTexts, columns } = signature;
  const format = {
    ...(decimal && { decimal }),
    ...(thousands && { thousands }),
    ...(missingTexts && { missing: missingTexts }),
    missingIn: Object.fromEntries(columns.flatMap((each) => (each.missing ? [[each.name, each.missing]] : []))),
    dateFormats: Object.fromEntries(columns.flatMap((each) => (each.format ? [[each.name, each.format]] : []))),
  };
  const read = async (how: Parameters<typeof readDatasetTable>[2]) =>
    (await readDatasetTable(files, file, how, { message: 'file not found', next: 'correct --data' })).table;
  // The header alone says which columns can be declared; a kind for an absent one would hide what else is wrong.
  const header = new Set((await read(format)).columns.map(({ name }) => name));
  const missing = signature.columns.filter(({ name }) => !header.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw absentColumns(file, missing, [...header]);
  const kinds = Object.fromEntries(signature.columns.map(({ name, kind }) => [name, kind]));
  const table = await read({ kinds, ...format, asWritten: others === 'as written' });

  for (const { column, categories, rows } of model.preprocessor.unseen(table)) {
    const unseen = shorten(categories.map((category) => JSON.stringify(category)));
    log.warn(
      `column "${column}": ${unseen} did not occur in training; the model knows nothing of it in ${rows} of ${table.nRows} rows`,
    );
  }
  return table;
}

function absentColumns(file: string, missing: readonly string[], header: readonly string[]): DataError {
  return new DataError(
    missing.map((name): Problem => {
      const near = suggest(name, header);
      return {
        file,
        place: 'line 1',
        message: `the model needs column "${name}", but the table has no such column`,
        found: listNames(header),
        next: near ? `did you mean "${near}"?` : 'add the column; leave its values empty where they are not known',
      };
    }),
  );
}
