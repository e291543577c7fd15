import type { Explanation } from '../../models/model.ts';
import type { TrainedModel } from '../../models/trained-model.ts';
import type { Table } from '../../table/table.ts';

/** Rows explained at once: all outputs of all rows of a large table would not fit into memory. */
const BLOCK = 256;

/** SHAP values of these rows of a table, block by block; nothing of a model that has none. */
export function* explainInBlocks(
  { fitted, preprocessor }: TrainedModel,
  table: Table,
  rows: Uint32Array,
  detail: 'exact' | 'summary' = 'exact',
): Generator<{ readonly rows: Uint32Array; readonly explanation: Explanation }> {
  if (!fitted.explain) return;
  for (let from = 0; from < rows.length; from += BLOCK) {
    const block = rows.subarray(from, from + BLOCK);
    yield { rows: block, explanation: fitted.explain(preprocessor.transform(table, block), detail) };
  }
}

/** The output that a prediction is about: the value, the positive class, of more than two classes the predicted one. */
export function outputOf({ nOutputs }: Pick<Explanation, 'nOutputs'>, predictedClass: number): number {
  return nOutputs === 1 ? 0 : predictedClass;
}
