import { z } from 'zod';
import { modelImportancesSchema } from '../../evaluation/explanation/feature-importance.ts';
import { importanceTable, renderImportances } from '../../report/importances.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import type { Outcome } from '../command.ts';
import type { CommandPorts } from '../ports.ts';
import { type ExplainOptions, explainModel } from './explain-model.ts';

export const result = modelImportancesSchema.extend({
  /** How many of them a terminal shows. */
  top: z.int(),
  /** The file that was written; null where none was asked for. */
  out: z.string().nullable(),
});
type Result = z.infer<typeof result>;

/** Measures what a model needs. */
export async function run(
  { cwdFiles: files, runs, log }: CommandPorts,
  { out, top, ...options }: ExplainOptions & { readonly out?: string | undefined; readonly top: number },
): Promise<Outcome<Result>> {
  const found = await explainModel({ files, runs, log }, options);
  if (out !== undefined) await files.write(out, writeCsv(importanceTable(found)));
  return { result: { ...found, top, out: out ?? null }, files: out === undefined ? [] : [out], warnings: [] };
}

export function terminal({ result }: Outcome<Result>): string {
  return renderImportances(result, result.top);
}
