import type { Evidence, RowSet } from './evidence.ts';
import { rowSetId } from './evidence-codec.ts';
import { toFloat16 } from './float16.ts';

/** A small, valid row set of two classes for tests; `changes` replace whole fields before the id is computed. */
export function aRowSet(changes: Partial<Omit<RowSet, 'id'>> = {}): RowSet {
  const contents = {
    dataset: 'churn',
    keys: Float64Array.of(0, 7, 7, 0x80000000, 0xffffffffff),
    folds: Uint8Array.of(0, 1, 1, 2, 99),
    target: Float64Array.of(0, 1, 1, 0, 1),
    positions: Uint32Array.of(4, 0, 2, 1, 3),
    classes: ['No', 'Yes'],
    nRows: 5,
    scale: null,
    ...changes,
  };
  return { id: rowSetId(contents), ...contents };
}

/** A small row set of a regression, published without its target. */
export function aRegressionRowSet(): RowSet {
  const { target: _target, positions: _positions, id: _id, ...contents } = aRowSet();
  const regression = { ...contents, classes: [], scale: { mean: 2.5, sd: 1.25 }, nRows: 1000 };
  return { id: rowSetId(regression), ...regression };
}

/** Two repeats of evidence for the rows of `rowSet`. */
export function someEvidence(rowSet: RowSet, changes: Partial<Evidence> = {}): Evidence {
  const n = rowSet.keys.length;
  const repeats = [0.25, -3].map((start) => ({
    predictions: Uint16Array.from({ length: n }, (_, i) => toFloat16(start + i / 3)),
    decisions: Uint8Array.from({ length: rowSet.classes.length === 0 ? 0 : n }, (_, i) => i % 2),
  }));
  return { run: '20261124-073812-churn-random_forest-0badc0de', rowSet: rowSet.id, repeats, ...changes };
}
