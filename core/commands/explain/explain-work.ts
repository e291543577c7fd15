import { z } from 'zod';
import { type ImportanceReport, importanceTable, renderImportances } from '../../report/importances.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import type { Outcome } from '../command.ts';
import type { CommandPorts } from '../ports.ts';
import { type ExplainOptions, explainModel } from './explain-model.ts';

export const result = z.strictObject({
  title: z.string(),
  /** What permutation importance is measured in; null where it cannot be measured. */
  metric: z.string().nullable(),
  /** All features, the most needed first. */
  importances: z.array(
    z.strictObject({
      feature: z.string(),
      /** Share of what the splits gained; null where the model has none. */
      gain: z.number().nullable(),
      /** How much worse the metric gets with the column shuffled, in the unit of the metric. */
      permutation: z
        .strictObject({
          mean: z.number(),
          standardDeviation: z.number(),
          interval: z.tuple([z.number(), z.number()]).nullable(),
        })
        .nullable(),
      /** Mean |SHAP|: of the value, of the positive class, or of each of more classes. */
      shap: z.array(z.number()).nullable(),
    }),
  ),
  /** What a reader has to know of the numbers. */
  notes: z.array(z.string()),
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
  const report = await explainModel({ files, runs, log }, options);
  if (out !== undefined) await files.write(out, writeCsv(importanceTable(report)));
  const { title, metric, features, notes } = report;
  return {
    result: { title, metric, importances: features as Result['importances'], notes: [...notes], top, out: out ?? null },
    files: out === undefined ? [] : [out],
    warnings: [],
  };
}

export function terminal({ result: { importances, top, ...rest } }: Outcome<Result>): string {
  const report: ImportanceReport = { ...rest, features: importances };
  return renderImportances(report, top);
}
